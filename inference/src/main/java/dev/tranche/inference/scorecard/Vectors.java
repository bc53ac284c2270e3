package dev.tranche.inference.scorecard;

/// The length rule that all models share.
final class Vectors {
    private Vectors() {}

    static void check(double[] vector, int length) {
        if (vector.length != length) {
            throw new IllegalArgumentException("the vector must have " + length + " values: " + vector.length);
        }
    }
}
