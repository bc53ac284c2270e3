package dev.tranche.server.rollouts;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.server.journal.Windows;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
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

    /// The judge's window on one rollout at one moment. A stage of which the windows do not count yet has measured
    /// nothing, whatever they counted for the stage before.
    Observation of(Rollout rollout, Instant now) {
        boolean counted = !(rollout instanceof Rollout.Active active)
                || windows.counts(active.charter().plan().product(), active.enteredAt());
        return (metric, subject, horizon) -> {
            try {
                return reading(rollout.charter(), metric, subject, horizon, counted, now);
            } catch (RuntimeException e) {
                return new Reading.Unavailable(metric + " cannot be read: " + e.getMessage());
            }
        };
    }

    private Reading reading(
            Charter charter, Metric metric, Subject subject, Horizon horizon, boolean counted, Instant now) {
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
                    DATA_AGE ->
                horizon instanceof Horizon.SinceStage && !counted
                        ? Windows.nothing(metric, version.get().toString(), now)
                        : windows.reading(product, version.get().toString(), metric, horizon, now);
        };
    }

    /// The heap that the last collection left in use, of the heap that may be used. What lies there to be collected
    /// is not in use: counting it would make an idle collector look like a leak.
    private static Reading memory(Instant now) {
        Runtime runtime = Runtime.getRuntime();
        long left = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(last -> heap(last.getMemoryUsageAfterGc()))
                .orElseGet(() -> runtime.totalMemory() - runtime.freeMemory());
        return new Reading.Gauge((double) left / runtime.maxMemory(), now);
    }

    private static long heap(Map<String, MemoryUsage> pools) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(pool -> pools.get(pool.getName()))
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    /// A reported state stands until another is reported.
    private Reading breaker(String product, Instant now) {
        Signal signal = state.get().signals().get(product + "/breaker");
        return new Reading.State(signal == null ? "NONE" : signal.state(), now);
    }
}
