package dev.tranche.market.account;

import java.math.BigInteger;
import java.util.Arrays;

/// Sums in whole numbers of 128 bits, by place. A product of two longs always fits; a sum that does not is an
/// [ArithmeticException], never a wrong number. One writer.
final class Sums {
    private static final double TWO_64 = 0x1p64;

    private long[] high;
    private long[] low;

    Sums(int places) {
        this.high = new long[places];
        this.low = new long[places];
    }

    int places() {
        return high.length;
    }

    void grow(int places) {
        high = Arrays.copyOf(high, places);
        low = Arrays.copyOf(low, places);
    }

    void clear(int at) {
        high[at] = 0;
        low[at] = 0;
    }

    void copy(int at, Sums from, int place) {
        high[at] = from.high[place];
        low[at] = from.low[place];
    }

    void add(int at, Sums from, int place) {
        add(at, from.high[place], from.low[place]);
    }

    void subtract(int at, Sums from, int place) {
        long l = from.low[place];
        add(at, Math.negateExact(from.high[place]) - (l == 0 ? 0 : 1), -l);
    }

    /// Adds `a b`.
    void addProduct(int at, long a, long b) {
        add(at, Math.multiplyHigh(a, b), a * b);
    }

    private void add(int at, long h, long l) {
        long sum = low[at] + l;
        long carry = Long.compareUnsigned(sum, l) < 0 ? 1 : 0;
        high[at] = Math.addExact(high[at], Math.addExact(h, carry));
        low[at] = sum;
    }

    /// Takes the share `part / whole` of a sum away, cut off towards nought; what is cut off stays, so that
    /// nothing is ever lost, and all of it goes with the whole.
    ///
    /// @param part 0..whole
    /// @param whole above 0, and such that the sum ÷ whole fits in a long
    void release(int at, long part, long whole) {
        boolean negative = high[at] < 0;
        if (negative) {
            negate(at);
        }
        long each = quotient(high[at], low[at], whole);
        long rest = low[at] - each * whole;
        long more = quotient(Math.multiplyHigh(rest, part), rest * part, whole);
        addProduct(at, -each, part);
        addProduct(at, -more, 1);
        if (negative) {
            negate(at);
        }
    }

    private void negate(int at) {
        low[at] = -low[at];
        high[at] = ~high[at] + (low[at] == 0 ? 1 : 0);
    }

    boolean isZero(int at) {
        return high[at] == 0 && low[at] == 0;
    }

    double value(int at) {
        // Two halves of one sign, so that nothing cancels.
        if (high[at] < 0) {
            long l = -low[at];
            long h = ~high[at] + (l == 0 ? 1 : 0);
            return -(h * TWO_64 + unsigned(l));
        }
        return high[at] * TWO_64 + unsigned(low[at]);
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    BigInteger exact(int at) {
        return BigInteger.valueOf(high[at])
                .shiftLeft(Long.SIZE)
                .add(BigInteger.valueOf(low[at] >>> 1).shiftLeft(1).add(BigInteger.valueOf(low[at] & 1)));
    }

    long hash(int at) {
        return high[at] * 0x9E3779B97F4A7C15L + low[at];
    }

    /// The whole part of `|a| |b| / |c|` with the sign of `a b c`, or [Long#MIN_VALUE] when it does not fit.
    static long share(long a, long b, long c) {
        long x = Math.abs(a);
        long y = Math.abs(b);
        long z = Math.abs(c);
        long h = Math.multiplyHigh(x, y);
        if (h >= z) {
            return Long.MIN_VALUE;
        }
        long q = quotient(h, x * y, z);
        if (q < 0) {
            return Long.MIN_VALUE;
        }
        return (a < 0) ^ (b < 0) ^ (c < 0) ? -q : q;
    }

    /// `(high 2^64 + low) / by`, for `0 <= high < by`.
    private static long quotient(long high, long low, long by) {
        if (high == 0) {
            return Long.divideUnsigned(low, by);
        }
        if (high >= by) {
            throw new ArithmeticException("a quotient does not fit in 64 bits: " + high + ", " + by);
        }
        long rest = high;
        long q = 0;
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            rest = (rest << 1) | (low >>> bit & 1);
            q <<= 1;
            if (Long.compareUnsigned(rest, by) >= 0) {
                rest -= by;
                q |= 1;
            }
        }
        return q;
    }
}
