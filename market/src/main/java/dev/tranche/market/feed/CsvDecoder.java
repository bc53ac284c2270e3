package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.feed.CsvColumns.Column;
import org.jspecify.annotations.Nullable;

/// Reads recordings of trades and of depth changes as CSV, row by row; the columns are known by the names in
/// the header.
///
/// A trade needs a time, a price, a quantity and who took: `is_buy`, `IsBuyerMarketMaker` (or Binance's
/// `isBuyerMaker`), or a signed quantity; without any of these the aggressor is unknown. An id, a receive
/// time, a symbol and a running total are read where they are. Rows of a depth change carry its ids and one
/// level each; rows of the same ids are one message, said when the next begins. Nothing is allocated a row.
/// One thread at a time.
public final class CsvDecoder {
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final int NANO_DECIMALS = 9;

    private final CsvColumns columns;
    private final boolean depth;
    private final Instrument instrument;
    private final byte[] symbol;
    private final MarketSink sink;
    private final LevelBuffer bids = new LevelBuffer(Side.BUY);
    private final LevelBuffer asks = new LevelBuffer(Side.SELL);
    private long eventMillis = MarketSink.UNKNOWN;
    private long received = MarketSink.UNKNOWN;

    private long total = Decimals.BAD;

    private boolean open;
    private boolean sound;
    private boolean placed;
    private boolean unplaced;
    private long openEvent;
    private long openReceived;
    private long first;
    private long last;
    private long previous;

    private CsvDecoder(CsvColumns columns, boolean depth, Instrument instrument, MarketSink sink) {
        this.columns = columns;
        this.depth = depth;
        this.instrument = instrument;
        this.symbol = instrument.symbol().getBytes(US_ASCII);
        this.sink = sink;
    }

    /// @param header the first line
    /// @throws IllegalArgumentException when it names neither a trade nor a depth change
    public static CsvDecoder of(Instrument instrument, String header, MarketSink sink) {
        CsvColumns columns = CsvColumns.of(header);
        boolean depth = columns.hasAll(
                Column.EVENT_MILLIS, Column.FIRST_ID, Column.LAST_ID, Column.IS_ASK, Column.PRICE, Column.QUANTITY);
        if (!depth && !columns.hasAll(Column.EVENT_MILLIS, Column.PRICE, Column.QUANTITY)) {
            throw new IllegalArgumentException("the header must name a time (event_time_ms, event_ts_ms,"
                    + " TransactionTime, time), a price and a quantity (qty, quantity): " + header);
        }
        return new CsvDecoder(columns, depth, instrument, sink);
    }

    /// One row in `bytes[from, to)`, without its line feed.
    ///
    /// @return whether it was sound
    public boolean row(byte[] bytes, int from, int to) {
        eventMillis = MarketSink.UNKNOWN;
        received = MarketSink.UNKNOWN;
        placed = false;
        int fields = columns.split(bytes, from, to);
        if (fields < columns.width()) {
            return refused(Fault.MISSING_FIELD, fields, columns.width());
        }
        if (fields > columns.width()) {
            return refused(Fault.MALFORMED, to - from, columns.width());
        }
        return times() && (depth ? level() : trade());
    }

    /// The recording is at its end: says what waits for its last row.
    public void end() {
        if (open && sound) {
            sink.depth(openEvent, openReceived, first, last, previous);
            bids.say(sink);
            asks.say(sink);
            sink.end();
        }
        open = false;
    }

    private boolean times() {
        eventMillis = columns.millis(Column.EVENT_MILLIS);
        if (eventMillis == Decimals.BAD) {
            eventMillis = MarketSink.UNKNOWN;
            return refused(Fault.BAD_TIME, Decimals.BAD, 0);
        }
        if (columns.has(Column.RECEIVED_MILLIS)) {
            long millis = columns.millis(Column.RECEIVED_MILLIS);
            if (millis == Decimals.BAD) {
                return refused(Fault.BAD_TIME, millis, 0);
            }
            received = millis * NANOS_A_MILLI;
        } else if (columns.has(Column.RECEIVED_SECONDS)) {
            long nanos = columns.nearest(Column.RECEIVED_SECONDS, NANO_DECIMALS);
            if (nanos < 0) {
                return refused(Fault.BAD_TIME, nanos, 0);
            }
            received = nanos;
        }
        if (columns.has(Column.SYMBOL) && !columns.is(Column.SYMBOL, symbol)) {
            return refused(Fault.WRONG_SYMBOL, 0, 0);
        }
        return true;
    }

    private boolean trade() {
        long id = columns.has(Column.TRADE_ID) ? columns.whole(Column.TRADE_ID) : MarketSink.UNKNOWN;
        if (id == Decimals.BAD) {
            return refused(Fault.BAD_ID, id, id);
        }
        long price = columns.scaled(Column.PRICE, instrument.priceDecimals());
        long quantity = columns.scaled(Column.QUANTITY, instrument.quantityDecimals());
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
        Side aggressor = null;
        if (columns.has(Column.SIGNED_QUANTITY)) {
            long signed = columns.scaled(Column.SIGNED_QUANTITY, instrument.quantityDecimals());
            if (signed != quantity && signed != -quantity) {
                return refused(Fault.SIGN_MISMATCH, signed, quantity);
            }
            aggressor = signed > 0 ? Side.BUY : Side.SELL;
        } else if (columns.has(Column.TAKER_BUYS) || columns.has(Column.BUYER_IS_MAKER)) {
            boolean direct = columns.has(Column.TAKER_BUYS);
            long flag = columns.flag(direct ? Column.TAKER_BUYS : Column.BUYER_IS_MAKER);
            if (flag == Decimals.BAD) {
                return refused(Fault.BAD_SIDE, flag, 0);
            }
            aggressor = direct == (flag == 1) ? Side.BUY : Side.SELL;
        }
        follow(aggressor, quantity);
        sink.trade(eventMillis, received, id, price, quantity, aggressor);
        return true;
    }

    /// A recorded running total must grow by each signed quantity.
    private void follow(@Nullable Side aggressor, long quantity) {
        if (aggressor == null || !columns.has(Column.TOTAL)) {
            return;
        }
        long now = columns.nearest(Column.TOTAL, instrument.quantityDecimals());
        long due = total + aggressor.sign() * quantity;
        if (total != Decimals.BAD && now != due) {
            sink.fault(Fault.TOTAL_BREAK, eventMillis, received, now, due);
        }
        total = now;
    }

    private boolean level() {
        long rowFirst = columns.whole(Column.FIRST_ID);
        long rowLast = columns.whole(Column.LAST_ID);
        boolean linked = columns.has(Column.PREVIOUS_ID);
        long rowPrevious = linked ? columns.whole(Column.PREVIOUS_ID) : MarketSink.UNKNOWN;
        if (rowFirst < 0 || rowLast < rowFirst || (linked && rowPrevious < 0)) {
            return refused(Fault.BAD_ID, rowFirst, rowLast);
        }
        if (!open || rowFirst != first || rowLast != last || rowPrevious != previous) {
            end();
            open = true;
            sound = !unplaced;
            openEvent = eventMillis;
            openReceived = received;
            first = rowFirst;
            last = rowLast;
            previous = rowPrevious;
            bids.clear(true);
            asks.clear(true);
        }
        placed = true;
        unplaced = false;
        long price = columns.scaled(Column.PRICE, instrument.priceDecimals());
        if (price <= 0) {
            return refused(Fault.BAD_PRICE, price, 0);
        }
        long quantity = columns.scaled(Column.QUANTITY, instrument.quantityDecimals());
        if (quantity < 0) {
            return refused(Fault.BAD_QUANTITY, quantity, 0);
        }
        long ask = columns.flag(Column.IS_ASK);
        if (ask == Decimals.BAD) {
            return refused(Fault.BAD_SIDE, ask, 0);
        }
        return (ask == 1 ? asks : bids).add(price, quantity) || refused(Fault.MALFORMED, 0, 0);
    }

    /// A row that is not sound spoils the message it belongs to, since half a change makes a wrong book; when
    /// its ids are not known, that is the open message and the one that begins next.
    private boolean refused(Fault fault, long found, long expected) {
        sound = false;
        unplaced |= !placed;
        sink.fault(fault, eventMillis, received, found, expected);
        return false;
    }
}
