package dev.tranche.market.feed;

import dev.tranche.market.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The oracle of [OrderBook]: keeps every message it ever heard, and makes the book anew out of them.
final class ReadableBook {
    record Level(Side side, long ticks, long lots) {}

    /// A snapshot has `first` -1.
    record Message(long first, long last, long previous, List<Level> levels) {
        boolean snapshot() {
            return first < 0;
        }

        boolean follows(long at, boolean afterSnapshot) {
            if (previous < 0) {
                return first <= at + 1;
            }
            return afterSnapshot ? previous <= at : previous == at;
        }
    }

    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private boolean valid;

    /// The book after all messages, in the order heard.
    static ReadableBook after(List<Message> heard) {
        ReadableBook book = new ReadableBook();
        int newest = -1;
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i).snapshot()) {
                newest = i;
            }
        }
        if (newest < 0) {
            return book;
        }
        book.begin(heard.get(newest));
        long at = heard.get(newest).last();
        boolean fresh = true;
        for (Message message : changes(heard)) {
            if (message.last() <= at) {
                continue;
            }
            if (!message.follows(at, fresh)) {
                book.valid = false;
                return book;
            }
            book.apply(message);
            at = message.last();
            fresh = false;
            if (!book.valid) {
                return book;
            }
        }
        return book;
    }

    private static List<Message> changes(List<Message> heard) {
        List<Message> changes = new ArrayList<>();
        for (Message message : heard) {
            if (!message.snapshot()) {
                changes.add(message);
            }
        }
        return changes;
    }

    private void begin(Message snapshot) {
        valid = true;
        apply(snapshot);
    }

    private void apply(Message message) {
        for (Level level : message.levels()) {
            TreeMap<Long, Long> side = level.side() == Side.BUY ? bids : asks;
            if (level.lots() == 0) {
                side.remove(level.ticks());
            } else {
                side.put(level.ticks(), level.lots());
            }
        }
        valid &= bids.isEmpty() || asks.isEmpty() || bids.firstKey() < asks.firstKey();
    }

    boolean valid() {
        return valid;
    }

    /// The best levels as one text.
    String best(int levels) {
        return side(bids, levels) + " | " + side(asks, levels);
    }

    private static String side(Map<Long, Long> side, int levels) {
        return side.entrySet().stream().limit(levels).toList().toString();
    }

    /// The same text of an [OrderBook].
    static String best(OrderBook book, int levels) {
        List<String> bids = new ArrayList<>();
        List<String> asks = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            if (i < book.levels(Side.BUY)) {
                bids.add(book.bidTicks(i) + "=" + book.bidLots(i));
            }
            if (i < book.levels(Side.SELL)) {
                asks.add(book.askTicks(i) + "=" + book.askLots(i));
            }
        }
        return bids + " | " + asks;
    }
}
