package dev.tranche.market.risk;

import java.util.Arrays;

/// Counts what happened in the last window of time, in 64 slots of it and the one that is running: never less
/// than what happened, at most a slot's more. Memory and cost do not grow with the count. One writer.
final class Pace {
    private static final int SLOTS = 64;

    private final int[] counts = new int[SLOTS + 1];
    private final long width;
    private long slot = Long.MIN_VALUE;
    private int sum;

    /// @param windowNanos at least 0
    Pace(long windowNanos) {
        this.width = Math.max(1, Math.ceilDiv(windowNanos, (long) SLOTS));
    }

    /// What happened in the window that ends now.
    int count(long nowNanos) {
        long current = Math.floorDiv(nowNanos, width);
        if (slot == Long.MIN_VALUE || current - slot > SLOTS) {
            Arrays.fill(counts, 0);
            sum = 0;
            slot = current;
        }
        while (slot < current) {
            slot++;
            int place = place(slot);
            sum -= counts[place];
            counts[place] = 0;
        }
        return sum;
    }

    void add(long nowNanos) {
        count(nowNanos);
        counts[place(slot)]++;
        sum++;
    }

    private static int place(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS + 1);
    }
}
