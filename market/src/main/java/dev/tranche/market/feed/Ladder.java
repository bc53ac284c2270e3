package dev.tranche.market.feed;

import java.util.Arrays;

/// One side of a book: levels in blocks of at most 64, ascending to the best, which is the last. A change
/// finds its block by the first price of each, then its place in the block; only that block moves, so
/// that a level far from the best costs no more than one near it (an order book of a venue's whole depth
/// has thousands of levels, and one message may change a thousand).
///
/// Prices are kept times the side's sign, so that both sides ascend to their best. Blocks that empty are
/// kept for later: nothing is allocated once the book was as large as it gets. Hot: `tranche bench
/// divergence`.
final class Ladder {
    private static final int BLOCK = 64;
    private static final int SPARSE = BLOCK / 4;

    private final int sign;
    private final int capacity;
    private long[][] prices = new long[16][BLOCK];
    private long[][] lots = new long[16][BLOCK];
    private int[] sizes = new int[16];
    /// First price of each block.
    private long[] firsts = new long[16];
    private int blocks;
    /// Block of the last change.
    private int last;
    private int size;

    /// @param sign 1 for bids, -1 for asks
    /// @param capacity most levels held; the level farthest from the best is forgotten for one nearer
    Ladder(int sign, int capacity) {
        this.sign = sign;
        this.capacity = capacity;
    }

    void clear() {
        blocks = 0;
        size = 0;
    }

    int size() {
        return size;
    }

    /// Price of a level, 0 = the best; 0 when there is none.
    long ticks(int level) {
        int rest = level;
        for (int block = blocks - 1; block >= 0; block--) {
            if (rest < sizes[block]) {
                return sign * prices[block][sizes[block] - 1 - rest];
            }
            rest -= sizes[block];
        }
        return 0;
    }

    long lots(int level) {
        int rest = level;
        for (int block = blocks - 1; block >= 0; block--) {
            if (rest < sizes[block]) {
                return lots[block][sizes[block] - 1 - rest];
            }
            rest -= sizes[block];
        }
        return 0;
    }

    /// What rests at a price; 0 when nothing is held there.
    long at(long priceTicks) {
        long key = sign * priceTicks;
        int block = atMost(firsts, blocks, key);
        if (blocks == 0) {
            return 0;
        }
        int at = atMost(prices[block], sizes[block], key);
        return prices[block][at] == key ? lots[block][at] : 0;
    }

    void set(long priceTicks, long quantityLots) {
        long key = sign * priceTicks;
        int block = block(key);
        int at = blocks == 0 ? 0 : atMost(prices[block], sizes[block], key);
        boolean found = blocks > 0 && prices[block][at] == key;
        if (quantityLots == 0) {
            if (found) {
                remove(block, at);
            }
        } else if (found) {
            lots[block][at] = quantityLots;
        } else {
            insert(block, key, quantityLots);
        }
    }

    /// The block that a price belongs to; first looked for where the last one was, since a message lists
    /// neighbours.
    private int block(long key) {
        int block = last;
        if (block >= blocks || firsts[block] > key || (block + 1 < blocks && firsts[block + 1] <= key)) {
            block = atMost(firsts, blocks, key);
            last = block;
        }
        return block;
    }

    /// The last of the ascending values that is not above the key; 0 when all are. Written without a
    /// branch, which would be guessed wrong every other time; prices are below 2^62, so that no
    /// difference overflows.
    private static int atMost(long[] values, int count, long key) {
        int at = 0;
        for (int left = count; left > 1; ) {
            int half = left >>> 1;
            at += half & ~(int) ((key - values[at + half]) >> 63);
            left -= half;
        }
        return at;
    }

    private void remove(int block, int at) {
        int left = --sizes[block];
        System.arraycopy(prices[block], at + 1, prices[block], at, left - at);
        System.arraycopy(lots[block], at + 1, lots[block], at, left - at);
        size--;
        if (left == 0) {
            drop(block);
            return;
        }
        firsts[block] = prices[block][0];
        if (left < SPARSE && block + 1 < blocks && left + sizes[block + 1] <= BLOCK - SPARSE) {
            System.arraycopy(prices[block + 1], 0, prices[block], left, sizes[block + 1]);
            System.arraycopy(lots[block + 1], 0, lots[block], left, sizes[block + 1]);
            sizes[block] += sizes[block + 1];
            drop(block + 1);
        }
    }

    private void insert(int likely, long key, long quantityLots) {
        int block = likely;
        if (size == capacity) {
            if (key < firsts[0]) {
                return;
            }
            remove(0, 0);
            block = atMost(firsts, blocks, key);
        }
        if (blocks == 0) {
            open(0);
        } else if (sizes[block] == BLOCK) {
            open(block + 1);
            int half = BLOCK / 2;
            System.arraycopy(prices[block], half, prices[block + 1], 0, half);
            System.arraycopy(lots[block], half, lots[block + 1], 0, half);
            sizes[block] = half;
            sizes[block + 1] = half;
            firsts[block + 1] = prices[block + 1][0];
            block += key > firsts[block + 1] ? 1 : 0;
        }
        int count = sizes[block];
        int at = count == 0 ? 0 : atMost(prices[block], count, key);
        if (count > 0 && prices[block][at] < key) {
            at++;
        }
        System.arraycopy(prices[block], at, prices[block], at + 1, count - at);
        System.arraycopy(lots[block], at, lots[block], at + 1, count - at);
        prices[block][at] = key;
        lots[block][at] = quantityLots;
        sizes[block] = count + 1;
        firsts[block] = prices[block][0];
        size++;
    }

    /// Makes room for an empty block at an index, from those kept behind the last.
    private void open(int block) {
        if (blocks == sizes.length) {
            prices = Arrays.copyOf(prices, 2 * blocks);
            lots = Arrays.copyOf(lots, 2 * blocks);
            sizes = Arrays.copyOf(sizes, 2 * blocks);
            firsts = Arrays.copyOf(firsts, 2 * blocks);
            for (int added = blocks; added < sizes.length; added++) {
                prices[added] = new long[BLOCK];
                lots[added] = new long[BLOCK];
            }
        }
        long[] sparePrices = prices[blocks];
        long[] spareLots = lots[blocks];
        int moved = blocks - block;
        System.arraycopy(prices, block, prices, block + 1, moved);
        System.arraycopy(lots, block, lots, block + 1, moved);
        System.arraycopy(sizes, block, sizes, block + 1, moved);
        System.arraycopy(firsts, block, firsts, block + 1, moved);
        prices[block] = sparePrices;
        lots[block] = spareLots;
        sizes[block] = 0;
        blocks++;
    }

    /// Takes a block out and keeps it behind the last.
    private void drop(int block) {
        long[] sparePrices = prices[block];
        long[] spareLots = lots[block];
        int moved = --blocks - block;
        System.arraycopy(prices, block + 1, prices, block, moved);
        System.arraycopy(lots, block + 1, lots, block, moved);
        System.arraycopy(sizes, block + 1, sizes, block, moved);
        System.arraycopy(firsts, block + 1, firsts, block, moved);
        prices[blocks] = sparePrices;
        lots[blocks] = spareLots;
    }
}
