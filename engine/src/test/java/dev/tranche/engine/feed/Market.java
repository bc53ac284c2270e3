package dev.tranche.engine.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A small market of one symbol whose messages are those of Binance's USD-M futures: a book of twenty
/// levels a side that moves up and down by ticks of 0.10, with a trade in the direction of each move.
public final class Market {
    private static final int LEVELS = 20;

    private final String symbol;
    private final RandomGenerator chance;
    private final TreeMap<Long, Long> bids = new TreeMap<>();
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private long millis;
    private long updateId = 1_000_000;
    private long previousId = updateId;
    private long tradeId = 5_000;

    private Market(String symbol, RandomGenerator chance, long millis) {
        this.symbol = symbol;
        this.chance = chance;
        this.millis = millis;
        for (long i = 0; i < LEVELS; i++) {
            bids.put(600_000 - i, lots());
            asks.put(600_001 + i, lots());
        }
    }

    public static Market of(String symbol, RandomGenerator chance, long startMillis) {
        return new Market(symbol, chance, startMillis);
    }

    private long lots() {
        return 1 + chance.nextLong(5_000);
    }

    /// Lets `step` milliseconds pass and says what is published meanwhile: a depth update, its best
    /// quote, a trade.
    public List<String> next(long step) {
        millis += step;
        List<String> messages = new ArrayList<>();
        int move = chance.nextInt(3) - 1;
        TreeMap<Long, Long> bidChanges = new TreeMap<>();
        TreeMap<Long, Long> askChanges = new TreeMap<>();
        if (move > 0) {
            change(asks, askChanges, asks.firstKey(), 0);
            change(bids, bidChanges, bids.lastKey() + 1, lots());
        } else if (move < 0) {
            change(bids, bidChanges, bids.lastKey(), 0);
            change(asks, askChanges, asks.firstKey() - 1, lots());
        }
        change(bids, bidChanges, bids.lastKey() - chance.nextLong(LEVELS), lots());
        change(asks, askChanges, asks.firstKey() + chance.nextLong(LEVELS), lots());
        long first = updateId + 1;
        updateId += 1 + chance.nextLong(5);
        messages.add(wrapped(
                "depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":%d,\"T\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"pu\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(
                                millis,
                                millis,
                                symbol,
                                first,
                                updateId,
                                previousId,
                                levels(bidChanges),
                                levels(askChanges))));
        previousId = updateId;
        messages.add(wrapped(
                "bookTicker",
                "{\"e\":\"bookTicker\",\"u\":%d,\"s\":\"%s\",\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\",\"T\":%d,\"E\":%d}"
                        .formatted(
                                updateId,
                                symbol,
                                price(bids.lastKey()),
                                quantity(bids.lastEntry().getValue()),
                                price(asks.firstKey()),
                                quantity(asks.firstEntry().getValue()),
                                millis,
                                millis)));
        boolean buy = move > 0 || (move == 0 && chance.nextBoolean());
        messages.add(wrapped(
                "trade",
                "{\"e\":\"trade\",\"E\":%d,\"T\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"X\":\"MARKET\",\"m\":%b}"
                        .formatted(
                                millis,
                                millis,
                                symbol,
                                tradeId++,
                                price(buy ? asks.firstKey() : bids.lastKey()),
                                quantity(lots()),
                                !buy)));
        return messages;
    }

    private static void change(Map<Long, Long> side, Map<Long, Long> changes, long ticks, long lots) {
        changes.put(ticks, lots);
        if (lots == 0) {
            side.remove(ticks);
        } else {
            side.put(ticks, lots);
        }
    }

    /// The book as the REST door gives it.
    public String snapshot() {
        return "{\"lastUpdateId\":%d,\"E\":%d,\"T\":%d,\"bids\":%s,\"asks\":%s}"
                .formatted(updateId, millis, millis, levels(bids.descendingMap()), levels(asks));
    }

    private String wrapped(String stream, String json) {
        return "{\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + "@" + stream + "\",\"data\":" + json + "}";
    }

    private static String levels(Map<Long, Long> side) {
        return side.entrySet().stream()
                .map(level -> "[\"" + price(level.getKey()) + "\",\"" + quantity(level.getValue()) + "\"]")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String price(long ticks) {
        return ticks / 10 + "." + ticks % 10 + "0";
    }

    private static String quantity(long lots) {
        return "%d.%03d".formatted(lots / 1000, lots % 1000);
    }

    /// The market's time.
    public long millis() {
        return millis;
    }
}
