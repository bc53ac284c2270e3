package dev.tranche.market.divergence;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.BarBuilder;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultCounts;
import dev.tranche.market.feed.FaultSink;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.feed.OrderBook;
import org.jspecify.annotations.Nullable;

/// From one instrument's events to its bars: keeps the book, the order flow imbalance and the volume delta.
/// Stands behind a [dev.tranche.market.feed.FeedMonitor]; whatever resets ([Fault.Consequence#RESET]) resets
/// all of it: the book waits for a snapshot, the indicators begin anew, the bars touched are left out.
/// Nothing is allocated. One writer.
public final class OrderFlow implements MarketSink {
    /// Where the imbalance is read.
    public enum Source {
        /// Best bid and ask as the venue tells them, change by change (`bookTicker`); one level. No book is
        /// kept.
        TOP,
        /// The book of snapshot and changes; five weighted levels.
        BOOK
    }

    private static final int LEVELS_HELD = 4096;

    private final Source source;
    private final OrderBook book = OrderBook.of(LEVELS_HELD);
    private final OrderFlowImbalance imbalance;
    private final CumulativeVolumeDelta delta = CumulativeVolumeDelta.begin();
    private final BarBuilder bars;
    private final FaultCounts faults;
    private long clock = UNKNOWN;
    private long received = UNKNOWN;
    private BookState told = BookState.AWAITING_SNAPSHOT;

    private OrderFlow(Source source, OrderFlowImbalance imbalance, BarBuilder bars, FaultCounts faults) {
        this.source = source;
        this.imbalance = imbalance;
        this.bars = bars;
        this.faults = faults;
    }

    /// @param intervalMillis length of a bar, 100 ms..1 day
    /// @param faults hears every fault, those found here and those found before
    public static OrderFlow of(
            Instrument instrument, Source source, long intervalMillis, BarSink bars, FaultSink faults) {
        OrderFlowImbalance imbalance = switch (source) {
            case TOP -> OrderFlowImbalance.bestLevel();
            case BOOK -> OrderFlowImbalance.fiveLevels();
        };
        return new OrderFlow(
                source, imbalance, BarBuilder.of(instrument, intervalMillis, bars), FaultCounts.before(faults));
    }

    public OrderBook book() {
        return book;
    }

    /// What takers bought less what they sold since the last reset.
    public CumulativeVolumeDelta delta() {
        return delta;
    }

    public FaultCounts faults() {
        return faults;
    }

    /// Time has come this far and nothing older will come: closes the bars that end by then.
    public void advance(long nowMillis) {
        bars.advance(time(nowMillis));
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        long at = time(eventMillis);
        if (bars.trade(at, priceTicks, quantityLots, aggressor)) {
            delta.on(priceTicks, quantityLots, aggressor);
        } else {
            fault(Fault.LATE, at, receivedNanos, at, bars.openMillis());
        }
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
        long at = time(eventMillis);
        if (source == Source.TOP) {
            change(at, imbalance.on(bidTicks, bidLots, askTicks, askLots));
        }
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        time(eventMillis);
        received = receivedNanos;
        if (source == Source.BOOK) {
            book.depth(firstId, lastId, previousId);
        }
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        time(eventMillis);
        received = receivedNanos;
        if (source == Source.BOOK) {
            book.snapshot(lastId);
        }
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        book.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        BookState state = book.end();
        if (state == BookState.VALID && source == Source.BOOK) {
            change(clock, imbalance.on(book));
        }
        if (state != told) {
            told = state;
            switch (state) {
                case VALID, AWAITING_SNAPSHOT, INVALIDATED -> {}
                case SEQUENCE_BREAK -> broken(Fault.SEQUENCE_BREAK);
                case OLD_SNAPSHOT -> broken(Fault.OLD_SNAPSHOT);
                case CROSSED -> broken(Fault.CROSSED_BOOK);
            }
        }
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        faults.fault(fault, eventMillis, receivedNanos, found, expected);
        switch (fault.consequence()) {
            case NOTE, DROP -> {}
            case RESET -> {
                if (fault == Fault.SEQUENCE_BREAK || fault == Fault.RESTART || fault == Fault.LOST) {
                    book.invalidate();
                }
                if (fault == Fault.RESTART) {
                    clock = UNKNOWN;
                    bars.restart();
                }
                reset(eventMillis);
            }
        }
    }

    /// The book says it of itself, and keeps what a newer snapshot can use.
    private void broken(Fault fault) {
        faults.fault(fault, clock, received, book.found(), book.expected());
        reset(clock);
    }

    /// Before anything with a time was heard, a change belongs to no bar.
    private void change(long at, double lots) {
        if (at != UNKNOWN) {
            bars.imbalance(at, lots);
        }
    }

    private void reset(long eventMillis) {
        imbalance.reset();
        delta.reset();
        bars.invalid(time(eventMillis));
    }

    private long time(long eventMillis) {
        clock = Math.max(clock, eventMillis);
        return eventMillis == UNKNOWN ? clock : eventMillis;
    }
}
