package dev.tranche.bench.divergence;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A market made up by a seed: one trade in four events, changes of the book in the others; the price
/// walks by ticks. Not a likeness of any venue; its stream is as long as one likes and its book never
/// crosses. One thread.
final class GeneratedMarket {
    static final Instrument INSTRUMENT = new Instrument("MADEUP", 2, 3);

    private static final int WIDTH = 200;
    private static final int NEAR = 20;

    private final RandomGenerator chance;
    private long millis = 1_700_000_000_000L;
    private long bid = 5_000_000;
    private long update = 1;
    private long trade = 1;

    private GeneratedMarket(RandomGenerator chance) {
        this.chance = chance;
    }

    static GeneratedMarket of(long seed) {
        return new GeneratedMarket(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    /// The whole book, with which a stream begins.
    void begin(MarketSink sink) {
        sink.snapshot(millis, MarketSink.UNKNOWN, update);
        for (int level = 0; level < WIDTH; level++) {
            sink.level(Side.BUY, bid - level, lots());
            sink.level(Side.SELL, bid + 1 + level, lots());
        }
        sink.end();
    }

    /// The next event.
    void next(MarketSink sink) {
        millis += chance.nextInt(20);
        if (chance.nextInt(4) == 0) {
            boolean buys = chance.nextBoolean();
            sink.trade(millis, MarketSink.UNKNOWN, trade++, buys ? bid + 1 : bid, lots(), buys ? Side.BUY : Side.SELL);
            return;
        }
        sink.depth(millis, MarketSink.UNKNOWN, update + 1, update + 1, update);
        update++;
        switch (chance.nextInt(10)) {
            case 0 -> {
                sink.level(Side.SELL, bid + 1, 0);
                sink.level(Side.BUY, bid + 1, lots());
                sink.level(Side.BUY, bid + 1 - WIDTH, 0);
                sink.level(Side.SELL, bid + 1 + WIDTH, lots());
                bid++;
            }
            case 1 -> {
                sink.level(Side.BUY, bid, 0);
                sink.level(Side.SELL, bid, lots());
                sink.level(Side.SELL, bid + WIDTH, 0);
                sink.level(Side.BUY, bid - WIDTH, lots());
                bid--;
            }
            default -> {
                for (int changes = chance.nextInt(1, 6); changes > 0; changes--) {
                    int far = chance.nextInt(NEAR);
                    if (chance.nextBoolean()) {
                        sink.level(Side.BUY, bid - far, lots());
                    } else {
                        sink.level(Side.SELL, bid + 1 + far, lots());
                    }
                }
            }
        }
        sink.end();
    }

    private long lots() {
        return 1 + (long) (-1000 * Math.log(1 - chance.nextDouble()));
    }
}
