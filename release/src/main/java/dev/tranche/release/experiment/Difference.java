package dev.tranche.release.experiment;

import java.util.function.DoubleUnaryOperator;

/// How far two proportions lie apart, first less second, as a confidence sequence.
///
/// *Exact part.* For independent arms the product of their [ProportionSequence] martingales is a martingale, so the
/// pairs `(p + d, p)` it does not rule out form a joint confidence set; a difference `d` stays in the
/// interval while some `p` keeps the product at or below `1/alpha`. No count is too small for it. Where both
/// arms answer the same units (shadow) they are not independent; then each arm gets half of `alpha` and the
/// interval is the difference of the two, which holds under any dependence.
///
/// *Asymptotic part.* Once each arm has [#NORMAL] hits and misses, the narrower [MeanSequence] is cut with it (for arms
/// that answer the same units it is too wide rather than too narrow, since they agree more often than by
/// chance). The parts share `alpha`, a fifth for the exact one, so their intersection keeps it.
public final class Difference {
    /// Hits, and misses, in each arm from which on the normal limit is used.
    public static final long NORMAL = 10;

    private static final double EXACT_PART = 0.2;
    private static final int HALVINGS = 50;

    private final ProportionSequence first;
    private final ProportionSequence second;

    private Difference(ProportionSequence first, ProportionSequence second) {
        this.first = first;
        this.second = second;
    }

    /// The interval of the difference at confidence `1 - alpha`.
    ///
    /// @param paired whether both arms answered the same units
    public static Interval interval(long hits, long of, long otherHits, long otherOf, double alpha, boolean paired) {
        ProportionSequence.requireAlpha(alpha);
        Difference both = new Difference(ProportionSequence.of(hits, of), ProportionSequence.of(otherHits, otherOf));
        double part = EXACT_PART * alpha;
        Interval exact = paired ? both.anyDependence(part) : both.independent(part);
        long fewest = Math.min(Math.min(hits, of - hits), Math.min(otherHits, otherOf - otherHits));
        if (fewest < NORMAL) {
            return exact;
        }
        double p = (double) hits / of;
        double q = (double) otherHits / otherOf;
        return exact.and(
                MeanSequence.difference(of, p, p * (1 - p), otherOf, q, q * (1 - q), (1 - EXACT_PART) * alpha));
    }

    private Interval anyDependence(double alpha) {
        Interval a = first.interval(alpha / 2);
        Interval b = second.interval(alpha / 2);
        return new Interval(a.estimate() - b.estimate(), a.lower() - b.upper(), a.upper() - b.lower());
    }

    private Interval independent(double alpha) {
        double level = -StrictMath.log(alpha);
        double at = first.estimate() - second.estimate();
        DoubleUnaryOperator evidence = this::evidence;
        return new Interval(at, Crossing.of(evidence, level, at, -1), Crossing.of(evidence, level, at, 1));
    }

    /// The evidence against a difference: of all pairs that far apart, that against the least contradicted
    /// one. The sum is convex in `p`, so its slope is searched for its zero.
    private double evidence(double d) {
        double low = Math.max(0, -d);
        double high = Math.min(1, 1 - d);
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double p = (low + high) / 2;
            if (first.slope(p + d) + second.slope(p) < 0) {
                low = p;
            } else {
                high = p;
            }
        }
        double p = (low + high) / 2;
        return first.evidence(Math.min(1, Math.max(0, p + d))) + second.evidence(p);
    }
}
