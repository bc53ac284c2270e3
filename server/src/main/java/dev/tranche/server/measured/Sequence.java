package dev.tranche.server.measured;

import java.util.BitSet;

/// Which numbers of a sender were counted already: the last 1,024 below the highest are remembered. One
/// writer.
final class Sequence {
    private static final int REMEMBERED = 1_024;

    /// What a number is.
    enum Fate {
        FRESH,
        SEEN,
        TOO_OLD
    }

    private final BitSet seen = new BitSet(REMEMBERED);
    private long highest;

    /// What this number is, changing nothing.
    Fate fate(long seq) {
        if (seq > highest) {
            return Fate.FRESH;
        }
        if (seq <= highest - REMEMBERED) {
            return Fate.TOO_OLD;
        }
        return seen.get(place(seq)) ? Fate.SEEN : Fate.FRESH;
    }

    /// Remembers a fresh number.
    void see(long seq) {
        if (seq > highest) {
            long gap = seq - highest;
            if (gap >= REMEMBERED) {
                seen.clear();
            } else {
                for (long skipped = highest + 1; skipped < seq; skipped++) {
                    seen.clear(place(skipped));
                }
            }
            highest = seq;
        }
        seen.set(place(seq));
    }

    private static int place(long seq) {
        return (int) (seq % REMEMBERED);
    }
}
