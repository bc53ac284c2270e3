package dev.tranche.bench.divergence;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decoded market events, kept flat, to be played again and again without decoding them. Played for the
/// nth time, all times and ids are later by n times their range, so that one tape makes one stream of any
/// length. It can be written over. One thread.
final class Tape implements MarketSink {
    /// Kinds of events.
    static final int TRADE = 0;

    static final int TOP = 1;
    static final int DEPTH = 2;
    static final int SNAPSHOT = 3;
    static final int NO_TRADE = 4;

    private static final int LEVEL = 3;

    private long[] words = new long[1 << 16];
    private int[] starts = new int[1 << 12];
    private int size;
    private int end;

    private long millis;
    private long trades;
    private long tops;
    private long depths;
    private int faults;

    /// Events.
    int size() {
        return size;
    }

    /// Faults heard while it was written.
    int faults() {
        return faults;
    }

    int kind(int event) {
        return (int) words[starts[event]];
    }

    void clear() {
        size = 0;
        end = 0;
    }

    /// The same from where the book is whole: that book, and what came after it.
    Tape fromWholeBook(Instrument instrument) {
        OrderFlow flow = OrderFlow.of(
                instrument,
                OrderFlow.Source.BOOK,
                1000,
                BarSink.of(bar -> {}),
                (fault, eventMillis, receivedNanos, found, expected) -> {});
        OrderBook book = flow.book();
        int next = 0;
        while (next < size && !book.valid()) {
            play(next++, flow);
        }
        if (next == size) {
            throw new IllegalArgumentException("the recording must hold a whole book: none in " + size + " events");
        }
        Tape shorter = new Tape();
        int at = starts[next - 1];
        shorter.snapshot(words[at + 1], words[at + 2], book.lastId());
        for (int level = 0; level < book.levels(Side.BUY); level++) {
            shorter.level(Side.BUY, book.bidTicks(level), book.bidLots(level));
        }
        for (int level = 0; level < book.levels(Side.SELL); level++) {
            shorter.level(Side.SELL, book.askTicks(level), book.askLots(level));
        }
        for (int event = next; event < size; event++) {
            play(event, shorter);
        }
        return shorter;
    }

    /// Plays one event, moved as [#lap] says.
    void play(int event, MarketSink sink) {
        int at = starts[event];
        long time = words[at + 1] + millis;
        long received = words[at + 2] == UNKNOWN ? UNKNOWN : words[at + 2] + 1_000_000 * millis;
        long id = words[at + 3];
        switch ((int) words[at]) {
            case TRADE ->
                sink.trade(
                        time,
                        received,
                        id + trades,
                        words[at + 4],
                        words[at + 5],
                        words[at + 6] == 0 ? null : words[at + 6] > 0 ? Side.BUY : Side.SELL);
            case NO_TRADE -> sink.noTrade(time, received, id + trades);
            case TOP -> sink.top(time, received, id + tops, words[at + 4], words[at + 5], words[at + 6], words[at + 7]);
            case DEPTH -> {
                long previous = words[at + 5];
                sink.depth(
                        time,
                        received,
                        id + depths,
                        words[at + 4] + depths,
                        previous == UNKNOWN ? UNKNOWN : previous + depths);
                levels(event, at + 6, sink);
            }
            default -> {
                sink.snapshot(time, received, id + depths);
                levels(event, at + 4, sink);
            }
        }
    }

    private void levels(int event, int from, MarketSink sink) {
        int to = event + 1 < size ? starts[event + 1] : end;
        for (int at = from; at < to; at += LEVEL) {
            sink.level(words[at] > 0 ? Side.BUY : Side.SELL, words[at + 1], words[at + 2]);
        }
        sink.end();
    }

    /// Moves times and ids to where the nth repetition continues the one before it.
    ///
    /// @param grid times move by a multiple of so many milliseconds
    void lap(int n, long grid) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long[] first = {UNKNOWN, UNKNOWN, UNKNOWN};
        long[] last = {UNKNOWN, UNKNOWN, UNKNOWN};
        for (int event = 0; event < size; event++) {
            int at = starts[event];
            earliest = Math.min(earliest, words[at + 1]);
            latest = Math.max(latest, words[at + 1]);
            int stream = switch (kind(event)) {
                case TRADE, NO_TRADE -> 0;
                case TOP -> 1;
                case DEPTH -> 2;
                default -> -1;
            };
            if (stream >= 0) {
                boolean book = stream == 2;
                if (first[stream] == UNKNOWN) {
                    // A change of the book continues at its own `pu`, anything else with the next number.
                    first[stream] = book && words[at + 5] != UNKNOWN ? words[at + 5] : words[at + 3] - 1;
                }
                last[stream] = book ? words[at + 4] : words[at + 3];
            }
        }
        millis = n * (Math.floorDiv(latest - earliest, grid) + 1) * grid;
        trades = n * (last[0] - first[0]);
        tops = n * (last[1] - first[1]);
        depths = n * (last[2] - first[2]);
    }

    private void begin(int kind, long eventMillis, long receivedNanos, long id) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
        }
        starts[size++] = end;
        word(kind);
        word(eventMillis);
        word(receivedNanos);
        word(id);
    }

    private void word(long value) {
        if (end == words.length) {
            words = Arrays.copyOf(words, 2 * end);
        }
        words[end++] = value;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        begin(TRADE, eventMillis, receivedNanos, tradeId);
        word(priceTicks);
        word(quantityLots);
        word(aggressor == null ? 0 : aggressor.sign());
    }

    @Override
    public void noTrade(long eventMillis, long receivedNanos, long tradeId) {
        begin(NO_TRADE, eventMillis, receivedNanos, tradeId);
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
        begin(TOP, eventMillis, receivedNanos, updateId);
        word(bidTicks);
        word(bidLots);
        word(askTicks);
        word(askLots);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        begin(DEPTH, eventMillis, receivedNanos, firstId);
        word(lastId);
        word(previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        begin(SNAPSHOT, eventMillis, receivedNanos, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        word(side.sign());
        word(priceTicks);
        word(quantityLots);
    }

    @Override
    public void end() {}

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        faults++;
    }
}
