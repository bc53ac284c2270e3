package dev.tranche.engine.trading.desk;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import org.jspecify.annotations.Nullable;

/// Lets two hear the market, the first one first.
final class MarketTee implements MarketSink {
    private final MarketSink first;
    private final MarketSink second;

    private MarketTee(MarketSink first, MarketSink second) {
        this.first = first;
        this.second = second;
    }

    /// @param first null for nobody
    static MarketSink to(@Nullable MarketSink first, MarketSink second) {
        return first == null ? second : new MarketTee(first, second);
    }

    @Override
    public void trade(long millis, long received, long id, long ticks, long lots, @Nullable Side aggressor) {
        first.trade(millis, received, id, ticks, lots, aggressor);
        second.trade(millis, received, id, ticks, lots, aggressor);
    }

    @Override
    public void noTrade(long millis, long received, long id) {
        first.noTrade(millis, received, id);
        second.noTrade(millis, received, id);
    }

    @Override
    public void top(long millis, long received, long id, long bid, long bidLots, long ask, long askLots) {
        first.top(millis, received, id, bid, bidLots, ask, askLots);
        second.top(millis, received, id, bid, bidLots, ask, askLots);
    }

    @Override
    public void depth(long millis, long received, long firstId, long lastId, long previousId) {
        first.depth(millis, received, firstId, lastId, previousId);
        second.depth(millis, received, firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long millis, long received, long lastId) {
        first.snapshot(millis, received, lastId);
        second.snapshot(millis, received, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        first.level(side, priceTicks, quantityLots);
        second.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        first.end();
        second.end();
    }

    @Override
    public void fault(Fault fault, long millis, long received, long found, long expected) {
        first.fault(fault, millis, received, found, expected);
        second.fault(fault, millis, received, found, expected);
    }
}
