package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.market.Instrument;

/// Reads Deribit's notifications of one instrument: `book.{instrument}.{interval}` with its snapshot and
/// changes, `trades.{instrument}.{interval}`, `ticker.{instrument}.{interval}` (JSON-RPC over WebSocket, v2).
///
/// A change of the book says the id of the one before it (`prev_change_id`), which the venue promises to be
/// the last one sent; a trade's id here is its `trade_seq`, which counts the trades of one instrument without
/// a gap (`trade_id` counts those of a currency). Prices and quantities become ticks and lots exactly; what is
/// off the grid is refused. A message is said whole or not at all: bytes that are not what they should be
/// become one named [Fault], never an exception. One pass over the bytes, nothing allocated. One thread at a
/// time.
public final class DeribitDecoder {
    private static final byte[] SUBSCRIPTION = "subscription".getBytes(US_ASCII);
    private static final byte[] BOOK = "book.".getBytes(US_ASCII);
    private static final byte[] TRADES = "trades.".getBytes(US_ASCII);
    private static final byte[] TICKER = "ticker.".getBytes(US_ASCII);
    private static final byte[] SNAPSHOT = "snapshot".getBytes(US_ASCII);
    private static final byte[] CHANGE = "change".getBytes(US_ASCII);

    private final MarketSink sink;
    private final MarkSink marks;
    private final DeribitFields fields;
    private long received = MarketSink.UNKNOWN;
    private long eventMillis = MarketSink.UNKNOWN;
    private long ignored;

    private DeribitDecoder(Instrument instrument, MarketSink sink, MarkSink marks) {
        this.sink = sink;
        this.marks = marks;
        this.fields = new DeribitFields(instrument);
    }

    /// @param marks hears the tickers; [MarkSink#NONE] when nobody does
    public static DeribitDecoder of(Instrument instrument, MarketSink sink, MarkSink marks) {
        return new DeribitDecoder(instrument, sink, marks);
    }

    /// A message in `bytes[from, to)`.
    ///
    /// @param receivedNanos receive time, epoch nanoseconds; [MarketSink#UNKNOWN] when not known
    /// @return whether an event was said
    public boolean message(long receivedNanos, byte[] bytes, int from, int to) {
        received = receivedNanos;
        eventMillis = MarketSink.UNKNOWN;
        if (!fields.read(bytes, from, to)) {
            return fields.ranOut()
                    ? refused(Fault.TRUNCATED, to - from, 0)
                    : refused(Fault.MALFORMED, fields.stoppedAt() - from, 0);
        }
        if (!fields.has(DeribitFields.METHOD)
                || !fields.is(DeribitFields.METHOD, SUBSCRIPTION)
                || !fields.has(DeribitFields.CHANNEL)) {
            ignored++;
            return false;
        }
        if (fields.starts(DeribitFields.CHANNEL, BOOK)) {
            return addressed() && book();
        }
        if (fields.starts(DeribitFields.CHANNEL, TRADES)) {
            return trades();
        }
        if (fields.starts(DeribitFields.CHANNEL, TICKER)) {
            return addressed() && ticker();
        }
        ignored++;
        return false;
    }

    /// Messages that are none of those above, such as answers to requests: neither used nor a fault.
    public long ignored() {
        return ignored;
    }

    private boolean refused(Fault fault, long found, long expected) {
        sink.fault(fault, eventMillis, received, found, expected);
        return false;
    }

    /// Whether the time is there and a time, and the instrument is ours.
    private boolean addressed() {
        if (!fields.has(DeribitFields.TIMESTAMP) || !fields.has(DeribitFields.INSTRUMENT)) {
            return refused(Fault.MISSING_FIELD, fields.count(), 0);
        }
        long time = fields.millis(DeribitFields.TIMESTAMP);
        if (time == Decimals.BAD) {
            return refused(Fault.BAD_TIME, time, 0);
        }
        eventMillis = time;
        return fields.ours() || refused(Fault.WRONG_SYMBOL, 0, 0);
    }

    private boolean book() {
        boolean whole = fields.has(DeribitFields.TYPE) && fields.is(DeribitFields.TYPE, SNAPSHOT);
        boolean change = fields.has(DeribitFields.TYPE) && fields.is(DeribitFields.TYPE, CHANGE);
        if (!(whole || change)
                || !fields.has(DeribitFields.CHANGE_ID)
                || (change && !fields.has(DeribitFields.PREVIOUS_CHANGE_ID))
                || !fields.bids.present()
                || !fields.asks.present()) {
            return refused(Fault.MISSING_FIELD, fields.count(), 0);
        }
        long id = fields.whole(DeribitFields.CHANGE_ID);
        long previous = change ? fields.whole(DeribitFields.PREVIOUS_CHANGE_ID) : 0;
        if (id < 0 || previous < 0 || (change && id <= previous)) {
            return refused(Fault.BAD_ID, previous, id);
        }
        if (fields.badAction()) {
            return refused(Fault.BAD_SIDE, 0, 0);
        }
        if (fields.badPrice()) {
            return refused(Fault.BAD_PRICE, Decimals.BAD, 0);
        }
        if (fields.badQuantity()) {
            return refused(Fault.BAD_QUANTITY, Decimals.BAD, 0);
        }
        if (whole) {
            sink.snapshot(eventMillis, received, id);
        } else {
            sink.depth(eventMillis, received, previous + 1, id, previous);
        }
        fields.bids.say(sink);
        fields.asks.say(sink);
        sink.end();
        return true;
    }

    private boolean trades() {
        if (!fields.listed()) {
            return refused(Fault.MISSING_FIELD, fields.count(), 0);
        }
        if (fields.tradeIsBad()) {
            return refused(fields.badTrade(), Decimals.BAD, 0);
        }
        if (fields.trades.trades() == 0) {
            ignored++;
            return false;
        }
        fields.trades.say(received, sink);
        return true;
    }

    private boolean ticker() {
        if (!fields.has(DeribitFields.MARK_PRICE)) {
            return refused(Fault.MISSING_FIELD, fields.count(), 0);
        }
        for (int field = DeribitFields.MARK_PRICE; field <= DeribitFields.RHO; field++) {
            long value = fields.number(field, 0);
            boolean signed = field >= DeribitFields.FUNDING;
            if (value == Decimals.BAD || (value < 0 && !signed)) {
                return refused(Fault.BAD_PRICE, value, 0);
            }
        }
        marks.mark(
                eventMillis,
                received,
                fields.real(DeribitFields.MARK_PRICE),
                fields.real(DeribitFields.INDEX_PRICE),
                fields.real(DeribitFields.FUNDING));
        if (fields.has(DeribitFields.MARK_VOLATILITY)) {
            marks.option(
                    eventMillis,
                    received,
                    fields.real(DeribitFields.MARK_VOLATILITY) / 100,
                    fields.real(DeribitFields.UNDERLYING_PRICE),
                    fields.real(DeribitFields.DELTA),
                    fields.real(DeribitFields.GAMMA),
                    fields.real(DeribitFields.VEGA),
                    fields.real(DeribitFields.THETA),
                    fields.real(DeribitFields.RHO));
        }
        return true;
    }
}
