package dev.tranche.market.risk;

import java.util.Arrays;

/// What may still be filled: each open order with the most that may be left of it and the prices that it may
/// have, however an amendment under way ends, and the sums of that by strategy and contract. Of [PreTrade]'s
/// writer; arrays made beforehand, so that an order allocates nothing once its strategy has traded a contract.
final class OpenOrders {
    static final int NONE = -1;
    private static final int START = 16;

    private final int width;
    private final long[] ids;
    final int[] strategies;
    final int[] contracts;
    final boolean[] buys;
    final long[] placedAt;
    /// As placed or amended last: what a duplicate is told by.
    final long[] askedTicks;
    final long[] askedLots;
    /// The prices that it may have.
    final long[] low;
    final long[] high;
    /// What is known for sure: the venue's last word.
    private final long[] sureTicks;
    private final long[] sureLots;
    private final long[] filled;
    /// The most that may be left.
    private final long[] left;
    private final int[] amending;
    private final int[] next;
    private final int[] previous;
    private final int[] heads;
    private final int[] table;
    private int free;
    private int count;

    private final int[] places;
    private final int[] own;
    private int rows;
    private int[] rowContract = new int[START];
    private int[] rowNext = new int[START];
    private long[] rowBuy = new long[START];
    private long[] rowSell = new long[START];

    OpenOrders(int contractCount, int owners, int capacity) {
        this.width = owners;
        ids = new long[capacity];
        strategies = new int[capacity];
        contracts = new int[capacity];
        buys = new boolean[capacity];
        placedAt = new long[capacity];
        askedTicks = new long[capacity];
        askedLots = new long[capacity];
        low = new long[capacity];
        high = new long[capacity];
        sureTicks = new long[capacity];
        sureLots = new long[capacity];
        filled = new long[capacity];
        left = new long[capacity];
        amending = new int[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        heads = new int[contractCount];
        Arrays.fill(heads, NONE);
        table = new int[Integer.highestOneBit(2 * capacity) << 1];
        Arrays.fill(table, NONE);
        for (int i = 0; i < capacity; i++) {
            next[i] = i + 1 < capacity ? i + 1 : NONE;
        }
        places = new int[contractCount * owners];
        Arrays.fill(places, NONE);
        own = new int[owners];
        Arrays.fill(own, NONE);
    }

    boolean full() {
        return free == NONE;
    }

    int count() {
        return count;
    }

    /// The slot of an order, or [#NONE].
    int find(long id) {
        for (int at = home(id); table[at] != NONE; at = at + 1 & table.length - 1) {
            if (ids[table[at]] == id) {
                return table[at];
            }
        }
        return NONE;
    }

    /// The first open order of a contract, or [#NONE].
    int head(int contract) {
        return heads[contract];
    }

    int following(int slot) {
        return next[slot];
    }

    /// Takes a free slot; there is one.
    int open(long now, long id, int strategy, int contract, boolean buy, long ticks, long lots, long done, int whole) {
        int slot = free;
        free = next[slot];
        count++;
        ids[slot] = id;
        strategies[slot] = strategy;
        contracts[slot] = contract;
        buys[slot] = buy;
        placedAt[slot] = now;
        filled[slot] = done;
        amending[slot] = 0;
        left[slot] = 0;
        sure(slot, ticks, lots);
        askedTicks[slot] = ticks;
        askedLots[slot] = lots;
        next[slot] = heads[contract];
        previous[slot] = NONE;
        if (heads[contract] != NONE) {
            previous[heads[contract]] = slot;
        }
        heads[contract] = slot;
        int at = home(id);
        while (table[at] != NONE) {
            at = at + 1 & table.length - 1;
        }
        table[at] = slot;
        settle(slot, whole);
        return slot;
    }

    private void sure(int slot, long ticks, long lots) {
        sureTicks[slot] = ticks;
        sureLots[slot] = lots;
    }

    /// An amendment was sent.
    void ask(int slot, long ticks, long lots, int whole) {
        amending[slot]++;
        askedTicks[slot] = ticks;
        askedLots[slot] = lots;
        low[slot] = Math.min(low[slot], ticks);
        high[slot] = Math.max(high[slot], ticks);
        reserve(slot, Math.max(left[slot], lots - filled[slot]), whole);
    }

    /// An amendment was answered; once all are, the order is what the venue said last.
    void answered(int slot, int whole) {
        amending[slot] = Math.max(0, amending[slot] - 1);
        if (amending[slot] == 0) {
            settle(slot, whole);
        }
    }

    /// The venue's word.
    void amended(int slot, long ticks, long lots, int whole) {
        sure(slot, ticks, lots);
        low[slot] = Math.min(low[slot], ticks);
        high[slot] = Math.max(high[slot], ticks);
        reserve(slot, Math.max(left[slot], lots - filled[slot]), whole);
        answered(slot, whole);
    }

    private void settle(int slot, int whole) {
        low[slot] = sureTicks[slot];
        high[slot] = sureTicks[slot];
        reserve(slot, sureLots[slot] - filled[slot], whole);
    }

    void fill(int slot, long lots, int whole) {
        filled[slot] += lots;
        reserve(slot, left[slot] - lots, whole);
    }

    /// As much is filled as the venue says, if that is more than was known.
    void filled(int slot, long lots, int whole) {
        if (lots > filled[slot]) {
            fill(slot, lots - filled[slot], whole);
        }
    }

    long left(int slot) {
        return left[slot];
    }

    long filled(int slot) {
        return filled[slot];
    }

    void close(int slot, int whole) {
        reserve(slot, 0, whole);
        count--;
        int last = table.length - 1;
        int hole = home(ids[slot]);
        while (table[hole] != slot) {
            hole = hole + 1 & last;
        }
        table[hole] = NONE;
        for (int each = hole + 1 & last; table[each] != NONE; each = each + 1 & last) {
            if ((each - home(ids[table[each]]) & last) >= (each - hole & last)) {
                table[hole] = table[each];
                table[each] = NONE;
                hole = each;
            }
        }
        if (previous[slot] != NONE) {
            next[previous[slot]] = next[slot];
        } else {
            heads[contracts[slot]] = next[slot];
        }
        if (next[slot] != NONE) {
            previous[next[slot]] = previous[slot];
        }
        next[slot] = free;
        free = slot;
    }

    private void reserve(int slot, long lots, int whole) {
        long most = Math.max(0, lots);
        long more = most - left[slot];
        left[slot] = most;
        add(strategies[slot], contracts[slot], buys[slot], more);
        add(whole, contracts[slot], buys[slot], more);
    }

    private void add(int owner, int contract, boolean buy, long lots) {
        int row = places[contract * width + owner];
        if (row == NONE) {
            row = row(owner, contract);
        }
        if (buy) {
            rowBuy[row] += lots;
        } else {
            rowSell[row] += lots;
        }
    }

    private int row(int owner, int contract) {
        if (rows == rowContract.length) {
            rowContract = Arrays.copyOf(rowContract, 2 * rows);
            rowNext = Arrays.copyOf(rowNext, 2 * rows);
            rowBuy = Arrays.copyOf(rowBuy, 2 * rows);
            rowSell = Arrays.copyOf(rowSell, 2 * rows);
        }
        int row = rows++;
        places[contract * width + owner] = row;
        rowContract[row] = contract;
        rowNext[row] = own[owner];
        own[owner] = row;
        return row;
    }

    /// Lots that may still be bought.
    long buying(int owner, int contract) {
        int row = places[contract * width + owner];
        return row == NONE ? 0 : rowBuy[row];
    }

    /// Lots that may still be sold.
    long selling(int owner, int contract) {
        int row = places[contract * width + owner];
        return row == NONE ? 0 : rowSell[row];
    }

    /// The first row of an owner, or [#NONE]; each is one contract that it ever had an order in.
    int firstRow(int owner) {
        return own[owner];
    }

    int nextRow(int row) {
        return rowNext[row];
    }

    int contract(int row) {
        return rowContract[row];
    }

    long buying(int row) {
        return rowBuy[row];
    }

    long selling(int row) {
        return rowSell[row];
    }

    long hash() {
        long hash = count;
        for (int row = 0; row < rows; row++) {
            hash = 31 * (31 * (31 * hash + rowContract[row]) + rowBuy[row]) + rowSell[row];
        }
        return hash;
    }

    private int home(long id) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & table.length - 1;
    }
}
