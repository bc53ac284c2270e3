package dev.tranche.runtime.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Immutable counts of a `LatencyHistogram`; snapshots of different nodes and times add and subtract.
public final class LatencySnapshot {
    private static final LatencySnapshot EMPTY = new LatencySnapshot(new long[LatencyBuckets.COUNT], 0);

    private final long[] counts;
    private final long count;
    private final long sumNanos;

    private LatencySnapshot(long[] counts, long sumNanos) {
        this.counts = counts;
        this.count = Arrays.stream(counts).sum();
        this.sumNanos = sumNanos;
    }

    /// Takes over `counts`, which is not copied.
    static LatencySnapshot of(long[] counts, long sumNanos) {
        return new LatencySnapshot(counts, sumNanos);
    }

    /// No counts.
    public static LatencySnapshot empty() {
        return EMPTY;
    }

    /// How many durations were counted.
    public long count() {
        return count;
    }

    /// Sum of the durations in nanoseconds (exact when nothing was recorded while the snapshot was taken).
    public long sumNanos() {
        return sumNanos;
    }

    /// The smallest duration that the share `q` (0..1) of the counts do not exceed (nearest rank), within 5 % for
    /// 1 µs..100 s; empty when nothing was counted.
    public Optional<Duration> quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile is within 0..1: " + q);
        }
        if (count == 0) {
            return Optional.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(q * count));
        int index = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[index]) {
            index++;
        }
        return Optional.of(Duration.ofNanos(LatencyBuckets.middle(index)));
    }

    /// How many durations were longer than `limit`, counting a bucket as longer when its middle is.
    public long countAbove(Duration limit) {
        long nanos = limit.toNanos();
        long above = 0;
        for (int i = 0; i < counts.length; i++) {
            above += LatencyBuckets.middle(i) > nanos ? counts[i] : 0;
        }
        return above;
    }

    /// The counts of both.
    public LatencySnapshot merge(LatencySnapshot other) {
        return combined(other, 1);
    }

    /// What was counted since `earlier`, a snapshot of the same histogram. Throws `IllegalArgumentException` when
    /// `earlier` counts more anywhere.
    public LatencySnapshot minus(LatencySnapshot earlier) {
        return combined(earlier, -1);
    }

    private LatencySnapshot combined(LatencySnapshot other, int sign) {
        long[] result = new long[LatencyBuckets.COUNT];
        for (int i = 0; i < result.length; i++) {
            result[i] = counts[i] + sign * other.counts[i];
            if (result[i] < 0) {
                throw new IllegalArgumentException("not an earlier snapshot of the same histogram: " + other.counts[i]
                        + " durations where this one has " + counts[i]);
            }
        }
        return new LatencySnapshot(result, sumNanos + sign * other.sumNanos);
    }
}
