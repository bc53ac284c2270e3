package dev.tranche.market.spread;

/// What a spread is kept within, when the model is not believed, and what the heuristic makes of a volatility.
///
/// @param lowBps least spread, bid to ask, in basis points; above 0
/// @param highBps most spread in basis points; at least `lowBps`
/// @param lateNanos longest time that an answer may take; at least 1
/// @param staleNanos oldest sample that is used; at least 1
/// @param baseBps the heuristic's spread at the reference volatility, in basis points; above 0
/// @param referenceVolatility annual, as a share of the price; above 0
public record SpreadLimits(
        double lowBps, double highBps, long lateNanos, long staleNanos, double baseBps, double referenceVolatility) {
    /// 20 basis points at an annual volatility of .5 (seed 002), within 1..100; 1 ms; 1 s.
    public static final SpreadLimits SEED = new SpreadLimits(1, 100, 1_000_000, 1_000_000_000, 20, .5);

    public SpreadLimits {
        positive("lowBps", lowBps);
        positive("highBps", highBps);
        positive("baseBps", baseBps);
        positive("referenceVolatility", referenceVolatility);
        if (highBps < lowBps) {
            throw new IllegalArgumentException("highBps must be at least lowBps " + lowBps + ": " + highBps);
        }
        if (lateNanos < 1 || staleNanos < 1) {
            throw new IllegalArgumentException(
                    "lateNanos and staleNanos must be at least 1: " + lateNanos + ", " + staleNanos);
        }
    }

    /// The same within other bounds.
    public SpreadLimits within(double low, double high) {
        return new SpreadLimits(low, high, lateNanos, staleNanos, baseBps, referenceVolatility);
    }

    /// The same with another time for an answer.
    public SpreadLimits late(long nanos) {
        return new SpreadLimits(lowBps, highBps, nanos, staleNanos, baseBps, referenceVolatility);
    }

    /// The heuristic of the seed, bounded: `base volatility / reference`, within the least and the most. Where
    /// the volatility is not known (NaN, or not positive) it is the base.
    ///
    /// @param volatility annual, as a share of the price
    /// @return spread in basis points
    public double heuristicBps(double volatility) {
        double spread = volatility > 0 ? baseBps * (volatility / referenceVolatility) : baseBps;
        return Math.max(lowBps, Math.min(highBps, spread));
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite: " + value);
        }
    }
}
