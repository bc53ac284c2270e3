package dev.tranche.runtime.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Immutable counts of a `LatencyHistogram`; snapshots of different nodes and times add and subtract.
public final class LatencySnapshot {
    private static final Pattern PAIR = Pattern.compile("(\\d{1,3}):([1-9]\\d{0,8})");
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

    /// The smallest duration that the share `q` (0..1) of the counts do not exceed (nearest rank), within 5 %
    /// for 1 µs..100 s; empty when nothing was counted.
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

    /// The counts as text: `bucket:count` pairs, ascending, separated by spaces; empty when nothing was
    /// counted. The sum is not told.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.append(text.isEmpty() ? "" : " ").append(i).append(':').append(counts[i]);
            }
        }
        return text.toString();
    }

    /// Reads what [#text()] wrote. The sum, which the text does not tell, counts each duration as its
    /// bucket's middle.
    ///
    /// @throws IllegalArgumentException with the pair that is no pair, out of order or out of range
    public static LatencySnapshot parse(String text) {
        long[] counts = new long[LatencyBuckets.COUNT];
        long sum = 0;
        int last = -1;
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            Matcher matcher = PAIR.matcher(pair);
            int bucket = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
            if (bucket <= last || bucket >= counts.length) {
                throw new IllegalArgumentException("a histogram is bucket:count pairs, ascending buckets within 0.."
                        + (counts.length - 1) + " and counts within 1..999999999: " + pair);
            }
            counts[bucket] = Long.parseLong(matcher.group(2));
            sum += counts[bucket] * LatencyBuckets.middle(bucket);
            last = bucket;
        }
        return new LatencySnapshot(counts, sum);
    }

    /// The counts of both.
    public LatencySnapshot merge(LatencySnapshot other) {
        return combined(other, 1);
    }

    /// What was counted since `earlier`, a snapshot of the same histogram. Throws `IllegalArgumentException`
    /// when `earlier` counts more anywhere.
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
