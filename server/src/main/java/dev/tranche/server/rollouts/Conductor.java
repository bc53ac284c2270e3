package dev.tranche.server.rollouts;

import dev.tranche.release.Observation;
import dev.tranche.release.Verdict;
import dev.tranche.release.VersionKind;
import dev.tranche.release.rollout.Charter;
import dev.tranche.release.rollout.Check;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.runtime.store.StaleEpochException;
import dev.tranche.runtime.store.StoreUnavailableException;
import dev.tranche.server.artifact.Registration;
import dev.tranche.server.artifact.VersionRecord;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Faults;
import dev.tranche.server.serving.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the rollouts, on the node that leads: each second it measures, asks each rollout what to record, and
/// appends that under the leader's epoch. It decides nothing itself and keeps nothing that the journal does
/// not have, so another node can go on where this one stopped.
///
/// A rollout is completed when the route that it made is in force here, not before: who reads `COMPLETED` may
/// ask.
///
/// One thread of its own; the checklist runs beside it, because it may take seconds.
final class Conductor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    /// Steps taken at once, so that a passed checklist and the first stage do not take a second each.
    private static final int STEPS = 4;

    private final ControlLog log;
    private final Supplier<OptionalLong> leading;
    private final Registration registration;
    private final Artifacts artifacts;
    private final Faults faults;
    private final Measurements measurements;
    private final Health health;
    private final RollbackClock rollbacks;
    private final Predicate<String> inForce;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread;
    private final ExecutorService beside = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("checklist-", 0).factory());
    /// The candidate of each rollout under way, by its id: read, verified and warmed once, then handed from
    /// the checklist to the route.
    private final Map<String, Lease> kept = new HashMap<>();
    private final Map<String, CompletableFuture<List<Check>>> checklists = new HashMap<>();
    private @Nullable ScheduledFuture<?> looking;
    private long epoch = -1;
    private boolean away;

    Conductor(
            ControlLog log,
            Supplier<OptionalLong> leading,
            Registration registration,
            Artifacts artifacts,
            Faults faults,
            Measurements measurements,
            Health health,
            RollbackClock rollbacks,
            Predicate<String> inForce,
            InstantSource clock) {
        this.log = log;
        this.leading = leading;
        this.registration = registration;
        this.artifacts = artifacts;
        this.faults = faults;
        this.measurements = measurements;
        this.health = health;
        this.rollbacks = rollbacks;
        this.inForce = inForce;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("rollouts").factory(), new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Begins to look every second.
    void start() {
        looking = thread.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /// Looks now, because something was ordered.
    void wake() {
        thread.execute(this::look);
    }

    private void look() {
        try {
            OptionalLong leader = leading.get();
            if (leader.isEmpty()) {
                epoch = -1;
                forget(_ -> true);
                return;
            }
            boolean taken = leader.getAsLong() != epoch;
            epoch = leader.getAsLong();
            rollbacks.mark(clock.instant());
            for (RolloutRecord rollout : log.state().active()) {
                move(rollout.id(), taken);
            }
            for (RolloutRecord rollout : log.state().onWatch()) {
                watch(rollout, taken);
            }
            forget(this::ended);
            measureRollbacks();
            away = false;
        } catch (StaleEpochException e) {
            LOG.info("another node leads by now: {}", e.getMessage());
            epoch = -1;
        } catch (StoreUnavailableException e) {
            if (!away) {
                LOG.warn("rollouts stand still while the store is away: {}", e.getMessage());
            }
            away = true;
        } catch (RuntimeException e) {
            LOG.error("a look at the rollouts failed; the next one is in a second", e);
        }
    }

    private void move(String id, boolean taken) {
        RolloutRecord found = log.state().rollouts().get(id);
        if (taken
                && found != null
                && (found.state() instanceof Rollout.Active || found.state() instanceof Rollout.Paused)) {
            record(
                    id,
                    List.of(new RolloutEvent.MeasuringInterrupted("this node began to lead under epoch " + epoch)),
                    clock.instant());
        }
        for (int step = 0; step < STEPS; step++) {
            RolloutRecord record = log.state().rollouts().get(id);
            if (record == null || record.state().ended()) {
                return;
            }
            Instant now = clock.instant();
            List<RolloutEvent> events = due(record.product(), next(record.state(), now, step == 0));
            if (events.isEmpty()) {
                return;
            }
            record(id, events, now);
        }
    }

    /// A strategy that is live is taken back by the guards that watched it come.
    private void watch(RolloutRecord rollout, boolean taken) {
        Instant now = clock.instant();
        if (taken) {
            record(
                    rollout.id(),
                    List.of(new RolloutEvent.MeasuringInterrupted("this node began to lead under epoch " + epoch)),
                    now);
        }
        RolloutRecord current = Objects.requireNonNull(log.state().rollouts().get(rollout.id()));
        List<RolloutEvent> events = current.state().decide(measurements.of(current.state(), now), now);
        if (!events.isEmpty()) {
            record(rollout.id(), events, now);
        }
    }

    /// What may be recorded now: a rollout is completed in a step of its own, after the bake has put its
    /// route in force.
    private List<RolloutEvent> due(String product, List<RolloutEvent> events) {
        boolean completes = !events.isEmpty() && events.getLast() instanceof RolloutEvent.Completed;
        if (completes && events.contains(new RolloutEvent.BakeStarted())) {
            return events.subList(0, events.size() - 1);
        }
        return completes && !inForce.test(product) ? List.of() : events;
    }

    private List<RolloutEvent> next(Rollout rollout, Instant now, boolean probe) {
        Charter charter = rollout.charter();
        if (rollout instanceof Rollout.Checking checking && checking.checks().isEmpty()) {
            return checked(checking, now);
        }
        if (probe && charter.plan().kind() == VersionKind.MODEL) {
            probe(charter, now);
        }
        return rollout.decide(measurements.of(rollout, now), now);
    }

    /// Starts the checklist, or hands in what it found.
    private List<RolloutEvent> checked(Rollout.Checking checking, Instant now) {
        Charter charter = checking.charter();
        CompletableFuture<List<Check>> running = checklists.computeIfAbsent(charter.id(), _ -> {
            probe(charter, now);
            Observation observation = measurements.of(checking, now);
            Checklist checklist = new Checklist(log.state(), registration, artifacts, charter, observation, now);
            return CompletableFuture.supplyAsync(checklist::run, beside).whenComplete((_, _) -> wake());
        });
        if (!running.isDone()) {
            return List.of();
        }
        checklists.remove(charter.id());
        try {
            List<Check> checks = running.get();
            boolean passed = checks.stream().allMatch(check -> check.verdict() instanceof Verdict.Pass);
            return List.of(
                    passed ? new RolloutEvent.ChecklistPassed(checks) : new RolloutEvent.ChecklistFailed(checks));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the checklist of " + charter.id() + " could not be executed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void probe(Charter charter, Instant now) {
        VersionRecord version = log.state().versions().get(charter.plan().candidate());
        if (version == null || version.kind() != VersionKind.MODEL) {
            return;
        }
        health.probe(
                        version.name(),
                        () -> {
                            faults.strikeCheck(version.name().toString());
                            return kept.computeIfAbsent(
                                            charter.id(),
                                            _ -> artifacts
                                                    .lease(version.digest())
                                                    .orElseThrow(() -> new IllegalStateException("its files are gone")))
                                    .again();
                        },
                        now)
                .ifPresent(wrong -> LOG.warn("health check of {} failed: {}", version.name(), wrong));
    }

    private boolean ended(String id) {
        RolloutRecord rollout = log.state().rollouts().get(id);
        return rollout == null || rollout.state().ended();
    }

    private void forget(Predicate<String> which) {
        for (String id : List.copyOf(kept.keySet())) {
            if (which.test(id)) {
                Objects.requireNonNull(kept.remove(id)).close();
            }
        }
    }

    private void record(String id, List<RolloutEvent> events, Instant now) {
        List<NewEvent> rows = new ArrayList<>();
        for (RolloutEvent event : events) {
            rows.add(ChangeText.write(new Change.RolloutMoved(id, event), now, RolloutEvent.TRANCHE));
        }
        log.append(rows, epoch);
    }

    private void measureRollbacks() {
        for (RolloutRecord rollout : log.state().rollouts().values()) {
            if (rollout.state() instanceof Rollout.RolledBack rolledBack
                    && !rollout.kind().servedElsewhere()
                    && !rollout.told("rollback-measured")) {
                rollbacks
                        .measure(rollout, rolledBack.at(), clock.instant())
                        .ifPresent(measured -> log.append(
                                List.of(ChangeText.write(measured, clock.instant(), RolloutEvent.TRANCHE)), epoch));
                health.forget(rolledBack.charter().plan().candidate());
            }
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.cancel(false);
        }
        thread.shutdown();
        beside.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a look at the rollouts is still under way while the server stops");
                return;
            }
            forget(_ -> true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
