package dev.tranche.market.feed;

import java.util.Arrays;

/// One side of a book: price and quantity of each level in two arrays, the best level last, so that what
/// changes most moves least. A search costs log2 of the levels, a new level a copy of those better than it.
///
/// Prices are kept times the side's sign, so that both sides ascend to their best.
final class Ladder {
    private final int sign;
    private final int capacity;
    private long[] prices;
    private long[] lots;
    private int size;

    /// @param sign 1 for bids, -1 for asks
    /// @param capacity most levels held; the level farthest from the best is forgotten for one nearer
    Ladder(int sign, int capacity) {
        this.sign = sign;
        this.capacity = capacity;
        this.prices = new long[Math.min(capacity, 1024)];
        this.lots = new long[prices.length];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /// Price of a level, 0 = the best; 0 when there is none.
    long ticks(int level) {
        return level < size ? sign * prices[size - 1 - level] : 0;
    }

    long lots(int level) {
        return level < size ? lots[size - 1 - level] : 0;
    }

    void set(long priceTicks, long quantityLots) {
        long key = sign * priceTicks;
        int at = Arrays.binarySearch(prices, 0, size, key);
        if (at >= 0) {
            if (quantityLots > 0) {
                lots[at] = quantityLots;
            } else {
                remove(at);
            }
        } else if (quantityLots > 0) {
            insert(-at - 1, key, quantityLots);
        }
    }

    private void remove(int at) {
        size--;
        System.arraycopy(prices, at + 1, prices, at, size - at);
        System.arraycopy(lots, at + 1, lots, at, size - at);
    }

    private void insert(int at, long key, long quantityLots) {
        if (size == capacity) {
            if (at == 0) {
                return;
            }
            System.arraycopy(prices, 1, prices, 0, at - 1);
            System.arraycopy(lots, 1, lots, 0, at - 1);
            prices[at - 1] = key;
            lots[at - 1] = quantityLots;
            return;
        }
        if (size == prices.length) {
            int more = Math.min(capacity, 2 * size);
            prices = Arrays.copyOf(prices, more);
            lots = Arrays.copyOf(lots, more);
        }
        System.arraycopy(prices, at, prices, at + 1, size - at);
        System.arraycopy(lots, at, lots, at + 1, size - at);
        prices[at] = key;
        lots[at] = quantityLots;
        size++;
    }
}
