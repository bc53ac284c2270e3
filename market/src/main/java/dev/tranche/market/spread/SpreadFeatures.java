package dev.tranche.market.spread;

import dev.tranche.market.Side;
import dev.tranche.market.divergence.OrderFlowImbalance;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import org.jspecify.annotations.Nullable;

/// The features of one contract, sampled on the grid of its clock: every `interval` nanoseconds of the
/// receiver's time a sample is taken of the book, and of the trades since the sample before. The same class in
/// training, in the back-test and live. `docs/concepts/spread-model.md` defines each feature.
///
/// A sample at time `b` knows the events received before `b` and nothing else. The clock is the receive time,
/// the event time where there is none, and never goes back. The best bid and ask are those of the newest
/// update told, by the venue's best-price stream or by the book; where ids are not told, the last heard.
///
/// Whoever keeps the book hands each event to the book first and then here; the book is only read. Whatever
/// breaks the stream ([Fault.Consequence#RESET], a book that is not valid after a change, a side without
/// orders when a sample is due) begins anew: [#ready] is false until 21 samples are there.
///
/// A sample costs some hundred additions, an event a few; nothing is allocated. Hot: `tranche bench market`.
/// One writer.
public final class SpreadFeatures implements MarketSink {
    /// Length of a sample where nothing else is asked for, in milliseconds.
    public static final int USUAL_MILLIS = 100;

    private static final int SHORTEST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 60_000;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final int LEVELS = 5;
    private static final long NEVER = Long.MIN_VALUE;

    private final OrderBook book;
    private final long interval;
    private final OrderFlowImbalance best = OrderFlowImbalance.bestLevel();
    private final OrderFlowImbalance five = OrderFlowImbalance.fiveLevels();
    private final SampleWindow window;

    private long now = NEVER;
    private long boundary = NEVER;
    private long sampled = NEVER;
    private long samples;

    private boolean known;
    private long bestId = UNKNOWN;
    private long bidTicks;
    private long bidLots;
    private long askTicks;
    private long askLots;
    private long fiveBid = UNKNOWN;
    private long fiveAsk = UNKNOWN;

    private SpreadFeatures(OrderBook book, long interval) {
        this.book = book;
        this.interval = interval;
        this.window = new SampleWindow(interval);
    }

    /// @param book of the contract, kept by the caller
    /// @param intervalMillis length of a sample, 10..60000
    public static SpreadFeatures of(OrderBook book, int intervalMillis) {
        if (intervalMillis < SHORTEST_MILLIS || intervalMillis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("intervalMillis must be within 10..60000: " + intervalMillis);
        }
        return new SpreadFeatures(book, intervalMillis * NANOS_A_MILLI);
    }

    /// Time has come this far: takes the samples that are due.
    ///
    /// @param nowNanos on the clock of the events
    public void advance(long nowNanos) {
        if (now != NEVER && nowNanos > now) {
            now = nowNanos;
            close();
        }
    }

    /// Whether the last sample has a whole window behind it, so that the features of the seed have values.
    public boolean ready() {
        return window.ready();
    }

    /// How many samples were taken so far; another number is another sample.
    public long samples() {
        return samples;
    }

    /// When the last sample was taken, on the clock of the events; far in the past before the first.
    public long sampledNanos() {
        return sampled;
    }

    /// A feature of the last sample; NaN where it has no value.
    ///
    /// @param place of a [SpreadFeature]
    public double value(int place) {
        return window.value(place);
    }

    /// A feature of the last sample; NaN where it has no value.
    public double value(SpreadFeature feature) {
        return window.value(feature.place());
    }

    /// All features of the last sample, by their places.
    ///
    /// @param into at least as long as there are features
    public void copy(double[] into) {
        window.copy(into);
    }

    /// Realised volatility over the last samples, at most 300 of them, annual (365 days), as a share of the
    /// price; NaN before the window is whole.
    public double volatility() {
        return window.volatility();
    }

    /// Mid at the last sample, in ticks, halves included; NaN before the first.
    public double mid() {
        return window.mid();
    }

    /// Something of everything here that decides a feature, now or later: equal after equal events.
    public long hash() {
        long hash = window.hash();
        long[] words = {now, boundary, samples, bestId, bidTicks, bidLots, askTicks, askLots, fiveBid, fiveAsk};
        for (long word : words) {
            hash = SampleWindow.mixed(hash, word);
        }
        return hash;
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        clock(eventMillis, receivedNanos);
        window.trade(quantityLots, aggressor);
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long newBidTicks,
            long newBidLots,
            long newAskTicks,
            long newAskLots) {
        clock(eventMillis, receivedNanos);
        if (updateId == UNKNOWN || bestId == UNKNOWN || updateId >= bestId) {
            best(updateId, newBidTicks, newBidLots, newAskTicks, newAskLots);
        }
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        clock(eventMillis, receivedNanos);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        clock(eventMillis, receivedNanos);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {}

    @Override
    public void end() {
        if (!book.valid()) {
            reset();
            return;
        }
        window.five(five.on(book));
        fiveBid = 0;
        fiveAsk = 0;
        for (int level = 0; level < LEVELS; level++) {
            fiveBid += book.bidLots(level);
            fiveAsk += book.askLots(level);
        }
        if (bestId == UNKNOWN || book.lastId() > bestId) {
            best(book.lastId(), book.bidTicks(0), book.bidLots(0), book.askTicks(0), book.askLots(0));
        }
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        switch (fault.consequence()) {
            case NOTE, DROP -> {}
            case RESET -> {
                clock(UNKNOWN, receivedNanos);
                reset();
            }
        }
    }

    /// Forgets everything but the time: the window begins anew.
    public void reset() {
        window.reset();
        best.reset();
        five.reset();
        known = false;
        bestId = UNKNOWN;
        bidTicks = 0;
        bidLots = 0;
        askTicks = 0;
        askLots = 0;
        fiveBid = UNKNOWN;
        fiveAsk = UNKNOWN;
    }

    private void best(long id, long newBidTicks, long newBidLots, long newAskTicks, long newAskLots) {
        window.best(
                best.on(newBidTicks, newBidLots, newAskTicks, newAskLots),
                known && newBidTicks + newAskTicks != bidTicks + askTicks);
        known = true;
        bestId = id;
        bidTicks = newBidTicks;
        bidLots = newBidLots;
        askTicks = newAskTicks;
        askLots = newAskLots;
    }

    private void clock(long eventMillis, long receivedNanos) {
        long at = time(eventMillis, receivedNanos);
        if (at > now) {
            now = at;
            close();
        }
    }

    /// An event's time on the clock of the features; the far past where it has none.
    static long time(long eventMillis, long receivedNanos) {
        return receivedNanos != UNKNOWN ? receivedNanos : eventMillis != UNKNOWN ? eventMillis * NANOS_A_MILLI : NEVER;
    }

    /// Takes the samples that are due by now. After a window of samples without an event all that follow are
    /// alike, so a long silence costs no more than a window: those before it are only counted, and features are
    /// made of the last alone.
    private void close() {
        if (boundary == NEVER) {
            boundary = Math.floorDiv(now, interval) * interval + interval;
        }
        long due = now < boundary ? 0 : (now - boundary) / interval + 1;
        boolean whole = bidLots > 0 && askLots > 0;
        if (due > SampleWindow.HELD + 1) {
            long alike = due - SampleWindow.HELD - 1;
            if (whole) {
                window.skip(alike);
                samples += alike;
            }
            boundary += alike * interval;
            due -= alike;
        }
        for (; due > 0; due--) {
            if (whole) {
                window.close(bidTicks, bidLots, askTicks, askLots, fiveBid, fiveAsk, due == 1);
                sampled = boundary;
                samples++;
            } else {
                reset();
            }
            boundary += interval;
        }
    }
}
