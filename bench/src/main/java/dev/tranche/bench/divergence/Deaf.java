package dev.tranche.bench.divergence;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import org.jspecify.annotations.Nullable;

/// Hears every event and keeps a sum of its numbers, so that a decoder cannot be optimised away.
final class Deaf implements MarketSink {
    private long sum;

    long sum() {
        return sum;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        sum += eventMillis + receivedNanos + tradeId + priceTicks + quantityLots;
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
        sum += eventMillis + receivedNanos + updateId + bidTicks + bidLots + askTicks + askLots;
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        sum += eventMillis + receivedNanos + firstId + lastId + previousId;
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        sum += eventMillis + receivedNanos + lastId;
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        sum += side.sign() * priceTicks + quantityLots;
    }

    @Override
    public void end() {
        sum++;
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        sum--;
    }
}
