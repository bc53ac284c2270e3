package dev.tranche.release.experiment;

/// Count, mean and sum of squared deviations, by Welford's recurrence (Technometrics 4, 1962), which does not
/// cancel.
///
/// @param squares sum of squared deviations from the mean, 0 or more
public record Moments(long n, double mean, double squares) {
    public static final Moments EMPTY = new Moments(0, 0, 0);

    public Moments {
        if (n < 0 || !Double.isFinite(mean) || !(squares >= 0)) {
            throw new IllegalArgumentException(
                    "moments must have n >= 0, a finite mean and squares >= 0: " + n + ", " + mean + ", " + squares);
        }
    }

    public Moments plus(double value) {
        double delta = value - mean;
        double moved = mean + delta / (n + 1);
        return new Moments(n + 1, moved, squares + delta * (value - moved));
    }

    /// The unbiased variance; 0 for fewer than two values.
    public double variance() {
        return n < 2 ? 0 : squares / (n - 1);
    }
}
