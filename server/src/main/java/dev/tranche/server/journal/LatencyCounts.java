package dev.tranche.server.journal;

/// Counts of durations in logarithmic buckets, sixteen an octave from 1 µs to 2 minutes, so that a quantile
/// read off them is at most 4.5 % too high. Made for rings of many small windows that are added up; not
/// thread-safe.
final class LatencyCounts {
    private static final int PER_OCTAVE = 16;
    /// 2^10 ns, about 1 µs: everything below counts as this.
    private static final int LEAST = 10;
    /// 2^37 ns, about 137 s: everything above counts as this.
    private static final int MOST = 37;

    private static final int SIZE = (MOST - LEAST) * PER_OCTAVE;

    private final int[] counts = new int[SIZE];
    private long total;

    void add(long nanos) {
        counts[bucket(nanos)]++;
        total++;
    }

    void add(LatencyCounts other) {
        for (int i = 0; i < SIZE; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /// The upper edge in nanoseconds of the bucket that holds the quantile; 0 when nothing was counted.
    ///
    /// @param q within 0..1
    long quantile(double q) {
        long rank = Math.max(1, (long) Math.ceil(q * total));
        long seen = 0;
        for (int i = 0; i < SIZE; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return edge(i + 1);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < 1L << LEAST) {
            return 0;
        }
        if (nanos >= 1L << MOST) {
            return SIZE - 1;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos);
        int within = (int) (nanos >>> (octave - 4)) & (PER_OCTAVE - 1);
        return (octave - LEAST) * PER_OCTAVE + within;
    }

    private static long edge(int bucket) {
        int octave = LEAST + bucket / PER_OCTAVE;
        return (1L << octave) + (long) (bucket % PER_OCTAVE) * (1L << (octave - 4));
    }
}
