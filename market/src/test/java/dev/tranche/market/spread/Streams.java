package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random events of a market that quotes, trades, moves, breaks and falls silent, as calls on a sink.
final class Streams {
    /// What is said.
    interface Words {
        void say(MarketSink sink, long heard);
    }

    /// One event and when it is received.
    record Event(long nanos, Words words) {
        void say(MarketSink sink) {
            words.say(sink, nanos);
        }

        Event later(long by) {
            return new Event(nanos + by, words);
        }
    }

    private final RandomGenerator chance;
    private final List<Event> events = new ArrayList<>();
    private long now = 1_700_000_000_000_000_000L;
    private long id = 1_000;
    private long mid = 100_000;

    private Streams(RandomGenerator chance) {
        this.chance = chance;
    }

    /// @param breaks whether things go wrong, too
    static List<Event> random(RandomGenerator chance, int length, boolean breaks) {
        Streams streams = new Streams(chance);
        streams.whole();
        for (int i = 0; i < length; i++) {
            streams.step(breaks);
        }
        return streams.events;
    }

    private void step(boolean breaks) {
        now += chance.nextInt(60_000_000);
        switch (chance.nextInt(breaks ? 40 : 36)) {
            case 36 -> broken();
            case 37 -> now += chance.nextLong(60_000_000_000L);
            case 38 -> oneSided();
            case 39 -> whole();
            default -> usual();
        }
    }

    private void usual() {
        mid += chance.nextInt(4) == 0 ? chance.nextInt(-3, 4) : 0;
        if (chance.nextBoolean()) {
            top();
        } else if (chance.nextBoolean()) {
            trade();
        } else {
            change();
        }
    }

    private void add(Words words) {
        events.add(new Event(now, words));
    }

    private void top() {
        long update = ++id;
        long bid = mid;
        long ask = mid + 1 + chance.nextInt(2);
        long bidLots = chance.nextInt(1, 9);
        long askLots = chance.nextInt(1, 9);
        add((sink, heard) -> sink.top(MarketSink.UNKNOWN, heard, update, bid, bidLots, ask, askLots));
    }

    private void oneSided() {
        long update = ++id;
        long bid = mid;
        add((sink, heard) -> sink.top(heard / 1_000_000, heard, update, bid, 5, 0, 0));
    }

    private void trade() {
        long trade = id;
        long price = mid;
        long lots = chance.nextInt(1, 100);
        Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
        boolean known = chance.nextInt(10) > 0;
        add((sink, heard) -> sink.trade(heard / 1_000_000, heard, trade, price, lots, known ? side : null));
    }

    private void change() {
        long before = id;
        long update = ++id;
        long price = mid - chance.nextInt(1, 9);
        long lots = chance.nextInt(9);
        long other = mid + chance.nextInt(3, 9);
        add((sink, heard) -> {
            sink.depth(heard / 1_000_000, heard, before + 1, update, MarketSink.UNKNOWN);
            sink.level(Side.BUY, price, lots);
            sink.level(Side.SELL, other, lots);
            sink.end();
        });
    }

    private void broken() {
        Fault fault = chance.nextBoolean() ? Fault.SEQUENCE_BREAK : Fault.SILENCE;
        add((sink, heard) -> sink.fault(fault, heard / 1_000_000, heard, 0, 0));
        if (chance.nextBoolean()) {
            whole();
        }
    }

    private void whole() {
        long update = ++id;
        long centre = mid;
        add((sink, heard) -> {
            sink.snapshot(heard / 1_000_000, heard, update);
            for (int i = 1; i <= 7; i++) {
                sink.level(Side.BUY, centre - i - 20, i);
                sink.level(Side.SELL, centre + i + 20, i + 1);
            }
            sink.end();
        });
    }
}
