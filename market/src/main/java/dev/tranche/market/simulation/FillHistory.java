package dev.tranche.market.simulation;

import dev.tranche.market.Side;

/// The fills that a venue still remembers, the latest of them: a ring of words.
final class FillHistory {
    static final int AT = 0;
    static final int ORDER = 1;
    static final int CONTRACT = 2;
    static final int TRADE = 3;
    static final int SIDE = 4;
    static final int TICKS = 5;
    static final int LOTS = 6;
    static final int FEE = 7;
    static final int MAKER = 8;

    private static final int WORDS = 9;
    private static final int MOST = 1 << 14;

    private final long[] words = new long[MOST * WORDS];
    private long count;

    void add(long at, long order, int contract, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        int row = (int) (count++ % MOST) * WORDS;
        words[row + AT] = at;
        words[row + ORDER] = order;
        words[row + CONTRACT] = contract;
        words[row + TRADE] = trade;
        words[row + SIDE] = Codes.of(side);
        words[row + TICKS] = ticks;
        words[row + LOTS] = lots;
        words[row + FEE] = fee;
        words[row + MAKER] = maker ? 1 : 0;
    }

    /// The first remembered of those at or after a time; their times never go back.
    long since(long nanos) {
        long low = Math.max(0, count - MOST);
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (word(middle, AT) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// One behind the last.
    long end() {
        return count;
    }

    long word(long fill, int word) {
        return words[(int) (fill % MOST) * WORDS + word];
    }
}
