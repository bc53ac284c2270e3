package dev.tranche.server.rollouts;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.tranche.release.Audience;
import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.Stage;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.measured.Measured;
import dev.tranche.server.measured.Scope;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// What gates and guards may ask: the windows over the decision journal, the candidate's health probes, this
/// process's memory, and what was reported from outside. A source that fails is *unavailable*, never good or
/// bad.
final class Measurements {
    private static final Reading NOTHING_WAS_LIVE =
            new Reading.Unavailable("nothing was live when the rollout started");

    private final Windows windows;
    private final Measured measured;
    private final Health health;
    private final Supplier<ControlState> state;

    Measurements(Windows windows, Measured measured, Health health, Supplier<ControlState> state) {
        this.windows = windows;
        this.measured = measured;
        this.health = health;
        this.state = state;
    }

    /// The judge's window on one rollout at one moment. A stage of which the windows do not count yet has
    /// measured nothing, whatever they counted for the stage before.
    Observation of(Rollout rollout, Instant now) {
        return rollout.charter().plan().kind().servedElsewhere() ? elsewhere(rollout, now) : here(rollout, now);
    }

    /// What engines tell of a version that they work with.
    private Observation elsewhere(Rollout rollout, Instant now) {
        String product = rollout.charter().plan().product();
        Scope scope = scope(rollout);
        return (metric, subject, horizon) -> {
            Optional<VersionName> version = version(rollout.charter(), subject);
            return version.isEmpty()
                    ? NOTHING_WAS_LIVE
                    : metric == Metric.BREAKER
                            ? breaker(rollout, now)
                            : measured.reading(product, version.get().toString(), metric, horizon, scope, now);
        };
    }

    private static Scope scope(Rollout rollout) {
        return switch (rollout) {
            case Rollout.Running running -> new Scope(Optional.of(running.enteredAt()), entities(running.current()));
            case Rollout.Baking baking -> new Scope(Optional.of(baking.enteredAt()), List.of());
            case Rollout.Paused paused -> scope(paused.was());
            case Rollout.Completed completed
            when completed.onWatch() ->
                new Scope(Optional.of(completed.at()), last(completed.charter().plan()));
            case Rollout.Checking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ ->
                new Scope(Optional.empty(), List.of());
        };
    }

    /// The entities of the last stage, which the version is still to work on.
    private static List<String> last(Plan plan) {
        return plan.stages().isEmpty() ? List.of() : entities(plan.stages().getLast());
    }

    private static List<String> entities(Stage stage) {
        return switch (stage.audience()) {
            case Audience.Units _ -> List.of();
            case Audience.Entities(List<String> names) -> names;
        };
    }

    private Observation here(Rollout rollout, Instant now) {
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
        Optional<VersionName> version = version(charter, subject);
        if (version.isEmpty()) {
            return NOTHING_WAS_LIVE;
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
                    EVENT_LATENCY_P95,
                    PIPELINE_LATENCY_P95,
                    DETECTION_LATENCY_P95,
                    QUOTE_LATENCY_P95,
                    DRAWDOWN,
                    PNL,
                    CLOSURE_ERROR,
                    DATA_AGE ->
                horizon instanceof Horizon.SinceStage && !counted
                        ? Windows.nothing(metric, version.get().toString(), now)
                        : windows.reading(product, version.get().toString(), metric, horizon, now);
        };
    }

    private static Optional<VersionName> version(Charter charter, Subject subject) {
        return switch (subject) {
            case CANDIDATE -> Optional.of(charter.plan().candidate());
            case LIVE -> charter.live();
        };
    }

    /// The heap that the last collection left in use, of the heap that may be used. What lies there to be
    /// collected is not in use: counting it would make an idle collector look like a leak.
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

    /// In a stage that moves no money the desk on paper that works with a strategy has a breaker of its own, and
    /// that of the desk that is live says nothing of it.
    /// On watch only what was reported since the version came into force counts: a breaker that halted
    /// another version, and that nobody has released, says nothing of the one that came back.
    private Reading breaker(Rollout rollout, Instant now) {
        Plan plan = rollout.charter().plan();
        if (plan.kind() == VersionKind.STRATEGY
                && rollout instanceof Rollout.Running running
                && running.current().mode() != Mode.LIVE) {
            String candidate = plan.candidate().toString();
            return new Reading.State(
                    measured.breaker(plan.product(), candidate, scope(rollout)).orElse("NONE"), now);
        }
        Signal signal = state.get().signals().get(plan.product() + "/breaker");
        boolean old = rollout.onWatch()
                && signal != null
                && state.get()
                        .inForceSince(plan.product(), plan.kind())
                        .filter(signal.at()::isBefore)
                        .isPresent();
        return old ? new Reading.State("NONE", now) : breaker(plan.product(), now);
    }

    /// A reported state stands until another is reported.
    private Reading breaker(String product, Instant now) {
        Signal signal = state.get().signals().get(product + "/breaker");
        return new Reading.State(signal == null ? "NONE" : signal.state(), now);
    }
}
