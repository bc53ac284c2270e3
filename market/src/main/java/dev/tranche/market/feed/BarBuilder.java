package dev.tranche.market.feed;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// Makes bars of a fixed interval, on the grid of the epoch, out of trades and order flow imbalance.
///
/// Only whole and sound bars come out: the bar in which the stream begins, and every bar that an invalid
/// stretch touches, is left out, and the next sound one is announced by [BarSink#gap]. An interval without a
/// trade, in a sound stretch, is a bar of volume 0 at the last close, as venues write it. A bar closes with
/// the first event at or after its end. Nothing is allocated. One writer.
public final class BarBuilder {
    private static final long SHORTEST = 100;
    private static final long LONGEST = 86_400_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final Instrument instrument;
    private final long interval;
    private final BarSink sink;

    /// Start of the open bar; while [#sound] is false, the earliest start of the next one.
    private long start = NEVER;
    private boolean sound;
    private long lastClose = NEVER;
    private long clock = NEVER;

    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long bought;
    private boolean sided;
    private double imbalance;
    private boolean bookAtStart;
    private boolean book;

    private BarBuilder(Instrument instrument, long interval, BarSink sink) {
        this.instrument = instrument;
        this.interval = interval;
        this.sink = sink;
    }

    /// @param intervalMillis length of a bar, 100 ms..1 day
    public static BarBuilder of(Instrument instrument, long intervalMillis, BarSink sink) {
        if (intervalMillis < SHORTEST || intervalMillis > LONGEST) {
            throw new IllegalArgumentException("intervalMillis must be within 100..86400000: " + intervalMillis);
        }
        return new BarBuilder(instrument, intervalMillis, sink);
    }

    /// A sound trade.
    ///
    /// @return false: it belongs to a bar that is already closed, and was not used
    public boolean trade(long eventMillis, long priceTicks, long quantityLots, @Nullable Side aggressor) {
        advance(eventMillis);
        if (sound && eventMillis < start) {
            return false;
        }
        close = priceTicks;
        if (!sound) {
            return true;
        }
        if (open == 0) {
            open = priceTicks;
            high = priceTicks;
            low = priceTicks;
        }
        high = Math.max(high, priceTicks);
        low = Math.min(low, priceTicks);
        volume += quantityLots;
        if (aggressor == null) {
            sided = false;
        } else if (aggressor == Side.BUY) {
            bought += quantityLots;
        }
        return true;
    }

    /// A change of a valid book: what it adds to the order flow imbalance, in lots; 0 for the first one.
    public void imbalance(long eventMillis, double lots) {
        advance(eventMillis);
        book = true;
        imbalance += lots;
    }

    /// Start of the open bar, or the earliest start of the next one; epoch milliseconds.
    public long openMillis() {
        return start;
    }

    /// The book is not valid from now on; trades still are.
    public void withoutBook() {
        book = false;
        bookAtStart = false;
    }

    /// Something is missing between the event before and this time: the bars it touches are left out.
    public void invalid(long eventMillis) {
        clock = Math.max(eventMillis, clock);
        sound = false;
        close = 0;
        book = false;
        start = clock == NEVER ? NEVER : (Math.floorDiv(clock, interval) + 1) * interval;
    }

    /// Time has come this far: bars that end by then are closed. Called by each event; a live feed calls it
    /// also when nothing happens.
    public void advance(long nowMillis) {
        if (nowMillis <= clock) {
            return;
        }
        clock = nowMillis;
        if (start == NEVER) {
            start = Math.ceilDiv(nowMillis, interval) * interval;
        }
        if (!sound && nowMillis >= start) {
            sound = true;
            clear();
        }
        while (sound && nowMillis >= start + interval) {
            finish();
            start += interval;
            clear();
        }
    }

    private void finish() {
        if (close == 0) {
            return;
        }
        if (open == 0) {
            open = close;
            high = close;
            low = close;
        }
        if (lastClose != NEVER && lastClose != start) {
            sink.gap(lastClose, start);
        }
        lastClose = start + interval;
        sink.bar(
                start,
                lastClose,
                instrument.price(open),
                instrument.price(high),
                instrument.price(low),
                instrument.price(close),
                instrument.quantity(volume),
                sided ? instrument.quantity(bought) : Double.NaN,
                bookAtStart ? instrument.quantityOf(imbalance) : Double.NaN);
    }

    private void clear() {
        open = 0;
        volume = 0;
        bought = 0;
        sided = true;
        imbalance = 0;
        bookAtStart = book;
    }
}
