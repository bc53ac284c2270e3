package dev.tranche.release.experiment;

import org.hipparchus.special.Beta;

/// An exact confidence sequence for a proportion, from its counts alone.
///
/// For a candidate value `p`, the mixture of the likelihood ratios over a Beta(1/2, 1/2) prior,
///
///     M(p) = B(1/2 + hits, 1/2 + misses) / (B(1/2, 1/2) p^hits (1-p)^misses)
///
/// is a martingale that starts at 1 when `p` is true, so by Ville's inequality it ever exceeds `1/alpha` with
/// probability at most `alpha`; the interval holds every `p` whose `M` does not. It is valid at any count,
/// also at 0. H. Robbins, "Statistical Methods Related to the Law of the Iterated Logarithm", Ann. Math.
/// Stat. 41 (1970); S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric,
/// nonasymptotic confidence sequences", Ann. Stat. 49 (2021) (the two-sided beta-binomial mixture).
public final class ProportionSequence {
    private static final double PRIOR = 0.5;

    private final long hits;
    private final long misses;
    private final double mixture;

    private ProportionSequence(long hits, long of) {
        this.hits = hits;
        this.misses = of - hits;
        this.mixture = Beta.logBeta(PRIOR + hits, PRIOR + misses) - Beta.logBeta(PRIOR, PRIOR);
    }

    /// @param hits 0..of
    public static ProportionSequence of(long hits, long of) {
        if (hits < 0 || of < hits) {
            throw new IllegalArgumentException("proportion must have 0 <= hits <= of: " + hits + " of " + of);
        }
        return new ProportionSequence(hits, of);
    }

    /// The observed proportion; one half when there is nothing.
    public double estimate() {
        long of = hits + misses;
        return of == 0 ? 0.5 : (double) hits / of;
    }

    /// The logarithm of the evidence against `p`, infinite where `p` cannot be.
    ///
    /// @param p 0..1
    public double evidence(double p) {
        return mixture - weighted(hits, p) - weighted(misses, 1 - p);
    }

    /// The slope of [#evidence(double)].
    double slope(double p) {
        return (misses == 0 ? 0 : misses / (1 - p)) - (hits == 0 ? 0 : hits / p);
    }

    /// The interval at confidence `1 - alpha`.
    ///
    /// @param alpha within 0..1, both excluded
    public Interval interval(double alpha) {
        double level = -StrictMath.log(requireAlpha(alpha));
        double at = estimate();
        return new Interval(at, Crossing.of(this::evidence, level, at, 0), Crossing.of(this::evidence, level, at, 1));
    }

    static double requireAlpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be within 0..1, both excluded: " + alpha);
        }
        return alpha;
    }

    private static double weighted(long count, double p) {
        return count == 0 ? 0 : count * StrictMath.log(p);
    }
}
