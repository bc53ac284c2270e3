package dev.tranche.runtime.metrics;

/// Counts durations in fixed logarithmic buckets; recording takes no lock. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class LatencyHistogram {
    private LatencyHistogram() {}

    /// An empty histogram.
    public static LatencyHistogram create() {
        throw new UnsupportedOperationException();
    }

    /// Counts one duration in nanoseconds; below 0 counts as 0.
    public void record(long nanos) {
        throw new UnsupportedOperationException();
    }

    /// The counts so far. A record made at the same time is in it or not.
    public LatencySnapshot snapshot() {
        throw new UnsupportedOperationException();
    }
}
