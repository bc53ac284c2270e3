package dev.tranche.market.feed;

import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// What has happened so far in one interval of a [BarBuilder], in ticks and lots.
final class BarSlot {
    private boolean sided = true;
    private long bought;
    long open;
    long high;
    long low;
    long close;
    long volume;
    double imbalance;

    void clear() {
        sided = true;
        bought = 0;
        open = 0;
        high = 0;
        low = 0;
        close = 0;
        volume = 0;
        imbalance = 0;
    }

    boolean traded() {
        return open != 0;
    }

    void trade(long priceTicks, long quantityLots, @Nullable Side aggressor) {
        if (open == 0) {
            open = priceTicks;
            high = priceTicks;
            low = priceTicks;
        }
        high = Math.max(high, priceTicks);
        low = Math.min(low, priceTicks);
        close = priceTicks;
        volume += quantityLots;
        sided &= aggressor != null;
        if (aggressor == Side.BUY) {
            bought += quantityLots;
        }
    }

    /// Nothing was traded: all four prices are the last one.
    void flat(long priceTicks) {
        open = priceTicks;
        high = priceTicks;
        low = priceTicks;
        close = priceTicks;
    }

    /// What takers bought; -1 when a trade did not say.
    long bought() {
        return sided ? bought : -1;
    }
}
