package dev.tranche.inference.tree;

import java.util.List;

/// A leaf that answers with a small regression (LightGBM `linear_tree`): `constant + Σ coefficient · feature`,
/// or the plain value of the leaf when one of its features is missing.
///
/// @param constant added first
/// @param features positions in the row, in the order of the file
/// @param coefficients one for each feature
public record LinearLeaf(double constant, List<Integer> features, List<Double> coefficients) {
    public LinearLeaf {
        features = List.copyOf(features);
        coefficients = List.copyOf(coefficients);
        if (features.size() != coefficients.size()) {
            throw new IllegalArgumentException(
                    features.size() + " features need as many coefficients: " + coefficients.size());
        }
    }

    /// The answer for a row, in LightGBM's order of additions.
    double value(double[] row, double plain) {
        double sum = constant;
        for (int i = 0; i < features.size(); i++) {
            double x = row[features.get(i)];
            if (Double.isNaN(x)) {
                return plain;
            }
            sum += coefficients.get(i) * Rule.snap(x);
        }
        return sum;
    }
}
