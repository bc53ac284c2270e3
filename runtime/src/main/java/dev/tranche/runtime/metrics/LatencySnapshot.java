package dev.tranche.runtime.metrics;

import java.time.Duration;
import java.util.Optional;

/// Immutable counts of a `LatencyHistogram`; snapshots of different nodes and times add and subtract.
@SuppressWarnings("DoNotCallSuggester")
public final class LatencySnapshot {
    private LatencySnapshot() {}

    /// No counts.
    public static LatencySnapshot empty() {
        throw new UnsupportedOperationException();
    }

    /// How many durations were counted.
    public long count() {
        throw new UnsupportedOperationException();
    }

    /// Sum of the durations in nanoseconds (exact).
    public long sumNanos() {
        throw new UnsupportedOperationException();
    }

    /// The duration below or at which the share `q` (0..1) of the counts lie, within 5 % for 1 µs..100 s; empty when
    /// nothing was counted.
    public Optional<Duration> quantile(double q) {
        throw new UnsupportedOperationException();
    }

    /// The counts of both.
    public LatencySnapshot merge(LatencySnapshot other) {
        throw new UnsupportedOperationException();
    }

    /// What was counted since `earlier`, a snapshot of the same histogram.
    public LatencySnapshot minus(LatencySnapshot earlier) {
        throw new UnsupportedOperationException();
    }
}
