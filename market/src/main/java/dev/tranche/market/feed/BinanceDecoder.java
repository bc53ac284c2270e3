package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;

/// Reads Binance's messages of one instrument: `depthUpdate`, `bookTicker`, `trade` or `aggTrade` of spot,
/// USD-M and COIN-M, bare or in the envelope of a combined stream, and the book of the REST interface (also a
/// recorded one of a few levels: `seq`, `event_time`, `bids`, `asks`).
///
/// Prices and quantities become ticks and lots exactly; what is off the instrument's grid is refused. A
/// message is said whole or not at all: bytes that are not what they should be become one named [Fault],
/// never an exception, and never half a message. One pass over the bytes, nothing allocated. Hot: `tranche
/// bench divergence`. One thread at a time.
public final class BinanceDecoder {
    /// Which trades are said; a stream may carry both, and then each trade would count twice.
    public enum Trades {
        /// `trade`: each match.
        EACH,
        /// `aggTrade`: the matches of one taker at one price together.
        AGGREGATED
    }

    private static final byte[] DEPTH = "depthUpdate".getBytes(US_ASCII);
    private static final byte[] TOP = "bookTicker".getBytes(US_ASCII);
    private static final byte[] TRADE = "trade".getBytes(US_ASCII);
    private static final byte[] AGGREGATE = "aggTrade".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);

    private final byte[] symbol;
    private final Trades trades;
    private final MarketSink sink;
    private final MessageFields fields;
    private long received = MarketSink.UNKNOWN;
    private long eventMillis = MarketSink.UNKNOWN;
    private long ignored;

    private BinanceDecoder(Instrument instrument, Trades trades, MarketSink sink) {
        this.symbol = instrument.symbol().getBytes(US_ASCII);
        this.trades = trades;
        this.sink = sink;
        this.fields = new MessageFields(instrument);
    }

    public static BinanceDecoder of(Instrument instrument, Trades trades, MarketSink sink) {
        return new BinanceDecoder(instrument, trades, sink);
    }

    /// A recorded line, `<receive nanoseconds> <message>`, in `bytes[from, to)`, without its line feed.
    ///
    /// @return whether an event was said
    public boolean line(byte[] bytes, int from, int to) {
        int space = from;
        while (space < to && bytes[space] != ' ') {
            space++;
        }
        long nanos = Decimals.whole(bytes, from, space);
        if (nanos == Decimals.BAD) {
            received = MarketSink.UNKNOWN;
            eventMillis = MarketSink.UNKNOWN;
            return space == to ? refused(Fault.TRUNCATED, to - from, 0) : refused(Fault.BAD_TIME, nanos, 0);
        }
        return message(nanos, bytes, Math.min(space + 1, to), to);
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
        boolean named = fields.has(MessageFields.EVENT);
        if (named && fields.is(MessageFields.EVENT, DEPTH)) {
            return addressed() && depth();
        }
        if (named && fields.is(MessageFields.EVENT, TRADE)) {
            return trades == Trades.EACH ? addressed() && trade(MessageFields.TRADE_ID) : ignore();
        }
        if (named && fields.is(MessageFields.EVENT, AGGREGATE)) {
            return trades == Trades.AGGREGATED ? addressed() && trade(MessageFields.ASK) : ignore();
        }
        if (named ? fields.is(MessageFields.EVENT, TOP) : fields.has(MessageFields.BID_QUANTITY)) {
            return addressed() && top();
        }
        if (!named && fields.has(MessageFields.BOOK_ID)) {
            return addressed() && snapshot();
        }
        return ignore();
    }

    /// Messages that are none of those above, such as the answer to a subscription: neither used nor a fault.
    public long ignored() {
        return ignored;
    }

    private boolean ignore() {
        ignored++;
        return false;
    }

    private boolean refused(Fault fault, long found, long expected) {
        sink.fault(fault, eventMillis, received, found, expected);
        return false;
    }

    private boolean missing() {
        return refused(Fault.MISSING_FIELD, fields.count(), 0);
    }

    /// Whether the time is a time and the symbol, where there is one, is ours.
    private boolean addressed() {
        int field =
                fields.has(MessageFields.TRANSACTION_TIME) ? MessageFields.TRANSACTION_TIME : MessageFields.EVENT_TIME;
        if (fields.has(field)) {
            long time = fields.millis(field);
            if (time == Decimals.BAD) {
                return refused(Fault.BAD_TIME, time, 0);
            }
            eventMillis = time;
        }
        if (fields.has(MessageFields.SYMBOL) && !fields.is(MessageFields.SYMBOL, symbol)) {
            return refused(Fault.WRONG_SYMBOL, 0, 0);
        }
        return true;
    }

    private boolean depth() {
        if (!fields.has(MessageFields.FIRST_ID)
                || !fields.has(MessageFields.LAST_ID)
                || !fields.bids.present()
                || !fields.asks.present()
                || eventMillis == MarketSink.UNKNOWN) {
            return missing();
        }
        long first = fields.whole(MessageFields.FIRST_ID);
        long last = fields.whole(MessageFields.LAST_ID);
        boolean linked = fields.has(MessageFields.PREVIOUS_ID);
        long previous = linked ? fields.whole(MessageFields.PREVIOUS_ID) : MarketSink.UNKNOWN;
        if (first < 0 || last < first || (linked && previous < 0)) {
            return refused(Fault.BAD_ID, first, last);
        }
        if (!levelsSound()) {
            return false;
        }
        sink.depth(eventMillis, received, first, last, previous);
        return levels();
    }

    private boolean snapshot() {
        if (!fields.bids.present() || !fields.asks.present()) {
            return missing();
        }
        long last = fields.whole(MessageFields.BOOK_ID);
        if (last < 0) {
            return refused(Fault.BAD_ID, last, 0);
        }
        if (!levelsSound()) {
            return false;
        }
        sink.snapshot(eventMillis, received, last);
        return levels();
    }

    private boolean levelsSound() {
        if (fields.badPrice()) {
            return refused(Fault.BAD_PRICE, Decimals.BAD, 0);
        }
        return !fields.badQuantity() || refused(Fault.BAD_QUANTITY, Decimals.BAD, 0);
    }

    private boolean levels() {
        fields.bids.say(sink);
        fields.asks.say(sink);
        sink.end();
        return true;
    }

    private boolean top() {
        if (!fields.has(MessageFields.LAST_ID)
                || !fields.has(MessageFields.BID)
                || !fields.has(MessageFields.BID_QUANTITY)
                || !fields.has(MessageFields.ASK)
                || !fields.has(MessageFields.ASK_QUANTITY)) {
            return missing();
        }
        long id = fields.whole(MessageFields.LAST_ID);
        if (id < 0) {
            return refused(Fault.BAD_ID, id, 0);
        }
        long bid = fields.ticks(MessageFields.BID);
        long ask = fields.ticks(MessageFields.ASK);
        long bidLots = fields.lots(MessageFields.BID_QUANTITY);
        long askLots = fields.lots(MessageFields.ASK_QUANTITY);
        if (bidLots < 0 || askLots < 0) {
            return refused(Fault.BAD_QUANTITY, Math.min(bidLots, askLots), 0);
        }
        if (bid < 0 || ask < 0 || (bid == 0 && bidLots > 0) || (ask == 0 && askLots > 0)) {
            return refused(Fault.BAD_PRICE, Math.min(bid, ask), 0);
        }
        sink.top(eventMillis, received, id, bid, bidLots, ask, askLots);
        return true;
    }

    private boolean trade(int idField) {
        if (!fields.has(idField)
                || !fields.has(MessageFields.PRICE)
                || !fields.has(MessageFields.QUANTITY)
                || !fields.has(MessageFields.BUYER_IS_MAKER)
                || eventMillis == MarketSink.UNKNOWN) {
            return missing();
        }
        long id = fields.whole(idField);
        if (id < 0) {
            return refused(Fault.BAD_ID, id, 0);
        }
        long price = fields.ticks(MessageFields.PRICE);
        long quantity = fields.lots(MessageFields.QUANTITY);
        if (price == 0 && quantity == 0) {
            sink.noTrade(eventMillis, received, id);
            return true;
        }
        if (price <= 0) {
            return refused(Fault.BAD_PRICE, price, 0);
        }
        if (quantity <= 0) {
            return refused(Fault.BAD_QUANTITY, quantity, 0);
        }
        boolean sold = fields.is(MessageFields.BUYER_IS_MAKER, TRUE);
        if (!sold && !fields.is(MessageFields.BUYER_IS_MAKER, FALSE)) {
            return refused(Fault.BAD_SIDE, 0, 0);
        }
        sink.trade(eventMillis, received, id, price, quantity, sold ? Side.SELL : Side.BUY);
        return true;
    }
}
