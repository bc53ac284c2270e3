package dev.tranche.market.divergence;

import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// Cumulative volume delta: what takers bought less what they sold, in lots, so that a sum of any length is
/// exact.
///
/// A trade whose taker is not said is signed by the tick rule (Lee, Ready, J. Finance 46(2), 1991, §I): above
/// the price before it a buy, below it a sell, at the same price as the trade before it; until a price has
/// moved it counts as neither. O(1), nothing allocated. One writer.
public final class CumulativeVolumeDelta {
    private long total;
    private long lastTicks;
    private int tickSign;
    private long unsigned;

    private CumulativeVolumeDelta() {}

    public static CumulativeVolumeDelta begin() {
        return new CumulativeVolumeDelta();
    }

    /// @param priceTicks above 0
    /// @param quantityLots at least 0
    /// @param aggressor the taker; null: by the tick rule
    /// @return what the trade adds, in lots: its quantity, its quantity negated, or 0
    public long on(long priceTicks, long quantityLots, @Nullable Side aggressor) {
        if (lastTicks != 0 && priceTicks != lastTicks) {
            tickSign = priceTicks > lastTicks ? 1 : -1;
        }
        lastTicks = priceTicks;
        int sign = aggressor == null ? tickSign : aggressor.sign();
        if (sign == 0) {
            unsigned++;
        }
        long delta = sign * quantityLots;
        total += delta;
        return delta;
    }

    /// The sum since the begin or the last reset, in lots.
    public long lots() {
        return total;
    }

    /// Trades that could not be signed since the begin or the last reset.
    public long unsigned() {
        return unsigned;
    }

    /// Begins anew at 0 and forgets the last price.
    public void reset() {
        total = 0;
        lastTicks = 0;
        tickSign = 0;
        unsigned = 0;
    }
}
