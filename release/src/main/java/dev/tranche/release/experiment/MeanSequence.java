package dev.tranche.release.experiment;

/// An asymptotic confidence sequence for a mean or a difference of means: the normal-mixture boundary around
/// the estimate, valid in the limit of many observations for any distribution with a variance.
///
///     half-width = se * sqrt( 2 (n r + 1) / (n r) * ln( sqrt(n r + 1) / alpha ) )
///     r = (-2 ln alpha + ln(1 - 2 ln alpha)) / TUNED
///
/// I. Waudby-Smith, D. Arbour, R. Sinha, E. Kennedy, A. Ramdas, "Time-uniform central limit theory and
/// asymptotic confidence sequences", Ann. Stat. 52 (2024); `r` is their rho squared. GrowthBook cites it as
/// equation 9 and tunes it to 5,000 observations as well.
public final class MeanSequence {
    /// The number of observations at which the boundary is tightest.
    static final double TUNED = 5_000;

    /// Each side needs so many values before the limit is trusted.
    public static final long LEAST = 100;

    private MeanSequence() {}

    /// How many standard errors the interval reaches to each side.
    ///
    /// @param n observations on both sides together, at least 1
    public static double reach(long n, double alpha) {
        return reach((double) n, alpha, TUNED);
    }

    static double reach(double n, double alpha, double tuned) {
        double twice = -2 * StrictMath.log(ProportionSequence.requireAlpha(alpha));
        double scaled = n * (twice + StrictMath.log(1 + twice)) / tuned;
        return Math.sqrt(2 * (scaled + 1) / scaled * StrictMath.log(Math.sqrt(scaled + 1) / alpha));
    }

    /// The interval of a mean.
    public static Interval mean(long n, double mean, double variance, double alpha) {
        double half = Math.sqrt(variance / n) * reach(n, alpha);
        return new Interval(mean, mean - half, mean + half);
    }

    /// The interval of a difference of means of independent samples, first less second.
    public static Interval difference(
            long n, double mean, double variance, long otherN, double otherMean, double otherVariance, double alpha) {
        double half = Math.sqrt(variance / n + otherVariance / otherN) * reach(n + otherN, alpha);
        double at = mean - otherMean;
        return new Interval(at, at - half, at + half);
    }
}
