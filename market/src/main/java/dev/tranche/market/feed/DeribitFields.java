package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import java.util.List;

/// One notification of Deribit taken apart: where in the bytes each field that somebody needs lies, the levels
/// of its two sides, its trades. Reused for every message; nothing is allocated.
final class DeribitFields {
    static final int CHANNEL = 0;
    static final int TYPE = 1;
    static final int TIMESTAMP = 2;
    static final int INSTRUMENT = 3;
    static final int CHANGE_ID = 4;
    static final int PREVIOUS_CHANGE_ID = 5;
    static final int MARK_PRICE = 6;
    static final int MARK_VOLATILITY = 7;
    static final int INDEX_PRICE = 8;
    static final int UNDERLYING_PRICE = 9;
    static final int FUNDING = 10;
    static final int DELTA = 11;
    static final int GAMMA = 12;
    static final int VEGA = 13;
    static final int THETA = 14;
    static final int RHO = 15;
    static final int TRADE_SEQUENCE = 16;
    static final int PRICE = 17;
    static final int AMOUNT = 18;
    static final int DIRECTION = 19;
    static final int METHOD = 20;
    private static final int BIDS = 21;
    private static final int ASKS = 22;
    private static final int PARAMS = 23;
    private static final int DATA = 24;
    private static final int GREEKS = 25;
    private static final int OTHER = -1;

    private static final byte[][] NAMES = names(List.of(
            "channel",
            "type",
            "timestamp",
            "instrument_name",
            "change_id",
            "prev_change_id",
            "mark_price",
            "mark_iv",
            "index_price",
            "underlying_price",
            "current_funding",
            "delta",
            "gamma",
            "vega",
            "theta",
            "rho",
            "trade_seq",
            "price",
            "amount",
            "direction",
            "method",
            "bids",
            "asks",
            "params",
            "data",
            "greeks"));
    private static final byte[] DELETE = "delete".getBytes(US_ASCII);
    private static final byte[] NEW = "new".getBytes(US_ASCII);
    private static final byte[] CHANGE = "change".getBytes(US_ASCII);
    private static final byte[] BUY = "buy".getBytes(US_ASCII);
    private static final byte[] SELL = "sell".getBytes(US_ASCII);
    private static final int MARK_DECIMALS = 9;
    private static final double MARK_UNIT = 1e9;

    /// Where in the message an object stands.
    private enum Place {
        MESSAGE,
        PARAMS,
        DATA,
        GREEKS,
        TRADE
    }

    final LevelBuffer bids = new LevelBuffer(Side.BUY);
    final LevelBuffer asks = new LevelBuffer(Side.SELL);
    final TradeBuffer trades = new TradeBuffer();
    private final JsonCursor cursor = new JsonCursor();
    private final Instrument instrument;
    private final byte[] symbol;
    private final int[] from = new int[NAMES.length];
    private final int[] to = new int[NAMES.length];
    private byte[] bytes = {};
    private int present;
    private int inTrade;
    private boolean listed;
    private boolean badPrice;
    private boolean badQuantity;
    private boolean badAction;
    private Fault badTrade = Fault.MALFORMED;
    private boolean tradeIsBad;

    DeribitFields(Instrument instrument) {
        this.instrument = instrument;
        this.symbol = instrument.symbol().getBytes(US_ASCII);
    }

    /// @return whether the bytes are one JSON object
    boolean read(byte[] text, int begin, int end) {
        bytes = text;
        cursor.begin(text, begin, end);
        present = 0;
        listed = false;
        badPrice = false;
        badQuantity = false;
        badAction = false;
        tradeIsBad = false;
        bids.clear(false);
        asks.clear(false);
        trades.clear();
        return object(Place.MESSAGE) && cursor.done();
    }

    int stoppedAt() {
        return cursor.at();
    }

    boolean ranOut() {
        return cursor.ranOut();
    }

    boolean has(int field) {
        return (present & (1 << field)) != 0;
    }

    int count() {
        return Integer.bitCount(present);
    }

    /// Whether the data are a list (of trades).
    boolean listed() {
        return listed;
    }

    boolean badPrice() {
        return badPrice;
    }

    boolean badQuantity() {
        return badQuantity;
    }

    boolean badAction() {
        return badAction;
    }

    /// Whether a trade of the list is not sound; then [#badTrade] says what is wrong with the first.
    boolean tradeIsBad() {
        return tradeIsBad;
    }

    Fault badTrade() {
        return badTrade;
    }

    boolean is(int field, byte[] text) {
        return to[field] - from[field] == text.length && starts(field, text);
    }

    boolean starts(int field, byte[] text) {
        return to[field] - from[field] >= text.length && same(from[field], text);
    }

    boolean ours() {
        return is(INSTRUMENT, symbol);
    }

    long whole(int field) {
        return Decimals.whole(bytes, from[field], to[field]);
    }

    long millis(int field) {
        return Decimals.millis(bytes, from[field], to[field]);
    }

    /// A number in units of 1e-9, [Decimals#BAD] when it is none; what is missing or null is `absent`.
    long number(int field, long absent) {
        if (!has(field) || (to[field] - from[field] == 4 && bytes[from[field]] == 'n')) {
            return absent;
        }
        return Decimals.nearest(bytes, from[field], to[field], MARK_DECIMALS);
    }

    /// The same as a floating-point number, `NaN` for what is missing, null or no number.
    double real(int field) {
        long value = number(field, Decimals.BAD);
        return value == Decimals.BAD ? Double.NaN : value / MARK_UNIT;
    }

    private boolean same(int begin, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[begin + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean object(Place place) {
        if (!cursor.take('{')) {
            return false;
        }
        if (cursor.takeIf('}')) {
            return true;
        }
        do {
            if (!cursor.string()) {
                return false;
            }
            int field = field(cursor.valueFrom(), cursor.valueTo());
            if (!cursor.take(':') || !value(field, place)) {
                return false;
            }
        } while (cursor.takeIf(','));
        return cursor.take('}');
    }

    private boolean value(int field, Place place) {
        byte first = cursor.peek();
        if (first == '{') {
            return switch (place) {
                case MESSAGE -> field == PARAMS ? object(Place.PARAMS) : cursor.skip();
                case PARAMS -> field == DATA ? object(Place.DATA) : cursor.skip();
                case DATA -> field == GREEKS ? object(Place.GREEKS) : cursor.skip();
                case GREEKS, TRADE -> cursor.skip();
            };
        }
        if (first == '[') {
            if (place == Place.PARAMS && field == DATA) {
                return list();
            }
            boolean side = place == Place.DATA && (field == BIDS || field == ASKS);
            return side ? levels(field == BIDS ? bids : asks) : cursor.skip();
        }
        if (!cursor.scalar()) {
            return false;
        }
        if (belongs(field, place)) {
            present |= 1 << field;
            inTrade |= 1 << field;
            from[field] = cursor.valueFrom();
            to[field] = cursor.valueTo();
        }
        return true;
    }

    private static boolean belongs(int field, Place place) {
        return switch (place) {
            case MESSAGE -> field == METHOD;
            case PARAMS -> field == CHANNEL;
            case DATA -> field >= TYPE && field <= FUNDING;
            case GREEKS -> field >= DELTA && field <= RHO;
            case TRADE -> field == TIMESTAMP || field == INSTRUMENT || (field >= TRADE_SEQUENCE && field <= DIRECTION);
        };
    }

    private boolean list() {
        listed = true;
        if (!cursor.take('[')) {
            return false;
        }
        if (cursor.takeIf(']')) {
            return true;
        }
        do {
            inTrade = 0;
            if (!object(Place.TRADE) || !trade()) {
                return false;
            }
        } while (cursor.takeIf(','));
        return cursor.take(']');
    }

    private boolean trade() {
        int needed = (1 << TIMESTAMP)
                | (1 << INSTRUMENT)
                | (1 << TRADE_SEQUENCE)
                | (1 << PRICE)
                | (1 << AMOUNT)
                | (1 << DIRECTION);
        if ((inTrade & needed) != needed) {
            return spoiled(Fault.MISSING_FIELD);
        }
        long millis = millis(TIMESTAMP);
        long sequence = whole(TRADE_SEQUENCE);
        long price = Decimals.scaled(bytes, from[PRICE], to[PRICE], instrument.priceDecimals());
        long amount = Decimals.scaled(bytes, from[AMOUNT], to[AMOUNT], instrument.quantityDecimals());
        boolean sold = is(DIRECTION, SELL);
        if (!ours()) {
            return spoiled(Fault.WRONG_SYMBOL);
        }
        if (millis == Decimals.BAD) {
            return spoiled(Fault.BAD_TIME);
        }
        if (sequence < 0) {
            return spoiled(Fault.BAD_ID);
        }
        if (price <= 0) {
            return spoiled(Fault.BAD_PRICE);
        }
        if (amount <= 0) {
            return spoiled(Fault.BAD_QUANTITY);
        }
        if (!sold && !is(DIRECTION, BUY)) {
            return spoiled(Fault.BAD_SIDE);
        }
        return trades.add(sequence, millis, price, amount, sold);
    }

    private boolean spoiled(Fault fault) {
        if (!tradeIsBad) {
            tradeIsBad = true;
            badTrade = fault;
        }
        return true;
    }

    private boolean levels(LevelBuffer side) {
        side.clear(true);
        if (!cursor.take('[')) {
            return false;
        }
        if (cursor.takeIf(']')) {
            return true;
        }
        do {
            if (!cursor.take('[') || !cursor.scalar()) {
                return false;
            }
            boolean gone = named(DELETE);
            badAction |= !gone && !named(NEW) && !named(CHANGE);
            if (!cursor.take(',') || !cursor.scalar()) {
                return false;
            }
            long price = Decimals.scaled(bytes, cursor.valueFrom(), cursor.valueTo(), instrument.priceDecimals());
            if (!cursor.take(',') || !cursor.scalar()) {
                return false;
            }
            long amount = Decimals.scaled(bytes, cursor.valueFrom(), cursor.valueTo(), instrument.quantityDecimals());
            badPrice |= price <= 0;
            badQuantity |= gone ? amount != 0 : amount <= 0;
            if (!cursor.take(']') || !side.add(price, gone ? 0 : amount)) {
                return false;
            }
        } while (cursor.takeIf(','));
        return cursor.take(']');
    }

    private boolean named(byte[] text) {
        return cursor.valueTo() - cursor.valueFrom() == text.length && same(cursor.valueFrom(), text);
    }

    private int field(int begin, int end) {
        int length = end - begin;
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length == length && bytes[begin] == NAMES[i][0] && same(begin, NAMES[i])) {
                return i;
            }
        }
        return OTHER;
    }

    private static byte[][] names(List<String> names) {
        return names.stream().map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    }
}
