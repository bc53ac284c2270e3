package dev.tranche.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Why a score is what it is: each input's part, by a named method.
///
/// @param method how the parts were computed
/// @param parts one per input of the model, in the vector's order
/// @param codes the reason codes that the model file itself names for this answer, most important first; empty when
///     it names none (a PMML scorecard does)
public record Contributions(Method method, List<Part> parts, List<String> codes) {
    /// Copies the lists.
    public Contributions {
        parts = List.copyOf(parts);
        codes = List.copyOf(codes);
    }

    /// Parts of a model whose file names no reason codes.
    public Contributions(Method method, List<Part> parts) {
        this(method, parts, List.of());
    }

    /// The ways to split a score; the words are those of `policy.yaml`.
    public enum Method {
        /// How far each characteristic fell below its reference points (12 CFR 1002.9(b)(2) commentary, item 5).
        POINTS_BELOW_REFERENCE,
        /// Path-dependent TreeSHAP on the margin.
        TREE_PATH
    }

    /// One input's part.
    ///
    /// @param column the model's input
    /// @param features the features of the request from which the transform made that input
    /// @param value positive when it moved the answer towards the positive label; points or margin units by method
    public record Part(String column, List<String> features, double value) {
        /// Copies the list.
        public Part {
            features = List.copyOf(features);
        }
    }

    /// The parts summed by what a person recognises: the feature when an input comes from one feature (so the columns
    /// of a one-hot are one part), else the input itself. In order of first appearance.
    public Map<String, Double> byFeature() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Part part : parts) {
            String name = part.features().size() == 1 ? part.features().getFirst() : part.column();
            sums.merge(name, part.value(), Double::sum);
        }
        return sums;
    }

    /// The parts of [#byFeature] that moved the answer towards the positive label, largest first, names breaking ties.
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
