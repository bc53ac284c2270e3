package dev.tranche.runtime.metrics;

/// The fixed buckets of every latency histogram, so that any two of them merge.
///
/// Each octave of nanoseconds from 2^9 (512 ns) to 2^37 (137 s) is cut into 16 equal buckets; one bucket lies
/// below and one above. A bucket's width is at most 1/16 of its lower bound, so its middle is at most 1/32
/// (3.2 %) from any duration in it. The scheme is that of HdrHistogram with four bits of precision.
final class LatencyBuckets {
    private static final int SUB_BITS = 4;
    private static final int LOWEST_EXPONENT = 9;
    private static final int HIGHEST_EXPONENT = 37;

    /// Below, 28 octaves of 16, above.
    static final int COUNT = ((HIGHEST_EXPONENT - LOWEST_EXPONENT) << SUB_BITS) + 2;

    private LatencyBuckets() {}

    static int index(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos | 1);
        if (nanos < (1L << LOWEST_EXPONENT)) {
            return 0;
        }
        if (exponent >= HIGHEST_EXPONENT) {
            return COUNT - 1;
        }
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & ((1 << SUB_BITS) - 1);
        return 1 + ((exponent - LOWEST_EXPONENT) << SUB_BITS) + sub;
    }

    /// Smallest duration in the bucket.
    static long lower(int index) {
        if (index == 0) {
            return 0;
        }
        int octave = (index - 1) >>> SUB_BITS;
        long sub = (index - 1L) & ((1L << SUB_BITS) - 1);
        int exponent = LOWEST_EXPONENT + octave;
        return (1L << exponent) + (sub << (exponent - SUB_BITS));
    }

    /// The duration a bucket stands for: its middle; the lower bound of the last, which has no upper one.
    static long middle(int index) {
        return index == COUNT - 1 ? lower(index) : (lower(index) + lower(index + 1)) / 2;
    }
}
