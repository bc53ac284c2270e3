package dev.tranche.market.feed;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;

/// One message of Binance taken apart: where in the bytes each field that somebody needs lies, and the levels
/// of its two sides. Reused for every message; nothing is allocated.
final class MessageFields {
    static final int EVENT = 0;
    static final int EVENT_TIME = 1;
    static final int TRANSACTION_TIME = 2;
    static final int SYMBOL = 3;
    static final int FIRST_ID = 4;
    static final int LAST_ID = 5;
    static final int PREVIOUS_ID = 6;
    static final int PRICE = 7;
    static final int QUANTITY = 8;
    static final int TRADE_ID = 9;
    static final int BUYER_IS_MAKER = 10;
    static final int BID = 11;
    static final int BID_QUANTITY = 12;
    static final int ASK = 13;
    static final int ASK_QUANTITY = 14;
    static final int BOOK_ID = 15;
    private static final int FIELDS = 16;
    private static final int OTHER = -1;
    private static final int ENVELOPE = -2;

    final LevelBuffer bids = new LevelBuffer(Side.BUY);
    final LevelBuffer asks = new LevelBuffer(Side.SELL);
    private final JsonCursor cursor = new JsonCursor();
    private final Instrument instrument;
    private final int[] from = new int[FIELDS];
    private final int[] to = new int[FIELDS];
    private byte[] bytes = {};
    private int present;
    private boolean badPrice;
    private boolean badQuantity;

    MessageFields(Instrument instrument) {
        this.instrument = instrument;
    }

    /// @return whether the bytes are one JSON object
    boolean read(byte[] text, int begin, int end) {
        bytes = text;
        cursor.begin(text, begin, end);
        clear();
        return object(true) && cursor.done();
    }

    /// Where reading stopped.
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

    boolean badPrice() {
        return badPrice;
    }

    boolean badQuantity() {
        return badQuantity;
    }

    boolean is(int field, byte[] text) {
        int length = to[field] - from[field];
        if (length != text.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from[field] + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    long whole(int field) {
        return Decimals.whole(bytes, from[field], to[field]);
    }

    long millis(int field) {
        return Decimals.millis(bytes, from[field], to[field]);
    }

    long ticks(int field) {
        return Decimals.scaled(bytes, from[field], to[field], instrument.priceDecimals());
    }

    long lots(int field) {
        return Decimals.scaled(bytes, from[field], to[field], instrument.quantityDecimals());
    }

    private void clear() {
        present = 0;
        badPrice = false;
        badQuantity = false;
        bids.clear(false);
        asks.clear(false);
    }

    private boolean object(boolean outermost) {
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
            if (!cursor.take(':') || !value(field, outermost)) {
                return false;
            }
        } while (cursor.takeIf(','));
        return cursor.take('}');
    }

    private boolean value(int field, boolean outermost) {
        byte first = cursor.peek();
        if (field == ENVELOPE && first == '{' && outermost) {
            clear();
            return object(false);
        }
        if (first == '[' && field == BID) {
            return levels(bids);
        }
        if (first == '[' && field == ASK) {
            return levels(asks);
        }
        if (field < 0 || first == '{' || first == '[') {
            return cursor.skip();
        }
        if (!cursor.scalar()) {
            return false;
        }
        present |= 1 << field;
        from[field] = cursor.valueFrom();
        to[field] = cursor.valueTo();
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
            long price = Decimals.scaled(bytes, cursor.valueFrom(), cursor.valueTo(), instrument.priceDecimals());
            if (!cursor.take(',') || !cursor.scalar()) {
                return false;
            }
            long quantity = Decimals.scaled(bytes, cursor.valueFrom(), cursor.valueTo(), instrument.quantityDecimals());
            while (cursor.takeIf(',')) {
                if (!cursor.skip()) {
                    return false;
                }
            }
            badPrice |= price <= 0;
            badQuantity |= quantity < 0;
            if (!cursor.take(']') || !side.add(price, quantity)) {
                return false;
            }
        } while (cursor.takeIf(','));
        return cursor.take(']');
    }

    private int field(int begin, int end) {
        byte first = begin < end ? bytes[begin] : 0;
        return switch (end - begin) {
            case 1 -> letter(first);
            case 2 -> first == 'p' && bytes[begin + 1] == 'u' ? PREVIOUS_ID : OTHER;
            case 3 -> named(begin, "seq", BOOK_ID);
            case 4 ->
                switch (first) {
                    case 'd' -> named(begin, "data", ENVELOPE);
                    case 'b' -> named(begin, "bids", BID);
                    case 'a' -> named(begin, "asks", ASK);
                    default -> OTHER;
                };
            case 6 -> named(begin, "symbol", SYMBOL);
            case 10 -> named(begin, "event_time", EVENT_TIME);
            case 12 -> named(begin, "lastUpdateId", BOOK_ID);
            default -> OTHER;
        };
    }

    private static int letter(byte letter) {
        return switch (letter) {
            case 'e' -> EVENT;
            case 'E' -> EVENT_TIME;
            case 'T' -> TRANSACTION_TIME;
            case 's' -> SYMBOL;
            case 'U' -> FIRST_ID;
            case 'u' -> LAST_ID;
            case 'p' -> PRICE;
            case 'q' -> QUANTITY;
            case 't' -> TRADE_ID;
            case 'm' -> BUYER_IS_MAKER;
            case 'b' -> BID;
            case 'B' -> BID_QUANTITY;
            case 'a' -> ASK;
            case 'A' -> ASK_QUANTITY;
            default -> OTHER;
        };
    }

    private int named(int begin, String name, int field) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes[begin + i] != name.charAt(i)) {
                return OTHER;
            }
        }
        return field;
    }
}
