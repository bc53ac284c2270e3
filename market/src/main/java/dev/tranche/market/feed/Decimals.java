package dev.tranche.market.feed;

/// Numbers out of bytes, exact: a decimal becomes a whole number of steps of `10^-decimals`, or is refused.
/// Nothing is rounded and nothing is allocated.
final class Decimals {
    /// Said for what is no number, does not fit into a `long`, or lies off the grid.
    static final long BAD = Long.MIN_VALUE;

    private static final long[] POWERS = new long[19];
    /// 2001-01-01 and 2100-01-01, epoch milliseconds.
    private static final long EARLIEST = 978_307_200_000L;

    private static final long LATEST = 4_102_444_800_000L;
    private static final int MOST_EXPONENT = 99;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Decimals() {}

    /// `-? digits [. digits] [e [+-] digits]` in `bytes[from, to)`, times `10^decimals`.
    static long scaled(byte[] bytes, int from, int to, int decimals) {
        return read(bytes, from, to, decimals, true);
    }

    /// The same, rounded to the nearest step (halves away from zero): for sums that somebody made in floating
    /// point.
    static long nearest(byte[] bytes, int from, int to, int decimals) {
        return read(bytes, from, to, decimals, false);
    }

    private static long read(byte[] bytes, int from, int to, int decimals, boolean exact) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        int held = 0;
        int fraction = 0;
        for (; at < to; at++) {
            byte c = bytes[at];
            if (c >= '0' && c <= '9') {
                digits++;
                if (point >= 0 && c == '0') {
                    held++;
                    continue;
                }
                int shift = point >= 0 ? held + 1 : 1;
                mantissa = shifted(mantissa, shift);
                if (mantissa < 0 || mantissa > Long.MAX_VALUE - (c - '0')) {
                    return BAD;
                }
                mantissa += c - '0';
                if (point >= 0) {
                    fraction += shift;
                    held = 0;
                }
            } else if (c == '.' && point < 0 && digits > 0) {
                point = at;
            } else {
                break;
            }
        }
        if (digits == 0 || (point >= 0 && point == at - 1)) {
            return BAD;
        }
        int exponent = 0;
        if (at < to) {
            if ((bytes[at] | 0x20) != 'e') {
                return BAD;
            }
            exponent = exponent(bytes, at + 1, to);
            if (exponent > MOST_EXPONENT) {
                return BAD;
            }
        }
        long value = aligned(mantissa, exponent - fraction + decimals, exact);
        return negative && value != BAD ? -value : value;
    }

    /// Digits only, 0..`Long.MAX_VALUE`.
    static long whole(byte[] bytes, int from, int to) {
        if (from >= to) {
            return BAD;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return BAD;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /// Epoch milliseconds of this century; [#BAD] otherwise, so that one wild time cannot move a stream by
    /// ages.
    static long millis(byte[] bytes, int from, int to) {
        long value = whole(bytes, from, to);
        return value >= EARLIEST && value < LATEST ? value : BAD;
    }

    /// The exponent; above [#MOST_EXPONENT] when it is none or too large.
    private static int exponent(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (negative || bytes[at] == '+')) {
            at++;
        }
        long size = whole(bytes, at, to);
        if (size < 0 || size > MOST_EXPONENT) {
            return MOST_EXPONENT + 1;
        }
        return (int) (negative ? -size : size);
    }

    private static long aligned(long mantissa, int power, boolean exact) {
        if (mantissa == 0) {
            return 0;
        }
        if (power >= 0) {
            long value = shifted(mantissa, power);
            return value < 0 ? BAD : value;
        }
        if (-power >= POWERS.length) {
            return exact ? BAD : 0;
        }
        long unit = POWERS[-power];
        long rest = mantissa % unit;
        if (rest == 0 || !exact) {
            return mantissa / unit + (rest >= unit - rest ? 1 : 0);
        }
        return BAD;
    }

    /// Times a power of ten; -1 when that does not fit.
    private static long shifted(long value, int power) {
        if (value == 0) {
            return 0;
        }
        if (power >= POWERS.length || value > Long.MAX_VALUE / POWERS[power]) {
            return -1;
        }
        return value * POWERS[power];
    }
}
