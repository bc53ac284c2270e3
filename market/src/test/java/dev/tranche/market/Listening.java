package dev.tranche.market;

import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultCounts;
import dev.tranche.market.feed.MarketSink;
import org.jspecify.annotations.Nullable;

/// A sink of which a test writes down only what it wants to hear; faults are counted.
public class Listening implements MarketSink {
    private final FaultCounts faults = FaultCounts.alone();

    protected Listening() {}

    public FaultCounts faults() {
        return faults;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {}

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {}

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {}

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {}

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {}

    @Override
    public void end() {}

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        faults.fault(fault, eventMillis, receivedNanos, found, expected);
    }
}
