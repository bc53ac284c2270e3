package dev.tranche.market.feed;

import dev.tranche.market.Bar;
import java.util.function.Consumer;

/// Hears bars as they close, in order of time. Only primitives pass; parameters as in [Bar].
@FunctionalInterface
public interface BarSink {
    void bar(
            long openMillis,
            long closeMillis,
            double open,
            double high,
            double low,
            double close,
            double volume,
            double takerBuyVolume,
            double orderFlowImbalance);

    /// The stretch from one time to another holds no bar, or one that may not be used: whoever keeps state
    /// over bars begins anew. It need not lie on the grid of bars.
    default void gap(long fromMillis, long toMillis) {}

    /// Bars as records.
    static BarSink of(Consumer<Bar> bars) {
        return (openMillis, closeMillis, open, high, low, close, volume, takerBuyVolume, orderFlowImbalance) ->
                bars.accept(new Bar(
                        openMillis, closeMillis, open, high, low, close, volume, takerBuyVolume, orderFlowImbalance));
    }
}
