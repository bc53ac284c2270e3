package dev.tranche.market.account;

import java.util.Arrays;

/// The sub-ledgers, one for each (strategy, contract) that was ever touched, found by both. All sums are whole
/// numbers of the contract's [Worth]. What a book has gained at a mark `m` is `sum + lots m` for each pair of
/// the two, so that a mark that moves costs nothing here. One writer.
final class Books {
    static final int CASH = 0;
    static final int COST = 1;
    /// Cost of the position made by the fills that are no longer remembered.
    static final int BASE_COST = 2;
    static final int SPREAD = 3;
    static final int YOUNG = 4;
    static final int OLD = 5;
    static final int HEDGE = 6;
    private static final int SUMS = 7;
    private static final int START = 16;

    private final int width;
    private final int[] places;
    private final int[] heads;
    private final int[] own;
    private int count;
    private int[] strategies = new int[START];
    private int[] contracts = new int[START];
    private int[] following = new int[START];
    private int[] next = new int[START];
    private final Sums sums = new Sums(SUMS * START);
    long[] lots = new long[START];
    long[] baseLots = new long[START];
    long[] youngLots = new long[START];
    long[] oldLots = new long[START];
    long[] hedgeLots = new long[START];
    long[] fees = new long[START];
    long[] funding = new long[START];

    Books(int contracts, int width) {
        this.width = width;
        this.places = new int[contracts * width];
        this.heads = new int[contracts];
        this.own = new int[width];
        Arrays.fill(places, -1);
        Arrays.fill(heads, -1);
        Arrays.fill(own, -1);
    }

    /// The book, or -1 when nothing was ever booked there.
    int find(int strategy, int contract) {
        return places[contract * width + strategy];
    }

    /// The book, opened when there is none.
    int open(int strategy, int contract) {
        int found = find(strategy, contract);
        if (found >= 0) {
            return found;
        }
        if (count == strategies.length) {
            grow();
        }
        int book = count++;
        places[contract * width + strategy] = book;
        strategies[book] = strategy;
        contracts[book] = contract;
        following[book] = heads[contract];
        heads[contract] = book;
        next[book] = own[strategy];
        own[strategy] = book;
        return book;
    }

    /// The first book of a contract, or -1.
    int head(int contract) {
        return heads[contract];
    }

    /// The next book of the same contract, or -1.
    int following(int book) {
        return following[book];
    }

    /// The first book of a strategy, or -1.
    int own(int strategy) {
        return own[strategy];
    }

    /// The next book of the same strategy, or -1.
    int next(int book) {
        return next[book];
    }

    int count() {
        return count;
    }

    int strategy(int book) {
        return strategies[book];
    }

    int contract(int book) {
        return contracts[book];
    }

    Sums sums() {
        return sums;
    }

    int at(int book, int sum) {
        return book * SUMS + sum;
    }

    void add(int book, int sum, long a, long b) {
        sums.addProduct(at(book, sum), a, b);
    }

    /// Moves a position and its cost by a trade, at average cost.
    ///
    /// @param position before
    /// @param cost which of the sums: [#COST] or [#BASE_COST]
    /// @return the position after
    long trade(int book, int cost, long position, long traded, long worth) {
        int at = at(book, cost);
        long after = Math.addExact(position, traded);
        if (traded == 0) {
            return after;
        }
        if (position == 0 || position > 0 == traded > 0) {
            sums.addProduct(at, traded, worth);
        } else if (Math.abs(traded) <= Math.abs(position)) {
            sums.release(at, Math.abs(traded), Math.abs(position));
        } else {
            sums.clear(at);
            sums.addProduct(at, after, worth);
        }
        return after;
    }

    private void grow() {
        int size = 2 * count;
        strategies = Arrays.copyOf(strategies, size);
        contracts = Arrays.copyOf(contracts, size);
        following = Arrays.copyOf(following, size);
        next = Arrays.copyOf(next, size);
        lots = Arrays.copyOf(lots, size);
        baseLots = Arrays.copyOf(baseLots, size);
        youngLots = Arrays.copyOf(youngLots, size);
        oldLots = Arrays.copyOf(oldLots, size);
        hedgeLots = Arrays.copyOf(hedgeLots, size);
        fees = Arrays.copyOf(fees, size);
        funding = Arrays.copyOf(funding, size);
        sums.grow(SUMS * size);
    }
}
