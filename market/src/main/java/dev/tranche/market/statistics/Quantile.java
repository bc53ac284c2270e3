package dev.tranche.market.statistics;

/// The quantile of a sample, between the two values nearest to it (R. Hyndman and Y. Fan, The American
/// Statistician 50, 1996, type 7: what R and numpy do where nobody says otherwise).
public final class Quantile {
    private Quantile() {}

    /// @param sorted ascending, at least `count` of them
    /// @param count values that count, at least 1
    /// @param share 0..1
    public static double ofSorted(double[] sorted, int count, double share) {
        if (count < 1 || count > sorted.length || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "count must be within 1.." + sorted.length + " and share within 0..1: " + count + ", " + share);
        }
        double place = share * (count - 1);
        int below = (int) place;
        int above = Math.min(below + 1, count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
