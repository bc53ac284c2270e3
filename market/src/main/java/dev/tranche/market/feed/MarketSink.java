package dev.tranche.market.feed;

import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// Hears one instrument's market data, event by event, in the order of the wire. Only primitives pass, so
/// that a stream of any length allocates nothing. One thread at a time.
///
/// Times: `eventMillis` is when it happened at the venue (transaction time where it says so, else event
/// time), epoch milliseconds; `receivedNanos` is the receiver's clock, epoch nanoseconds. Either, and any id,
/// is [#UNKNOWN] when the source does not say. Prices are in ticks, above 0; quantities in lots.
public interface MarketSink extends FaultSink {
    /// Said instead of a time or an id that the source does not have.
    long UNKNOWN = -1;

    /// A trade.
    ///
    /// @param quantityLots above 0
    /// @param aggressor who took liquidity; null when the source does not say
    void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor);

    /// An id that the venue gave to no trade: Binance's futures send some with price and quantity 0. It
    /// continues the ids.
    default void noTrade(long eventMillis, long receivedNanos, long tradeId) {}

    /// The best bid and ask. A side without orders has price 0 and quantity 0.
    void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots);

    /// Begins a change of the book: [#level] follows for each level changed, then [#end].
    ///
    /// @param firstId the first update it holds
    /// @param lastId the last update it holds
    /// @param previousId the last update of the message before it (futures); unknown on spot
    void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId);

    /// Begins a whole book: [#level] follows for each level, then [#end].
    ///
    /// @param lastId the last update it holds
    void snapshot(long eventMillis, long receivedNanos, long lastId);

    /// One level of the change or the whole book begun last.
    ///
    /// @param quantityLots what rests there now; 0: the level is gone
    void level(Side side, long priceTicks, long quantityLots);

    /// Ends what [#depth] or [#snapshot] began.
    void end();
}
