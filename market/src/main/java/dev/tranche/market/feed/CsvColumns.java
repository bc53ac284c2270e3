package dev.tranche.market.feed;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Where a recording has its columns, by the names in its header, and one row taken apart. Recordings that we
/// read name the same thing differently; names are matched without regard to case.
final class CsvColumns {
    /// What a column may hold.
    enum Column {
        EVENT_MILLIS("event_time_ms", "event_ts_ms", "transactiontime", "time", "transact_time"),
        RECEIVED_SECONDS("timestamp"),
        RECEIVED_MILLIS("recv_ts_ms", "timestampofreceive"),
        SYMBOL("symbol"),
        TRADE_ID("agg_trade_id", "tradeid", "id"),
        PRICE("price"),
        QUANTITY("qty", "quantity"),
        TAKER_BUYS("is_buy"),
        BUYER_IS_MAKER("isbuyermarketmaker", "is_buyer_maker", "isbuyermaker"),
        SIGNED_QUANTITY("signed_qty"),
        TOTAL("cvd", "recorded_cvd"),
        FIRST_ID("firstupdateid"),
        LAST_ID("finalupdateid"),
        PREVIOUS_ID("finalupdateidinlaststream"),
        IS_ASK("isask");

        /// In lower case, each between spaces.
        private final String names;

        Column(String... names) {
            this.names = " " + String.join(" ", names) + " ";
        }
    }

    private static final Column[] COLUMNS = Column.values();

    private final Map<Column, Integer> places;
    private final int width;
    private final int[] from;
    private final int[] to;
    private byte[] bytes = {};

    private CsvColumns(Map<Column, Integer> places, int width) {
        this.places = places;
        this.width = width;
        this.from = new int[width];
        this.to = new int[width];
    }

    static CsvColumns of(String header) {
        String[] names = header.strip().split(",", -1);
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].strip().toLowerCase(Locale.ROOT);
            for (Column column : COLUMNS) {
                if (column.names.contains(" " + name + " ")) {
                    places.putIfAbsent(column, i);
                }
            }
        }
        return new CsvColumns(places, names.length);
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    boolean hasAll(Column... columns) {
        return Arrays.stream(columns).allMatch(this::has);
    }

    int width() {
        return width;
    }

    /// Takes a row apart.
    ///
    /// @return how many fields it has; only with [#width] of them may they be read
    int split(byte[] row, int begin, int end) {
        bytes = row;
        int stop = end > begin && row[end - 1] == '\r' ? end - 1 : end;
        int field = 0;
        int start = begin;
        for (int at = begin; at <= stop; at++) {
            if (at == stop || row[at] == ',') {
                if (field < width) {
                    from[field] = start;
                    to[field] = at;
                }
                field++;
                start = at + 1;
            }
        }
        return field;
    }

    /// Digits only; [Decimals#BAD] otherwise.
    long whole(Column column) {
        int place = place(column);
        return Decimals.whole(bytes, from[place], to[place]);
    }

    /// Epoch milliseconds of this century; [Decimals#BAD] otherwise.
    long millis(Column column) {
        int place = place(column);
        return Decimals.millis(bytes, from[place], to[place]);
    }

    /// A decimal on the grid; [Decimals#BAD] otherwise.
    long scaled(Column column, int decimals) {
        int place = place(column);
        return Decimals.scaled(bytes, from[place], to[place], decimals);
    }

    /// A decimal rounded to the grid: for sums that a recorder made in floating point.
    long nearest(Column column, int decimals) {
        int place = place(column);
        return Decimals.nearest(bytes, from[place], to[place], decimals);
    }

    boolean is(Column column, byte[] text) {
        int place = place(column);
        return Arrays.equals(bytes, from[place], to[place], text, 0, text.length);
    }

    /// 1 for `1`, `true` and `True`, 0 for `0`, `false` and `False`; [Decimals#BAD] otherwise.
    long flag(Column column) {
        int place = place(column);
        int length = to[place] - from[place];
        if (length == 1) {
            byte c = bytes[from[place]];
            return c == '0' || c == '1' ? c - '0' : Decimals.BAD;
        }
        if (length == 4 && ends(place, "rue", 't')) {
            return 1;
        }
        return length == 5 && ends(place, "alse", 'f') ? 0 : Decimals.BAD;
    }

    private boolean ends(int place, String rest, char first) {
        if ((bytes[from[place]] | 0x20) != first) {
            return false;
        }
        for (int i = 0; i < rest.length(); i++) {
            if (bytes[from[place] + 1 + i] != rest.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int place(Column column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalArgumentException("no column " + column);
        }
        return place;
    }
}
