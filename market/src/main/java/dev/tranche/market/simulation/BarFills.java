package dev.tranche.market.simulation;

/// What of a bar's volume would have been ours. A bar says neither order nor depth, so this is a claim, not a
/// measurement: an order that rested from the open fills when the bar traded strictly through its price (a low
/// below a bid, a high above an ask), at its own price.
///
/// Offers share `share` of what takers bought, bids `share` of what takers sold; half of the volume each where
/// the source does not say. Both may fill in one bar. Better prices first, then earlier orders.
///
/// @param share above 0, at most 1
/// @param grace nanoseconds after the open by which an order still counts as resting from the open, 0..60 s
public record BarFills(double share, long grace) {
    /// A tenth of the volume, orders there within a second of the open.
    public static final BarFills TENTH = new BarFills(0.1, 1_000_000_000L);

    public BarFills {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1: " + share);
        }
        if (grace < 0 || grace > Latency.MOST) {
            throw new IllegalArgumentException("grace must be within 0.." + Latency.MOST + " ns: " + grace);
        }
    }
}
