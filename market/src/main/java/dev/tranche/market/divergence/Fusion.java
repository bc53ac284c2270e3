package dev.tranche.market.divergence;

/// One number out of two z-scores: their weighted sum. Not a z-score itself: its deviation is `sqrt(a² + b² +
/// 2ab rho)`, between .2 and 1 with the weights of the seed.
///
/// @param ofiWeight and
/// @param cvdWeight at least 0, together 1 (to 1e-9)
public record Fusion(double ofiWeight, double cvdWeight) {
    /// .6 and .4 (seed 003).
    public static final Fusion USUAL = new Fusion(.6, .4);

    private static final double ROUNDING = 1e-9;

    public Fusion {
        if (!(ofiWeight >= 0 && cvdWeight >= 0 && Math.abs(ofiWeight + cvdWeight - 1) <= ROUNDING)) {
            throw new IllegalArgumentException(
                    "ofiWeight and cvdWeight must be at least 0 and sum to 1: " + ofiWeight + ", " + cvdWeight);
        }
    }

    /// @return NaN when either is NaN, which is a score still warming up or without a source
    public double of(double zOfi, double zCvd) {
        return ofiWeight * zOfi + cvdWeight * zCvd;
    }
}
