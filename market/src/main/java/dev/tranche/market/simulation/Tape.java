package dev.tranche.market.simulation;

import dev.tranche.market.Bar;
import dev.tranche.market.Side;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decoded market events of one contract, kept flat in memory in the order in which they were recorded. One
/// event is one call: a trade, a best bid and ask, a whole change of the book with its levels, a bar. Written
/// once by one thread, then read only.
public final class Tape implements MarketSink {
    static final int TRADE = 0;
    static final int NO_TRADE = 1;
    static final int TOP = 2;
    static final int DEPTH = 3;
    static final int SNAPSHOT = 4;
    static final int BAR = 5;
    static final int PRINT = 6;

    /// Words before those of the kind: kind, event time, receive time.
    private static final int HEAD = 3;

    private static final int TIMES = 1;
    private static final int LEVEL = 3;
    private static final long NANOS_A_MILLI = 1_000_000;

    private long[] words = new long[1 << 12];
    private int[] starts = new int[1 << 8];
    private int size;
    private int end;
    private long levels;
    private int faults;

    private Tape() {}

    /// An empty one, to be written by a decoder.
    public static Tape empty() {
        return new Tape();
    }

    /// Events.
    public int size() {
        return size;
    }

    /// Levels of the changes of the book, all together.
    public long levels() {
        return levels;
    }

    /// Faults heard while it was written; they are counted, not kept.
    public int faults() {
        return faults;
    }

    int kind(int event) {
        return (int) words[starts[event]];
    }

    /// When it happened at the venue, epoch milliseconds, or unknown.
    long eventMillis(int event) {
        return words[starts[event] + TIMES];
    }

    /// When the recorder received it by its own clock, epoch nanoseconds, or unknown.
    long receivedNanos(int event) {
        return words[starts[event] + TIMES + 1];
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        begin(TRADE, eventMillis, receivedNanos);
        add(tradeId);
        add(priceTicks);
        add(quantityLots);
        add(aggressor == null ? 0 : aggressor.sign());
    }

    @Override
    public void noTrade(long eventMillis, long receivedNanos, long tradeId) {
        begin(NO_TRADE, eventMillis, receivedNanos);
        add(tradeId);
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
        begin(TOP, eventMillis, receivedNanos);
        add(updateId);
        add(bidTicks);
        add(bidLots);
        add(askTicks);
        add(askLots);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        begin(DEPTH, eventMillis, receivedNanos);
        add(firstId);
        add(lastId);
        add(previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        begin(SNAPSHOT, eventMillis, receivedNanos);
        add(lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        add(side.sign());
        add(priceTicks);
        add(quantityLots);
        levels++;
    }

    @Override
    public void end() {}

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        faults++;
    }

    /// A bar, known at its close; only the venue hears it, and it hears it before anything else written for
    /// that moment.
    public void bar(Bar bar) {
        begin(BAR, bar.closeMillis(), UNKNOWN);
        add(bar.openMillis());
        add(Double.doubleToRawLongBits(bar.open()));
        add(Double.doubleToRawLongBits(bar.high()));
        add(Double.doubleToRawLongBits(bar.low()));
        add(Double.doubleToRawLongBits(bar.close()));
        add(Double.doubleToRawLongBits(bar.volume()));
        add(Double.doubleToRawLongBits(bar.takerBuyVolume()));
        add(Double.doubleToRawLongBits(bar.orderFlowImbalance()));
    }

    /// The last price of a bar, as a trade within it that is told at its close to the participant alone: a venue
    /// of bars fills by the bars.
    ///
    /// @param closeMillis when the bar ends; the trade is of the millisecond before
    public void print(long closeMillis, long priceTicks, long quantityLots) {
        begin(PRINT, closeMillis - 1, UNKNOWN);
        add(UNKNOWN);
        add(priceTicks);
        add(quantityLots);
        add(0);
    }

    /// Says an event.
    ///
    /// @param receivedNanos when it is heard
    void say(int event, MarketSink sink, long receivedNanos) {
        int at = starts[event] + HEAD;
        long millis = eventMillis(event);
        switch (kind(event)) {
            case TRADE, PRINT ->
                sink.trade(millis, receivedNanos, words[at], words[at + 1], words[at + 2], side(words[at + 3]));
            case NO_TRADE -> sink.noTrade(millis, receivedNanos, words[at]);
            case TOP ->
                sink.top(millis, receivedNanos, words[at], words[at + 1], words[at + 2], words[at + 3], words[at + 4]);
            case DEPTH -> {
                sink.depth(millis, receivedNanos, words[at], words[at + 1], words[at + 2]);
                levels(event, at + 3, sink);
            }
            case SNAPSHOT -> {
                sink.snapshot(millis, receivedNanos, words[at]);
                levels(event, at + 1, sink);
            }
            default -> throw new IllegalStateException("a bar is not said to a market: " + event);
        }
    }

    Bar bar(int event) {
        int at = starts[event] + HEAD;
        return new Bar(
                words[at],
                eventMillis(event),
                Double.longBitsToDouble(words[at + 1]),
                Double.longBitsToDouble(words[at + 2]),
                Double.longBitsToDouble(words[at + 3]),
                Double.longBitsToDouble(words[at + 4]),
                Double.longBitsToDouble(words[at + 5]),
                Double.longBitsToDouble(words[at + 6]),
                Double.longBitsToDouble(words[at + 7]));
    }

    /// How much earlier the recorder's clock stood than the venue's plus the shortest way, in nanoseconds:
    /// the smallest of receive time less event time; empty (the largest number) when no event has both.
    long leastDifference() {
        long least = Long.MAX_VALUE;
        for (int event = 0; event < size; event++) {
            if (eventMillis(event) != UNKNOWN && receivedNanos(event) != UNKNOWN) {
                least = Math.min(least, receivedNanos(event) - eventMillis(event) * NANOS_A_MILLI);
            }
        }
        return least;
    }

    private void levels(int event, int from, MarketSink sink) {
        int to = event + 1 < size ? starts[event + 1] : end;
        for (int at = from; at < to; at += LEVEL) {
            sink.level(words[at] > 0 ? Side.BUY : Side.SELL, words[at + 1], words[at + 2]);
        }
        sink.end();
    }

    private static @Nullable Side side(long sign) {
        return sign == 0 ? null : sign > 0 ? Side.BUY : Side.SELL;
    }

    private void begin(int kind, long eventMillis, long receivedNanos) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
        }
        starts[size++] = end;
        add(kind);
        add(eventMillis);
        add(receivedNanos);
    }

    private void add(long word) {
        if (end == words.length) {
            words = Arrays.copyOf(words, 2 * end);
        }
        words[end++] = word;
    }
}
