package dev.tranche.bench.market;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.SomeReports;
import dev.tranche.market.simulation.Participant;
import org.jspecify.annotations.Nullable;

/// Hears a simulation and does nothing but count.
final class Onlooker implements Participant, SomeReports, MarketSink {
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
}
