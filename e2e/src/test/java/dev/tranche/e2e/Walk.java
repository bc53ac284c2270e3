package dev.tranche.e2e;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A recording of a market that walks at random: changes of its book and trades fifty times a second, and the whole
/// book once a second, so that whoever comes in the middle has one again.
final class Walk {
    private static final long START_MILLIS = 1_767_225_600_000L;
    private static final int STEP_MILLIS = 20;
    private static final int WHOLE_EVERY = 50;
    private static final int LEVELS = 20;

    private final TreeMap<Long, Long> bids = new TreeMap<>();
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final SplittableRandom chance;
    private final String symbol;
    private long mid = 600_000;

    private Walk(String symbol) {
        this.symbol = symbol;
        this.chance = new SplittableRandom(symbol.hashCode());
    }

    /// Writes so many seconds of it and returns the file.
    static Path stream(Path folder, String symbol, int seconds) throws IOException {
        Path file = folder.resolve(symbol + ".txt");
        Walk walk = new Walk(symbol);
        for (long level = 1; level <= LEVELS; level++) {
            walk.bids.put(walk.mid - level, walk.lots());
            walk.asks.put(walk.mid + level, walk.lots());
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int step = 1; step <= seconds * 1000 / STEP_MILLIS; step++) {
                long at = START_MILLIS + (long) step * STEP_MILLIS;
                out.write(at + "000000 " + walk.change(step, at) + "\n");
                out.write(at + "000000 " + walk.trade(step, at) + "\n");
                if (step % WHOLE_EVERY == 1) {
                    out.write(at + "000000 " + walk.whole(step, at) + "\n");
                }
            }
        }
        return file;
    }

    private long lots() {
        return 1 + chance.nextLong(3_000);
    }

    private String change(int step, long at) {
        TreeMap<Long, Long> bidChanges = new TreeMap<>();
        TreeMap<Long, Long> askChanges = new TreeMap<>();
        int move = chance.nextInt(3) - 1;
        mid += move;
        if (move > 0) {
            set(asks, askChanges, asks.firstKey(), 0);
            set(asks, askChanges, asks.lastKey() + 1, lots());
            set(bids, bidChanges, bids.lastKey() + 1, lots());
            set(bids, bidChanges, bids.firstKey(), 0);
        } else if (move < 0) {
            set(bids, bidChanges, bids.lastKey(), 0);
            set(bids, bidChanges, bids.firstKey() - 1, lots());
            set(asks, askChanges, asks.firstKey() - 1, lots());
            set(asks, askChanges, asks.lastKey(), 0);
        }
        set(bids, bidChanges, bids.lastKey() - chance.nextInt(LEVELS - 1), lots());
        return wrapped(
                "depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":%d,\"T\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"pu\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(at, at, symbol, step, step, step - 1, levels(bidChanges), levels(askChanges)));
    }

    private String trade(int step, long at) {
        boolean sold = chance.nextBoolean();
        long price = sold ? bids.lastKey() - chance.nextInt(3) : asks.firstKey() + chance.nextInt(3);
        return wrapped(
                "trade",
                "{\"e\":\"trade\",\"E\":%d,\"T\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"X\":\"MARKET\",\"m\":%b}"
                        .formatted(at, at, symbol, step, price(price), quantity(lots()), sold));
    }

    private String whole(int step, long at) {
        return "{\"lastUpdateId\":%d,\"E\":%d,\"T\":%d,\"bids\":%s,\"asks\":%s}"
                .formatted(step, at, at, levels(bids.descendingMap()), levels(asks));
    }

    private static void set(Map<Long, Long> side, Map<Long, Long> changes, long ticks, long lots) {
        changes.put(ticks, lots);
        if (lots == 0) {
            side.remove(ticks);
        } else {
            side.put(ticks, lots);
        }
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
        return String.format(Locale.ROOT, "%d.%03d", lots / 1000, lots % 1000);
    }
}
