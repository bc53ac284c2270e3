package dev.tranche.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Why a score is what it is: `margin = base + direction · Σ parts`, by a named method against a named
/// reference.
///
/// @param method how the parts were computed
/// @param reference what they are measured against, in words that name the bytes where there are any
/// @param base the margin of somebody whose parts are all zero
/// @param direction 1 where the margin rises with its parts, -1 where it falls (points of a scorecard)
/// @param parts one per input of the model, in the vector's order, or one per line of its card
public record Contributions(Method method, String reference, double base, int direction, List<Part> parts) {
    /// Copies the list.
    public Contributions {
        parts = List.copyOf(parts);
    }

    /// The ways to split a score; the words are those of `policy.yaml` and `model.yaml`.
    public enum Method {
        /// How far each characteristic fell below its reference points (12 CFR 1002.9(b)(2) commentary, item
        /// 5).
        POINTS_BELOW_REFERENCE,
        /// Path-dependent TreeSHAP on the margin: against the training data that reached each node.
        TREE_PATH,
        /// Interventional TreeSHAP on the margin: against the rows of a background kept with the model.
        TREE_INTERVENTIONAL;

        /// The word used in files and answers, for instance `tree_path`.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// One input's part.
    ///
    /// @param column the model's input, or the line of its card
    /// @param features the features of the request from which the transform made it
    /// @param value positive when it moved the answer towards the positive label; points or margin units by
    ///     method
    /// @param code the reason code that the model's file gives for it, `""` when it gives none
    public record Part(String column, List<String> features, double value, String code) {
        /// Copies the list.
        public Part {
            features = List.copyOf(features);
        }

        /// A part without a code of its own.
        public Part(String column, List<String> features, double value) {
            this(column, features, value, "");
        }
    }

    /// The sum of the parts, from first to last.
    public double sum() {
        double sum = 0;
        for (Part part : parts) {
            sum += part.value();
        }
        return sum;
    }

    /// The parts summed by what a person recognises: the feature when an input comes from one feature (so the
    /// columns of a one-hot are one part), else the input itself. In order of first appearance.
    public Map<String, Double> byFeature() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Part part : parts) {
            String name = part.features().size() == 1 ? part.features().getFirst() : part.column();
            sums.merge(name, part.value(), Double::sum);
        }
        return sums;
    }

    /// The parts of [#byFeature] that moved the answer towards the positive label, largest first, names
    /// breaking ties.
    public List<String> adverse() {
        Map<String, Double> sums = byFeature();
        List<String> names = new ArrayList<>(sums.keySet());
        names.removeIf(name -> !(sums.getOrDefault(name, 0.0) > 0));
        names.sort((a, b) -> {
            int byValue = Double.compare(sums.getOrDefault(b, 0.0), sums.getOrDefault(a, 0.0));
            return byValue != 0 ? byValue : a.compareTo(b);
        });
        return names;
    }
}
