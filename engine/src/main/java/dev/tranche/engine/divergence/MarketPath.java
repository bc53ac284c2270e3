package dev.tranche.engine.divergence;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.feed.CsvDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FaultSink;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarketSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way of one instrument's messages to bars: decoder, monitor, order flow. One writer.
final class MarketPath implements MarketSink {
    /// How long a live bar waits for late events before it is closed without a newer one.
    private static final long GRACE_MILLIS = 250;

    private final Instrument instrument;
    private final OrderFlow.Source ofi;
    private final OrderFlow flow;
    private final FeedMonitor monitor;
    private final BinanceDecoder decoder;
    private @Nullable CsvDecoder table;
    private long eventMillis = UNKNOWN;
    private long said;
    private boolean depthSeen;
    /// Whether a depth update has come since the connection was made: a snapshot asked for before would
    /// be too old.
    private boolean depthHere;

    private boolean wanted;

    MarketPath(
            Instrument instrument,
            OrderFlow.Source ofi,
            Duration bar,
            Duration silence,
            BarSink bars,
            FaultSink faults) {
        this.instrument = instrument;
        this.ofi = ofi;
        this.flow = OrderFlow.of(instrument, ofi, bar.toMillis(), bars, faults);
        this.monitor = FeedMonitor.before(FeedLimits.USUAL.silence(silence.toMillis()), flow);
        this.decoder = BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, this);
    }

    /// One message of the venue.
    ///
    /// @return market events in it
    long message(byte[] json, long receivedNanos) {
        long before = said;
        decoder.message(receivedNanos == 0 ? UNKNOWN : receivedNanos, json, 0, json.length);
        return said - before;
    }

    /// The header of a table.
    void header(String columns) {
        table = CsvDecoder.of(instrument, columns, this);
    }

    /// A row of that table.
    ///
    /// @return market events in it
    long row(byte[] line) {
        long before = said;
        CsvDecoder rows = table;
        if (rows == null) {
            throw new IllegalStateException("a row came before its header");
        }
        rows.row(line, 0, line.length);
        return said - before;
    }

    /// The recording is at its end.
    void finish() {
        CsvDecoder rows = table;
        if (rows != null) {
            rows.end();
        }
    }

    /// Messages are missing.
    void lost() {
        flow.fault(Fault.LOST, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
        wanted = false;
        depthHere = false;
    }

    /// The present, for a live stream in which nothing happens.
    void present(long nowMillis) {
        if (eventMillis != UNKNOWN) {
            long theirs = nowMillis + monitor.clockBehindMillis() - GRACE_MILLIS;
            monitor.quiet(theirs);
            flow.advance(theirs);
        }
    }

    /// Whether a snapshot of the book is needed and was not yet asked for; it counts as asked for from
    /// here on.
    boolean wantsSnapshot() {
        if (wanted || !depthHere || flow.book().valid()) {
            return false;
        }
        wanted = true;
        return true;
    }

    /// State of the book.
    BookState book() {
        return flow.book().state();
    }

    /// Whether order flow can be read: a stream without depth updates needs no book.
    boolean readable() {
        return !depthSeen || flow.book().valid();
    }

    OrderFlow flow() {
        return flow;
    }

    long eventMillis() {
        return eventMillis;
    }

    long clockBehindMillis() {
        return monitor.clockBehindMillis();
    }

    private void event(long millis) {
        said++;
        eventMillis = Math.max(eventMillis, millis);
    }

    @Override
    public void trade(long millis, long received, long id, long ticks, long lots, @Nullable Side aggressor) {
        event(millis);
        monitor.trade(millis, received, id, ticks, lots, aggressor);
    }

    @Override
    public void top(long millis, long received, long id, long bid, long bidLots, long ask, long askLots) {
        event(millis);
        monitor.top(millis, received, id, bid, bidLots, ask, askLots);
    }

    @Override
    public void depth(long millis, long received, long firstId, long lastId, long previousId) {
        event(millis);
        depthSeen |= ofi == OrderFlow.Source.BOOK;
        depthHere = depthSeen;
        monitor.depth(millis, received, firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long millis, long received, long lastId) {
        event(millis);
        wanted = false;
        monitor.snapshot(millis, received, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        monitor.level(side, priceTicks, quantityLots);
    }

    @Override
    public void end() {
        monitor.end();
    }

    @Override
    public void fault(Fault fault, long millis, long received, long found, long expected) {
        monitor.fault(fault, millis, received, found, expected);
    }
}
