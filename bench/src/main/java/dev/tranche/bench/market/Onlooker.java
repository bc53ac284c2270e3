package dev.tranche.bench.market;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.simulation.Participant;
import org.jspecify.annotations.Nullable;

/// Hears a simulation and does nothing but count.
final class Onlooker implements Participant, MarketSink {
    private long events;
    private long levels;

    /// Trades, best prices, whole changes of the book.
    long events() {
        return events;
    }

    long levels() {
        return levels;
    }

    @Override
    public MarketSink market(int contract) {
        return this;
    }

    @Override
    public void time(long nowNanos) {}

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        events++;
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {
        events++;
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        events++;
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        events++;
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        levels++;
    }

    @Override
    public void end() {}

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {}

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
