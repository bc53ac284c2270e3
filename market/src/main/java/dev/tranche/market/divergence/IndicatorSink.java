package dev.tranche.market.divergence;

/// Hears each closed bar with its z-scores. Only primitives pass.
@FunctionalInterface
public interface IndicatorSink {
    /// @param zOfi of the bar's order flow imbalance; NaN while warming up or without a book
    /// @param zCvd of the bar's volume delta; NaN while warming up or without sides
    /// @param zFusion both by [Fusion]; NaN when either is
    void on(long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion);

    /// As in [dev.tranche.market.feed.BarSink#gap]: whoever keeps state over bars begins anew.
    default void gap(long fromMillis, long toMillis) {}
}
