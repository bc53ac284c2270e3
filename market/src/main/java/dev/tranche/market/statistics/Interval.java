package dev.tranche.market.statistics;

/// Two ends of a range that an estimate is said to lie in.
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval must have low <= high: " + low + " and " + high);
        }
    }

    public boolean holds(double value) {
        return value >= low && value <= high;
    }
}
