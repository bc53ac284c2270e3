package dev.tranche.inference;

import java.util.List;

/// How an artifact answers *why*, whatever the row: what registration needs to know before anybody is refused.
///
/// @param method how parts are computed
/// @param reference what they are measured against, in words that name the bytes where there are any
/// @param margin the margin that is explained, from 0; the class of a model of several
/// @param lines what there are parts of, in order
public record Explanation(Contributions.Method method, String reference, int margin, List<Line> lines) {
    /// Copies the list.
    public Explanation {
        lines = List.copyOf(lines);
    }

    /// What there is a part of.
    ///
    /// @param column the model's input, or the line of its card
    /// @param features the features of the request from which the transform makes it
    /// @param codes the reason codes that the model's file may give for it; empty when it gives none
    public record Line(String column, List<String> features, List<String> codes) {
        /// Copies the lists.
        public Line {
            features = List.copyOf(features);
            codes = List.copyOf(codes);
        }
    }
}
