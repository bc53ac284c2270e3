package dev.tranche.market.account;

import java.util.Arrays;

/// The last fills, so that a repetition is known and a correction finds what it corrects: a ring in the order
/// of booking, with a table by (contract, trade). Of what has left the ring, the highest trade of each contract
/// is kept: a trade above that which is not in the ring was never booked; one below may have been, and nobody
/// can tell. One writer; the account's hot path, so arrays.
final class Fills {
    /// A correction that came before its fill.
    static final int AWAITED = -1;
    /// Its place in the ring is used up.
    static final int NOTHING = -2;

    private final int mask;
    private final int[] table;
    private final long[] forgotten;
    private long first;
    private long next;

    /// The book of the strategy, [#AWAITED] or [#NOTHING].
    final int[] book;

    final int[] contract;
    final long[] trade;
    final long[] nanos;
    /// As it counts; below 0 for a sale.
    final long[] lots;
    final long[] ticks;
    final long[] fee;
    /// As it was said first.
    final long[] firstLots;
    final long[] firstTicks;
    /// What a lot counted for at the mark when it was filled, and when the horizon was over.
    final long[] mark;
    final long[] later;
    final boolean[] grown;
    final boolean[] hedge;

    Fills(int contracts, int memory) {
        int size = Integer.highestOneBit(Math.max(1, memory - 1)) << 1;
        this.mask = size - 1;
        this.table = new int[2 * size];
        Arrays.fill(table, -1);
        this.forgotten = new long[contracts];
        Arrays.fill(forgotten, Long.MIN_VALUE);
        this.book = new int[size];
        this.contract = new int[size];
        this.trade = new long[size];
        this.nanos = new long[size];
        this.lots = new long[size];
        this.ticks = new long[size];
        this.fee = new long[size];
        this.firstLots = new long[size];
        this.firstTicks = new long[size];
        this.mark = new long[size];
        this.later = new long[size];
        this.grown = new boolean[size];
        this.hedge = new boolean[size];
    }

    /// The first sequence that is remembered; [#next] is the one after the last.
    long first() {
        return first;
    }

    long next() {
        return next;
    }

    boolean full() {
        return next - first == mask + 1;
    }

    int place(long sequence) {
        return (int) sequence & mask;
    }

    /// The place of a trade, or -1.
    int find(int ofContract, long ofTrade) {
        for (int at = slot(ofContract, ofTrade); ; at = at + 1 & table.length - 1) {
            int place = table[at];
            if (place < 0 || (contract[place] == ofContract && trade[place] == ofTrade)) {
                return place;
            }
        }
    }

    /// Whether a trade that is not found may have been booked.
    boolean doubtful(int ofContract, long ofTrade) {
        return ofTrade <= forgotten[ofContract];
    }

    /// Room for another; the ring is not full.
    int append(int ofContract, long ofTrade) {
        int place = place(next++);
        contract[place] = ofContract;
        trade[place] = ofTrade;
        int at = slot(ofContract, ofTrade);
        while (table[at] >= 0) {
            at = at + 1 & table.length - 1;
        }
        table[at] = place;
        return place;
    }

    /// Forgets the oldest.
    void forget() {
        int place = place(first++);
        if (book[place] != NOTHING) {
            forgotten[contract[place]] = Math.max(forgotten[contract[place]], trade[place]);
            drop(place);
        }
    }

    /// Takes an awaited correction out: its fill takes another place.
    void use(int place) {
        drop(place);
        book[place] = NOTHING;
    }

    private void drop(int place) {
        int last = table.length - 1;
        int at = slot(contract[place], trade[place]);
        while (table[at] != place) {
            at = at + 1 & last;
        }
        int hole = at;
        table[hole] = -1;
        // Linear probing: what stood behind moves up, unless its own slot lies after the hole.
        for (int each = hole + 1 & last; table[each] >= 0; each = each + 1 & last) {
            int own = slot(contract[table[each]], trade[table[each]]);
            if ((each - own & last) >= (each - hole & last)) {
                table[hole] = table[each];
                table[each] = -1;
                hole = each;
            }
        }
    }

    private int slot(int ofContract, long ofTrade) {
        long mixed = (ofTrade ^ (long) ofContract << 48) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 11) & table.length - 1;
    }
}
