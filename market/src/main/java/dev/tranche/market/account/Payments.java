package dev.tranche.market.account;

import java.util.Arrays;

/// When the last fundings of each contract were due, so that one that is said again, such as after a restart of
/// whoever heard it, is known. One writer; a contract's first allocates its memory.
final class Payments {
    /// Remembered of each contract: three weeks at three a day.
    static final int MEMORY = 64;

    private static final long[] NOTHING = {};

    /// Sorted, the latest last.
    private final long[][] due;

    private final int[] count;
    private final long[] forgotten;

    Payments(int contracts) {
        this.due = new long[contracts][];
        Arrays.fill(due, NOTHING);
        this.count = new int[contracts];
        this.forgotten = new long[contracts];
        Arrays.fill(forgotten, Long.MIN_VALUE);
    }

    /// @return false when it was there before, or may have been
    boolean add(int contract, long dueNanos) {
        if (dueNanos <= forgotten[contract]) {
            return false;
        }
        long[] known = due[contract];
        if (known.length == 0) {
            known = new long[MEMORY];
            due[contract] = known;
        }
        int size = count[contract];
        int at = size;
        while (at > 0 && known[at - 1] > dueNanos) {
            at--;
        }
        if (at > 0 && known[at - 1] == dueNanos) {
            return false;
        }
        if (size < MEMORY) {
            System.arraycopy(known, at, known, at + 1, size - at);
            known[at] = dueNanos;
            count[contract]++;
        } else if (at == 0) {
            forgotten[contract] = dueNanos;
        } else {
            forgotten[contract] = known[0];
            System.arraycopy(known, 1, known, 0, at - 1);
            known[at - 1] = dueNanos;
        }
        return true;
    }

    /// Over everything that decides.
    long hash() {
        long hash = 0;
        for (int i = 0; i < count.length; i++) {
            hash = 31 * hash + forgotten[i];
            long[] known = due[i];
            for (int j = 0; j < count[i]; j++) {
                hash = 31 * hash + known[j];
            }
        }
        return hash;
    }
}
