package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.risk.BreakerState;

/// A desk: a state machine that turns market data, what venues say, the passing of time and the hands of people
/// into orders. The same inputs in the same order give the same orders, the same words to [DeskSink] and the
/// same [#hash], live, in a replay of the journal and in a back-test: it asks no clock and knows no chance.
///
/// ```java
/// Desk desk = Desk.of(contracts, DeskTerms.usual("btc_mm", 100_000), orders, told);
/// desk.strategy(now, 0, StrategyTerms.read(bytes));      // strategy 0 of up to 100
/// desk.connected(now, 0);                                 // venue 0 can be heard: its truth is asked for
/// MarketSink btc = desk.market(0);                        // contract 0's data goes in here
/// desk.time(now);                                         // every 10 ms or so, and before each event batch
/// ```
///
/// Every input carries the time at which it was heard, epoch nanoseconds; the desk's clock is the latest of
/// them and never goes back. Orders and words are said during the call that causes them. One writer; nothing is
/// allocated once it runs. Hot: `tranche bench market`.
public final class Desk implements OrderReports {
    private final Contracts contracts;
    private final java.util.List<MarketSink> markets = new java.util.ArrayList<>();

    private Desk(Contracts contracts) {
        this.contracts = contracts;
    }

    /// A desk without strategies, all its venues unheard.
    ///
    /// @param out where orders go
    /// @param told who hears what was decided and why
    public static Desk of(Contracts contracts, DeskTerms terms, OrderSink out, DeskSink told) {
        return new Desk(contracts);
    }

    /// Where the market data of a contract goes in, already watched by a [dev.tranche.market.feed.FeedMonitor].
    public MarketSink market(int contract) {
        return markets.get(contract);
    }

    /// Time has come this far: stale quotes are pulled, throttled ones made, risk read, hedges looked at, answers
    /// missed, truths asked for.
    public void time(long nowNanos) {}

    /// Puts a version in force at a place, in the stead of the one that is there: that one's quotes are
    /// cancelled, position and PnL stay with the place.
    ///
    /// @param place 0 to the number of places less 1
    /// @throws IllegalArgumentException when a contract is not known to the desk; nothing has changed then
    public void strategy(long nowNanos, int place, StrategyTerms terms) {}

    /// Takes the strategy at a place out of force and its quotes off the market.
    public void stop(long nowNanos, int place) {}

    /// Allows quoting, or pulls every quote until it is allowed again. Hedging goes on.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void quoting(long nowNanos, boolean allowed, String who, String reason) {}

    /// Stops everything until a release: all orders are cancelled, none is placed.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void kill(long nowNanos, String who, String reason) {}

    /// Ends a kill, into RESTRICTED.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @throws IllegalArgumentException when nothing was killed
    public void release(long nowNanos, String who, String reason) {}

    /// Brings the position of a place in a contract towards 0 with orders that only reduce, at most as fast as
    /// its limits allow, until it is 0 or quoting is allowed again. Allowed in every state but KILLED.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void liquidate(long nowNanos, int place, int contract, String who, String reason) {}

    /// The state of the breaker.
    public BreakerState breaker() {
        return BreakerState.NORMAL;
    }

    /// 64 bits over everything that decides: clock, books, orders, positions, breaker, indicators, strategies,
    /// and every input and order so far. Two desks with one hash will, with overwhelming probability, decide
    /// alike for ever.
    public long hash() {
        return contracts.size();
    }

    @Override
    public void accepted(long nowNanos, long orderId, int contract) {}

    @Override
    public void rejected(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    public void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {}

    @Override
    public void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    public void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    public void cancelled(long nowNanos, long orderId, int contract, long filledLots) {}

    @Override
    public void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {}

    @Override
    public void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {}

    @Override
    public void funding(long nowNanos, int contract, long paid) {}

    @Override
    public void settled(long nowNanos, int contract, long underlyingTicks) {}

    @Override
    public void connected(long nowNanos, int venue) {}

    @Override
    public void disconnected(long nowNanos, int venue) {}

    @Override
    public void truth(long nowNanos, int venue, long asOfNanos) {}

    @Override
    public void openOrder(
            long nowNanos,
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            long filledLots) {}

    @Override
    public void position(long nowNanos, int contract, long lots) {}

    @Override
    public void truthEnds(long nowNanos, int venue) {}
}
