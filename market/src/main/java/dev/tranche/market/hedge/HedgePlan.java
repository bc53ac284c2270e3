package dev.tranche.market.hedge;

import java.util.Arrays;
import java.util.BitSet;

/// What to trade now to hedge, and why. Filled by [Hedger#decide]; its owner keeps one and reads it. One
/// writer.
public final class HedgePlan {
    final double[] coins;
    final BitSet without = new BitSet();
    HedgeHold hold = HedgeHold.NOTHING;
    Urgency urgency = Urgency.LOW;
    int causes;
    double deviation;
    double band;
    double varianceBefore;
    double varianceAfter;
    double cost;

    private HedgePlan(int legs) {
        this.coins = new double[legs];
    }

    /// A plan that trades nothing, for a hedger of so many legs.
    public static HedgePlan of(int legs) {
        return new HedgePlan(legs);
    }

    /// Coins to buy in a leg, below 0 to sell, 0 for no trade.
    public double coins(int leg) {
        return coins[leg];
    }

    /// Why nothing is traded; [HedgeHold#NONE] when something is.
    public HedgeHold hold() {
        return hold;
    }

    public Urgency urgency() {
        return urgency;
    }

    /// The bits of [HedgeCause] that hold.
    public int causes() {
        return causes;
    }

    public boolean is(HedgeCause cause) {
        return (causes & cause.bit()) != 0;
    }

    /// Whether an asset, by its place, was left out since nobody knows what it is worth.
    public boolean without(int asset) {
        return without.get(asset);
    }

    /// The largest of the legs' deviations from the least variance, as a share of its asset's scale.
    public double deviation() {
        return deviation;
    }

    /// The deviation that called for a hedge now.
    public double band() {
        return band;
    }

    /// Variance of the book a second before the trades, in money squared.
    public double varianceBefore() {
        return varianceBefore;
    }

    /// Variance of the book a second after the trades, in money squared.
    public double varianceAfter() {
        return varianceAfter;
    }

    /// What the trades are expected to cost, in money.
    public double cost() {
        return cost;
    }

    /// Why, for people. Allocates.
    public String text() {
        StringBuilder text = new StringBuilder(120);
        text.append(urgency).append(hold == HedgeHold.NONE ? " hedge " + Arrays.toString(coins) : " no hedge: " + hold);
        text.append("; deviation ").append(deviation).append(" of band ").append(band);
        for (HedgeCause cause : HedgeCause.values()) {
            if (is(cause)) {
                text.append(", ").append(cause);
            }
        }
        if (!without.isEmpty()) {
            text.append("; no price of assets ").append(without);
        }
        text.append("; variance a second ")
                .append(varianceBefore)
                .append(" to ")
                .append(varianceAfter);
        return text.append(" for a cost of ").append(cost).toString();
    }

    void clear() {
        Arrays.fill(coins, 0);
        without.clear();
        hold = HedgeHold.NOTHING;
        urgency = Urgency.LOW;
        causes = 0;
        deviation = 0;
        band = 0;
        varianceBefore = 0;
        varianceAfter = 0;
        cost = 0;
    }
}
