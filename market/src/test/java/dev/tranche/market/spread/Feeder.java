package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says events of one market to a feed of features, a sample of 100 ms at a time: at first a book and a best
/// price of 100000 to 100002 ticks with 5 lots on each side.
final class Feeder {
    private static final long SAMPLE = 100_000_000;

    private final SpreadFeed feed = SpreadFeed.of(100);
    private long now = 1_700_000_000_000_000_000L;
    private long id = 1;

    private Feeder() {}

    static Feeder begin() {
        Feeder feeder = new Feeder();
        feeder.feed.snapshot(MarketSink.UNKNOWN, feeder.now, feeder.id);
        for (int level = 0; level < 5; level++) {
            feeder.feed.level(Side.BUY, 100_000 - level, 5);
            feeder.feed.level(Side.SELL, 100_002 + level, 5);
        }
        feeder.feed.end();
        return feeder;
    }

    SpreadFeatures features() {
        return feed.features();
    }

    long now() {
        return now;
    }

    void say(Consumer<MarketSink> event) {
        event.accept(feed);
    }

    void samples(int count) {
        for (int i = 0; i < count; i++) {
            now += SAMPLE;
            feed.features().advance(now);
        }
    }

    void top(long bid, long bidLots, long ask, long askLots) {
        feed.top(MarketSink.UNKNOWN, now, ++id, bid, bidLots, ask, askLots);
    }

    void trade(long lots, @Nullable Side aggressor) {
        feed.trade(MarketSink.UNKNOWN, now, id, 100_000, lots, aggressor);
    }
}
