package dev.tranche.market.divergence;

import java.util.Locale;

/// How plain a divergence is, 0..100, and what that is made of. Each part is a number of standard
/// deviations brought to 0..1; the score is 100 times their weighted mean. It says nothing of what
/// follows: that is for a calibration.
///
/// @param points 0..100
/// @param flow 0 at `z_mid`, 1 from `z_hi`: net flow against the price
/// @param pivots 0 at 0, 1 from `z_hi`: the smallest of the four swings that make the two pivots
/// @param price 0 at 0, 1 from `z_hi`: distance of the prices of the pivots
/// @param agreement 0 at 0 or against, 1 from `z_hi`: flow of the other sources; NaN when there are none,
///     and then the other parts share its weight
public record Score(double points, double flow, double pivots, double price, double agreement) {
    private static final double FULL = 100;

    /// The score of four distances in standard deviations.
    ///
    /// @param flow net flow in the direction of the divergence, at least `z_mid`
    /// @param pivots at least 0
    /// @param price at least 0
    /// @param agreement net flow of the others in the same direction, or NaN
    public static Score of(Parameters parameters, double flow, double pivots, double price, double agreement) {
        double zMid = parameters.zMid();
        double zHi = parameters.zHi();
        double flowPart = part((flow - zMid) / (zHi - zMid));
        double pivotsPart = part(pivots / zHi);
        double pricePart = part(price / zHi);
        double agreementPart = part(agreement / zHi);
        Weights weights = parameters.weights();
        double sum = weights.flow() * flowPart + weights.pivots() * pivotsPart + weights.price() * pricePart;
        double weight = weights.flow() + weights.pivots() + weights.price();
        if (!Double.isNaN(agreementPart)) {
            sum += weights.agreement() * agreementPart;
            weight += weights.agreement();
        }
        return new Score(Math.min(FULL, FULL * sum / weight), flowPart, pivotsPart, pricePart, agreementPart);
    }

    /// NaN stays NaN.
    private static double part(double share) {
        return Math.clamp(share, 0.0, 1.0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "score %.1f (flow %.2f, pivots %.2f, price %.2f, agreement %s)",
                points,
                flow,
                pivots,
                price,
                Double.isNaN(agreement) ? "unknown" : String.format(Locale.ROOT, "%.2f", agreement));
    }
}
