package dev.tranche.inference.tree;

import java.util.Arrays;

/// The thresholds of up to four features, searched at once without a branch.
///
/// A binary search of 255 thresholds is eight loads that wait for each other. Four searches side by side fill
/// that wait; all four tables are padded to one power of two, so that they take the same steps and nothing is
/// predicted. Floats and doubles are compared as longs in the same order, `bits ^ (bits >> 63 & MAX)`; the
/// comparison is the sign of a difference, exact for floats, and for doubles the overflow-proof form of H. S.
/// Warren, *Hacker's Delight*, 2nd ed., 2-12.
final class Cuts {
    static final int WAYS = 4;

    private final int half;
    private final long[] first;
    private final long[] second;
    private final long[] third;
    private final long[] fourth;

    /// @param tables rising keys, one table a feature; 1 to 4 of them
    /// @param above a key above all that is searched for
    Cuts(long[][] tables, long above) {
        int longest = 1;
        for (long[] table : tables) {
            longest = Math.max(longest, table.length);
        }
        half = Integer.highestOneBit(longest);
        first = padded(tables[0], above);
        second = padded(tables[Math.min(1, tables.length - 1)], above);
        third = padded(tables[Math.min(2, tables.length - 1)], above);
        fourth = padded(tables[Math.min(3, tables.length - 1)], above);
    }

    private long[] padded(long[] table, long above) {
        long[] padded = Arrays.copyOf(table, 2 * half - 1);
        Arrays.fill(padded, table.length, padded.length, above);
        return padded;
    }

    /// A long in the order of the floats, minus zero being zero.
    static long key(float x) {
        int bits = Float.floatToRawIntBits(x + 0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    /// A long in the order of the doubles, minus zero being zero.
    static long key(double x) {
        long bits = Double.doubleToRawLongBits(x + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /// How many keys of each table lie below the key of its feature; keys of floats.
    void near(long[] keys, int[] counts) {
        long a = keys[0];
        long b = keys[1];
        long c = keys[2];
        long d = keys[3];
        int p = 0;
        int q = 0;
        int r = 0;
        int s = 0;
        for (int step = half; step > 0; step >>= 1) {
            p += step & (int) ((first[p + step - 1] - a) >> 63);
            q += step & (int) ((second[q + step - 1] - b) >> 63);
            r += step & (int) ((third[r + step - 1] - c) >> 63);
            s += step & (int) ((fourth[s + step - 1] - d) >> 63);
        }
        counts[0] = p;
        counts[1] = q;
        counts[2] = r;
        counts[3] = s;
    }

    /// As [#near], for keys of doubles, whose differences overflow.
    void far(long[] keys, int[] counts) {
        long a = keys[0];
        long b = keys[1];
        long c = keys[2];
        long d = keys[3];
        int p = 0;
        int q = 0;
        int r = 0;
        int s = 0;
        for (int step = half; step > 0; step >>= 1) {
            p += step & below(first[p + step - 1], a);
            q += step & below(second[q + step - 1], b);
            r += step & below(third[r + step - 1], c);
            s += step & below(fourth[s + step - 1], d);
        }
        counts[0] = p;
        counts[1] = q;
        counts[2] = r;
        counts[3] = s;
    }

    /// All ones when `x < y`, else zero.
    private static int below(long x, long y) {
        return (int) (((x & ~y) | (~(x ^ y) & (x - y))) >> 63);
    }
}
