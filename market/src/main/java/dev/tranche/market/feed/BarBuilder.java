package dev.tranche.market.feed;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// Makes bars of a fixed interval, on the grid of the epoch, out of trades and order flow imbalance.
///
/// Only whole and sound bars come out: the bar in which the stream begins, and every bar that an invalid
/// stretch touches, is left out, and the next sound one is announced by [BarSink#gap]. An interval
/// without a trade, in a sound stretch, is a bar of volume 0 at the last close, as venues write it.
///
/// That something is missing is known only from what comes after it. So a bar closes when a trade at or
/// after its end has come, and, where there is a book, a change of it too; meanwhile later events wait in
/// intervals of their own, at most 64. [#advance] closes without that proof, for a live market in which
/// nobody trades. Nothing is allocated. One writer.
public final class BarBuilder {
    private static final long SHORTEST = 100;
    private static final long LONGEST = 86_400_000;
    private static final int SLOTS = 64;
    /// More intervals than this without an event are no market, whoever else has not said so.
    private static final long MOST_FLAT = 1 << 16;
    private static final long NEVER = Long.MIN_VALUE;

    private final Instrument instrument;
    private final long interval;
    private final BarSink sink;
    private final BarSlot[] slots = new BarSlot[SLOTS];

    /// Start of the oldest open bar; while not sound, the earliest start of the next one.
    private long start = NEVER;
    private int oldest;
    private boolean sound;
    private long tradeClock = NEVER;
    private long bookClock = NEVER;
    private boolean book;
    private long bookSince;
    private long lastPrice;
    private long lastClose = NEVER;

    private BarBuilder(Instrument instrument, long interval, BarSink sink) {
        this.instrument = instrument;
        this.interval = interval;
        this.sink = sink;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new BarSlot();
        }
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
        tradeClock = Math.max(tradeClock, eventMillis);
        if (begun(eventMillis)) {
            if (eventMillis < start) {
                return false;
            }
            slot(eventMillis).trade(priceTicks, quantityLots, aggressor);
            close();
        } else {
            lastPrice = priceTicks;
        }
        return true;
    }

    /// A change of a valid book: what it adds to the order flow imbalance, in lots; 0 for the first one.
    public void imbalance(long eventMillis, double lots) {
        bookClock = Math.max(bookClock, eventMillis);
        if (!book) {
            book = true;
            bookSince = eventMillis;
        }
        if (begun(eventMillis)) {
            slot(Math.max(eventMillis, start)).imbalance += lots;
            close();
        }
    }

    /// Something is missing between the event before and this time: the bars it touches are left out.
    public void invalid(long eventMillis) {
        long at = Math.max(eventMillis, Math.max(tradeClock, bookClock));
        sound = false;
        book = false;
        lastPrice = 0;
        start = at == NEVER ? NEVER : Math.max(lastClose, (Math.floorDiv(at, interval) + 1) * interval);
    }

    /// The venue or the recorder began anew, perhaps at an earlier time. Bars never do: the next one is
    /// after the last.
    public void restart() {
        tradeClock = NEVER;
        bookClock = NEVER;
        sound = false;
        book = false;
        lastPrice = 0;
        start = NEVER;
    }

    /// Time has come this far, and nothing older will come: closes the bars that end by then.
    public void advance(long nowMillis) {
        tradeClock = Math.max(tradeClock, nowMillis);
        bookClock = Math.max(bookClock, nowMillis);
        if (begun(nowMillis)) {
            close();
        }
    }

    /// Start of the oldest open bar, or the earliest start of the next one; epoch milliseconds.
    public long openMillis() {
        return start;
    }

    /// Whether bars are being made, after those that could not be whole.
    private boolean begun(long eventMillis) {
        if (start == NEVER) {
            start = Math.max(lastClose, Math.ceilDiv(eventMillis, interval) * interval);
        }
        if (eventMillis - start > MOST_FLAT * interval) {
            if (sound) {
                invalid(eventMillis);
            } else {
                start = Math.ceilDiv(eventMillis, interval) * interval;
            }
        }
        if (!sound && eventMillis >= start) {
            sound = true;
            for (BarSlot slot : slots) {
                slot.clear();
            }
        }
        return sound;
    }

    private BarSlot slot(long eventMillis) {
        while (eventMillis - start >= SLOTS * interval) {
            finish();
        }
        return slots[(oldest + (int) ((eventMillis - start) / interval)) % SLOTS];
    }

    private void close() {
        long until = book ? Math.min(tradeClock, bookClock) : tradeClock;
        while (until > start && until - start >= interval) { // never heard of is far before the start
            finish();
        }
    }

    private void finish() {
        BarSlot slot = slots[oldest];
        long end = start + interval;
        if (!slot.traded()) {
            slot.flat(lastPrice);
        }
        lastPrice = slot.close;
        if (slot.traded()) {
            if (lastClose != NEVER && lastClose != start) {
                sink.gap(lastClose, start);
            }
            lastClose = end;
            say(slot, end);
        }
        slot.clear();
        oldest = (oldest + 1) % SLOTS;
        start = end;
    }

    private void say(BarSlot slot, long end) {
        long bought = slot.bought();
        sink.bar(
                start,
                end,
                instrument.price(slot.open),
                instrument.price(slot.high),
                instrument.price(slot.low),
                instrument.price(slot.close),
                instrument.quantity(slot.volume),
                bought < 0 ? Double.NaN : instrument.quantity(bought),
                book && bookSince <= start ? instrument.quantityOf(slot.imbalance) : Double.NaN);
    }
}
