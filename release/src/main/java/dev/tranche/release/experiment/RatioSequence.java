package dev.tranche.release.experiment;

import org.hipparchus.special.Gamma;

/// An exact confidence sequence for the ratio of events observed to events expected (calibration).
///
/// If each outcome is bad with probability `r` times its score, then for every alternative rate the
/// likelihood ratio of the Poisson law, `(l/r)^observed exp(-(l-r) expected)`, is a supermartingale (a
/// Bernoulli variable is less spread than a Poisson one: `1 + r p (l/r - 1) <= exp(p (l - r))`), and so is
/// its mixture over a Gamma(1, 1) prior of `l`:
///
///     M(r) = Gamma(1 + observed) / (1 + expected)^(1 + observed) * r^-observed * exp(r expected)
///
/// The interval holds every `r` with `M(r) <= 1/alpha` (Ville's inequality). Howard, Ramdas, McAuliffe,
/// Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (2021), the gamma-Poisson
/// mixture.
public final class RatioSequence {
    private final long observed;
    private final double expected;
    private final double mixture;

    private RatioSequence(long observed, double expected) {
        this.observed = observed;
        this.expected = expected;
        this.mixture = Gamma.logGamma(1.0 + observed) - (1.0 + observed) * StrictMath.log1p(expected);
    }

    /// @param observed events, 0 or more
    /// @param expected sum of the probabilities they were given, above 0
    public static RatioSequence of(long observed, double expected) {
        if (observed < 0 || !(expected > 0) || Double.isInfinite(expected)) {
            throw new IllegalArgumentException(
                    "ratio must have observed >= 0 and expected > 0: " + observed + ", " + expected);
        }
        return new RatioSequence(observed, expected);
    }

    public double estimate() {
        return observed / expected;
    }

    /// The logarithm of the evidence against `r`.
    ///
    /// @param r 0 or more
    public double evidence(double r) {
        return mixture + r * expected - (observed == 0 ? 0 : observed * StrictMath.log(r));
    }

    /// The interval at confidence `1 - alpha`.
    public Interval interval(double alpha) {
        double level = -StrictMath.log(ProportionSequence.requireAlpha(alpha));
        double at = estimate();
        double far = at + 1;
        while (evidence(far) <= level) {
            far *= 2;
        }
        return new Interval(at, Crossing.of(this::evidence, level, at, 0), Crossing.of(this::evidence, level, at, far));
    }
}
