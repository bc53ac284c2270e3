package dev.tranche.runtime.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in fixed logarithmic buckets; recording takes no lock. Thread-safe.
///
/// A record is two atomic additions, to the bucket and to the sum, in one of a few stripes chosen by thread,
/// so that threads seldom meet on a cache line.
public final class LatencyHistogram {
    private static final int STRIPES =
            Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));
    /// Eight longs, a cache line, between the stripes.
    private static final int PADDING = 8;
    /// A stripe is its buckets and the sum.
    private static final int STRIDE = LatencyBuckets.COUNT + 1 + PADDING;

    private final AtomicLongArray cells = new AtomicLongArray(STRIPES * STRIDE);

    private LatencyHistogram() {}

    /// An empty histogram.
    public static LatencyHistogram create() {
        return new LatencyHistogram();
    }

    /// Counts one duration in nanoseconds; below 0 counts as 0.
    public void record(long nanos) {
        long duration = Math.max(0, nanos);
        int stripe = ((int) Thread.currentThread().threadId() & (STRIPES - 1)) * STRIDE;
        cells.getAndIncrement(stripe + LatencyBuckets.index(duration));
        cells.getAndAdd(stripe + LatencyBuckets.COUNT, duration);
    }

    /// The counts so far. A record made at the same time is in it or not.
    public LatencySnapshot snapshot() {
        long[] counts = new long[LatencyBuckets.COUNT];
        long sum = 0;
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += cells.get(stripe * STRIDE + i);
            }
            sum += cells.get(stripe * STRIDE + LatencyBuckets.COUNT);
        }
        return LatencySnapshot.of(counts, sum);
    }
}
