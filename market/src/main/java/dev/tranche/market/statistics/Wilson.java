package dev.tranche.market.statistics;

import org.hipparchus.distribution.continuous.NormalDistribution;

/// The score interval of a proportion: E. B. Wilson, JASA 22 (1927), 209-212. Unlike the interval of Wald
/// it stays within 0..1 and keeps its coverage for few observations and for rates near 0 and 1.
public final class Wilson {
    private Wilson() {}

    /// @param hits 0..n
    /// @param n independent observations, at least 1
    /// @param confidence within 0..1, exclusive
    /// @throws IllegalArgumentException outside of these
    public static Interval interval(long hits, long n, double confidence) {
        if (n < 1 || hits < 0 || hits > n) {
            throw new IllegalArgumentException("hits must be within 0..n, of at least 1: " + hits + " of " + n);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be within 0..1: " + confidence);
        }
        double z = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
        double rate = (double) hits / n;
        double scale = 1 + z * z / n;
        double centre = rate + z * z / (2.0 * n);
        double spread = z * Math.sqrt(rate * (1 - rate) / n + z * z / (4.0 * n * n));
        return new Interval(hits == 0 ? 0 : (centre - spread) / scale, hits == n ? 1 : (centre + spread) / scale);
    }
}
