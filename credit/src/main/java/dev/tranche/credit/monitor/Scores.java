package dev.tranche.credit.monitor;

/// Checks that scores and outcomes belong together.
final class Scores {

    private Scores() {}

    /// @throws IllegalArgumentException when the arrays differ in length, are empty, or a score is no
    ///     probability
    static void requirePairs(double[] probabilities, boolean[] bad) {
        if (probabilities.length != bad.length || bad.length == 0) {
            throw new IllegalArgumentException("scores and outcomes must be as many, at least 1: "
                    + probabilities.length + " scores, " + bad.length + " outcomes");
        }
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("score must be a probability within 0..1: " + probability);
            }
        }
    }
}
