package dev.tranche.market.divergence;

/// Finds the pivots of one side of the market. Bar t is a pivot when its depth lies strictly below those
/// of the `swing_L` bars before it and not above those of the `swing_L` bars after it: of equals the
/// first. Two pivots are therefore more than `swing_L` bars apart.
///
/// The bars that may still be the lowest of a window of `2 swing_L + 1` wait in a queue, ascending in
/// depth (Lemire, Streaming maximum-minimum filter, 2006): each enters once and leaves once, so a bar
/// costs O(1) amortised, for every width the same. The bar in the middle is a pivot exactly when it heads
/// the queue.
final class Pivots {
    /// Above the widest window, 2 × 200 + 1; a power of two.
    private static final int CAPACITY = 512;

    private static final int MASK = CAPACITY - 1;

    private final int side;
    private final long[] queue = new long[CAPACITY];
    private int head;
    private int tail;

    Pivots(int side) {
        this.side = side;
    }

    void clear() {
        head = 0;
        tail = 0;
    }

    /// Takes the bar into account.
    ///
    /// @param from the first bar there is
    /// @return true when the bar `half` before this one is a pivot
    boolean add(History history, long bar, int half, long from) {
        double depth = history.depth(side, bar);
        while (tail != head && history.depth(side, queue[(tail - 1) & MASK]) > depth) {
            tail--;
        }
        queue[tail++ & MASK] = bar;
        if (queue[head & MASK] < bar - 2L * half) {
            head++;
        }
        return bar - 2L * half >= from && queue[head & MASK] == bar - half;
    }
}
