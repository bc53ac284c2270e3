package dev.tranche.market.regime;

/// How a hidden Markov model is estimated.
///
/// @param states 1..10
/// @param shared true when all states have one covariance and differ in their means only
/// @param stationary true when the start is the chain's long-run distribution, false when it is estimated
///     freely
/// @param starts places to begin from, 1..100; the best end wins
/// @param mostSteps of expectation and maximisation from each, 1..100000
/// @param tolerance gain of log-likelihood a step below which it ends, above 0
public record HmmTerms(int states, boolean shared, boolean stationary, int starts, int mostSteps, double tolerance) {
    public HmmTerms {
        within("states", states, 10);
        within("starts", starts, 100);
        within("mostSteps", mostSteps, 100_000);
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be above 0: " + tolerance);
        }
    }

    /// States with covariances of their own and a free start, as for seed 002's regimes.
    public static HmmTerms of(int states) {
        return new HmmTerms(states, false, false, 5, 500, 1e-6);
    }

    private static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be within 1.." + most + ": " + value);
        }
    }
}
