package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import org.jspecify.annotations.Nullable;

/// A book and its features, for who keeps no book of their own: training, studies. Stands behind a
/// [dev.tranche.market.feed.FeedMonitor]. One writer.
public final class SpreadFeed implements MarketSink {
    private static final int LEVELS_HELD = 4096;

    private final OrderBook book = OrderBook.of(LEVELS_HELD);
    private final SpreadFeatures features;

    private SpreadFeed(int intervalMillis) {
        this.features = SpreadFeatures.of(book, intervalMillis);
    }

    /// @param intervalMillis length of a sample, 10..60000
    public static SpreadFeed of(int intervalMillis) {
        return new SpreadFeed(intervalMillis);
    }

    public SpreadFeatures features() {
        return features;
    }

    public OrderBook book() {
        return book;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        features.trade(eventMillis, receivedNanos, tradeId, priceTicks, quantityLots, aggressor);
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
        features.top(eventMillis, receivedNanos, updateId, bidTicks, bidLots, askTicks, askLots);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        book.depth(firstId, lastId, previousId);
        features.depth(eventMillis, receivedNanos, firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        book.snapshot(lastId);
        features.snapshot(eventMillis, receivedNanos, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        book.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        book.end();
        features.end();
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        switch (fault.consequence()) {
            case NOTE, DROP -> {}
            case RESET -> {
                if (fault == Fault.SEQUENCE_BREAK || fault == Fault.RESTART || fault == Fault.LOST) {
                    book.invalidate();
                }
            }
        }
        features.fault(fault, eventMillis, receivedNanos, found, expected);
    }
}
