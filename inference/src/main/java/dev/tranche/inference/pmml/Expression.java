package dev.tranche.inference.pmml;

/// Computes a value from the values of the fields; NaN is missing.
@FunctionalInterface
interface Expression {
    double of(double[] values);
}
