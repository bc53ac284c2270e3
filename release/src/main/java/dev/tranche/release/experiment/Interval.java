package dev.tranche.release.experiment;

/// An estimate with the interval of a confidence sequence: with the stated confidence, the truth lies within
/// the intervals of *all* looks, however often one looks and whenever one stops.
///
/// @param lower never above `upper`
public record Interval(double estimate, double lower, double upper) {
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval must have lower <= upper: " + lower + " and " + upper);
        }
    }

    /// What both say; where they do not meet (which a valid pair does with no more than their alphas'
    /// probability), the point between them.
    Interval and(Interval other) {
        double low = Math.max(lower, other.lower);
        double high = Math.min(upper, other.upper);
        return low <= high
                ? new Interval(estimate, low, high)
                : new Interval(estimate, (low + high) / 2, (low + high) / 2);
    }
}
