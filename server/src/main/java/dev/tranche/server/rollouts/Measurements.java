package dev.tranche.server.rollouts;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Charter;
import dev.tranche.server.journal.Windows;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// What gates and guards may ask: the windows over the decision journal, the candidate's health probes, this process's
/// memory, and what was reported from outside. A source that fails is *unavailable*, never good or bad.
final class Measurements {
    private final Windows windows;
    private final Health health;
    private final Supplier<ControlState> state;

    Measurements(Windows windows, Health health, Supplier<ControlState> state) {
        this.windows = windows;
        this.health = health;
        this.state = state;
    }

    /// The judge's window on one rollout at one moment.
    Observation of(Charter charter, Instant now) {
        return (metric, subject, horizon) -> {
            try {
                return reading(charter, metric, subject, horizon, now);
            } catch (RuntimeException e) {
                return new Reading.Unavailable(metric + " cannot be read: " + e.getMessage());
            }
        };
    }

    private Reading reading(Charter charter, Metric metric, Subject subject, Horizon horizon, Instant now) {
        String product = charter.plan().product();
        Optional<VersionName> version = switch (subject) {
            case CANDIDATE -> Optional.of(charter.plan().candidate());
            case LIVE -> charter.live();
        };
        if (version.isEmpty()) {
            return new Reading.Unavailable("nothing was live when the rollout started");
        }
        return switch (metric) {
            case MEMORY_USED -> memory(now);
            case BREAKER -> breaker(product, now);
            case HEALTH_FAILURES -> health.reading(version.get());
            case REQUESTS,
                    ERROR_RATE,
                    AVAILABILITY,
                    FALLBACK_RATE,
                    LATENCY_P50,
                    LATENCY_P95,
                    LATENCY_P99,
                    APPROVAL_RATE,
                    SCORE_MEAN,
                    DECISION_FLIP_RATE,
                    SCORE_SHIFT,
                    OUTCOME_RATE,
                    OUTCOMES,
                    CALIBRATION_RATIO,
                    DATA_AGE -> windows.reading(product, version.get().toString(), metric, horizon, now);
        };
    }

    /// Heap in use of the heap that may be used.
    private static Reading memory(Instant now) {
        Runtime runtime = Runtime.getRuntime();
        double used = (double) runtime.totalMemory() - runtime.freeMemory();
        return new Reading.Gauge(used / runtime.maxMemory(), now);
    }

    /// A reported state stands until another is reported.
    private Reading breaker(String product, Instant now) {
        Signal signal = state.get().signals().get(product + "/breaker");
        return new Reading.State(signal == null ? "NONE" : signal.state(), now);
    }
}
