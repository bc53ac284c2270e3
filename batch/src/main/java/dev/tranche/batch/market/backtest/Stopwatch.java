package dev.tranche.batch.market.backtest;

/// How long calls took, counted in classes an eighth of a doubling wide. One writer.
final class Stopwatch {
    private static final int STEPS = 8;
    private static final int CLASSES = 64 * STEPS;

    private final long[] counts = new long[CLASSES];
    private long count;
    private long longest;
    private long sum;

    void add(long nanos) {
        counts[place(Math.max(1, nanos))]++;
        count++;
        sum += nanos;
        longest = Math.max(longest, nanos);
    }

    private static int place(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        long rest = nanos - (1L << power);
        int step = power >= 3 ? (int) (rest >> (power - 3)) : (int) (rest << (3 - power));
        return power * STEPS + step;
    }

    long count() {
        return count;
    }

    long longest() {
        return longest;
    }

    long sum() {
        return sum;
    }

    /// Upper end of the class that a share of the calls does not pass, in nanoseconds; 0 of none.
    double quantile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < CLASSES && count > 0; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                double low = Math.scalb(1.0, i / STEPS);
                return Math.min((double) longest, low * (1 + (i % STEPS + 1) / (double) STEPS));
            }
        }
        return 0;
    }
}
