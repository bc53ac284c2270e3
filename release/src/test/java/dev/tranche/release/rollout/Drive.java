package dev.tranche.release.rollout;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Observation;
import dev.tranche.release.Verdict;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A rollout under test with its clock and its journal; every event goes through its text form on the way.
final class Drive {
    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    static final VersionName LIVE = VersionName.parse("consumer_apply_scorecard_v1.0");
    static final VersionName CANDIDATE = VersionName.parse("consumer_apply_xgb_v1.0");

    final List<Rollout.Recorded> journal = new ArrayList<>();
    Instant now = START;
    Rollout rollout;

    private Drive(Plan plan) {
        Optional<VersionName> live = plan.strategy() == Strategy.FIRST ? Optional.empty() : Optional.of(LIVE);
        RolloutEvent.Started started = new RolloutEvent.Started("r1", plan, live, "ann", "better AUC");
        rollout = Rollout.start(started, now);
        journal.add(new Rollout.Recorded(started, now));
    }

    static Drive of(Plan plan) {
        return new Drive(plan);
    }

    /// Started, with its checklist passed and its first step taken.
    static Drive underWay(Plan plan) {
        Drive drive = of(plan);
        drive.record(new RolloutEvent.ChecklistPassed(passed()));
        drive.look(Measured.at(drive.now));
        return drive;
    }

    static Plan plan(Strategy strategy, List<String> stages, String... guards) {
        return plan(VersionKind.MODEL, strategy, stages, guards);
    }

    static Plan plan(VersionKind kind, Strategy strategy, List<String> stages, String... guards) {
        return new Plan(
                "consumer_apply",
                CANDIDATE,
                kind,
                strategy,
                "loan_id",
                Bucketing.murmur3("consumer_apply-2026-11"),
                stages.stream().map(Stage::parse).toList(),
                Arrays.stream(guards).map(Guard::parse).toList(),
                Duration.ofHours(1),
                Duration.ofHours(2),
                Approvals.NONE);
    }

    static Plan with(Plan plan, Approvals approvals, Duration bake) {
        return new Plan(
                plan.product(),
                plan.candidate(),
                plan.kind(),
                plan.strategy(),
                plan.unit(),
                plan.bucketing(),
                plan.stages(),
                plan.guards(),
                bake,
                plan.patience(),
                approvals);
    }

    static List<Check> passed() {
        return Arrays.stream(ChecklistPoint.values())
                .map(point -> new Check(point, Verdict.pass("done")))
                .toList();
    }

    void record(RolloutEvent event) {
        RolloutEvent read = EventText.read(EventText.write(event));
        journal.add(new Rollout.Recorded(read, now));
        rollout = rollout.on(read, now);
    }

    List<RolloutEvent> look(Observation observation) {
        List<RolloutEvent> events = rollout.decide(observation, now);
        events.forEach(this::record);
        return events;
    }

    /// Looks every second for so long.
    List<RolloutEvent> watch(Duration time, Function<Instant, Observation> observation) {
        List<RolloutEvent> all = new ArrayList<>();
        for (long second = 0; second < time.toSeconds(); second++) {
            now = now.plusSeconds(1);
            all.addAll(look(observation.apply(now)));
        }
        return all;
    }

    Answer order(Order order) {
        Answer answer = rollout.order(order, now);
        if (answer instanceof Answer.Accepted(List<RolloutEvent> events)) {
            events.forEach(this::record);
        }
        return answer;
    }
}
