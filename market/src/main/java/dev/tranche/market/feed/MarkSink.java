package dev.tranche.market.feed;

/// Hears what a venue thinks an instrument is worth: the prices that it settles and liquidates by. Only
/// primitives pass. One thread at a time; times as in [MarketSink]; `NaN` is what the venue did not say.
public interface MarkSink {
    /// Nobody listens.
    MarkSink NONE = new MarkSink() {
        @Override
        public void mark(long eventMillis, long receivedNanos, double mark, double index, double funding) {}

        @Override
        public void option(
                long eventMillis,
                long receivedNanos,
                double volatility,
                double underlying,
                double delta,
                double gamma,
                double vega,
                double theta,
                double rho) {}
    };

    /// The mark price.
    ///
    /// @param mark in the currency that the instrument is quoted in: coin for an inverse option
    /// @param index price of the underlying index
    /// @param funding rate of a perpetual at this moment, as a share of the position for the venue's interval
    ///     (Deribit: 8 hours)
    void mark(long eventMillis, long receivedNanos, double mark, double index, double funding);

    /// What the mark of an option stands on; follows its [#mark].
    ///
    /// @param volatility behind the mark, per square root of a year: 0.63 is 63 %
    /// @param underlying price of the forward that the venue computes with
    /// @param delta as the venue says it, for a contract of one coin; the others as in
    ///     [dev.tranche.market.pricing.InverseOption.Value]
    void option(
            long eventMillis,
            long receivedNanos,
            double volatility,
            double underlying,
            double delta,
            double gamma,
            double vega,
            double theta,
            double rho);
}
