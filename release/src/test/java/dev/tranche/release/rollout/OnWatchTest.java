package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.VersionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Seed 002's four automatic triggers have no end: a strategy is taken back as long as it is live.
class OnWatchTest {
    private static final List<String> TRIGGERS = List.of(
            "health_failures >= 3", "latency_p95 > 200ms for 5m", "memory_used > 80% for 5m", "breaker = HALTED");

    private static Drive completed(VersionKind kind) {
        Plan plan = Drive.with(
                Drive.plan(kind, Strategy.CANARY, List.of("live BTCUSDT for 0s"), TRIGGERS.toArray(String[]::new)),
                Approvals.NONE,
                Duration.ZERO);
        Drive drive = Drive.underWay(plan);
        drive.watch(Duration.ofSeconds(5), OnWatchTest::well);
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
        return drive;
    }

    private static Measured well(Instant now) {
        return Measured.at(now)
                .count(Metric.HEALTH_FAILURES, 0)
                .quantile(Metric.LATENCY_P95, 2, 1_000)
                .gauge(Metric.MEMORY_USED, 0.4)
                .state(Metric.BREAKER, "NORMAL");
    }

    private static String takenBack(Duration time, java.util.function.Function<Instant, Observation> world) {
        Drive drive = completed(VersionKind.STRATEGY);
        drive.watch(Duration.ofMinutes(3), OnWatchTest::well);
        assertThat(drive.rollout.onWatch()).isTrue();
        drive.watch(time, world);
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
        assertThat(Rollout.replay(drive.journal)).isEqualTo(drive.rollout);
        return drive.rollout instanceof Rollout.RolledBack back ? back.reason() : drive.rollout.word();
    }

    @Test
    void eachOfTheFourTriggersTakesACompletedStrategyBack() {
        assertThat(takenBack(Duration.ofSeconds(1), now -> well(now).count(Metric.HEALTH_FAILURES, 3)))
                .contains("health_failures >= 3");
        assertThat(takenBack(Duration.ofSeconds(301), now -> well(now).quantile(Metric.LATENCY_P95, 250, 1_000)))
                .contains("latency_p95 > 200ms for 5m");
        assertThat(takenBack(Duration.ofSeconds(301), now -> well(now).gauge(Metric.MEMORY_USED, 0.9)))
                .contains("memory_used > 80% for 5m");
        assertThat(takenBack(Duration.ofSeconds(1), now -> well(now).state(Metric.BREAKER, "HALTED")))
                .contains("breaker = HALTED");
    }

    @Test
    void aConditionThatDoesNotLastTakesNothingBack() {
        Drive drive = completed(VersionKind.STRATEGY);
        drive.watch(Duration.ofSeconds(290), now -> well(now).quantile(Metric.LATENCY_P95, 250, 1_000));
        Assessment pending = drive.rollout.assess(well(drive.now).quantile(Metric.LATENCY_P95, 250, 1_000), drive.now);
        assertThat(pending.guards().get(1).badFor()).isGreaterThan(Duration.ofMinutes(4));
        drive.watch(Duration.ofSeconds(1), OnWatchTest::well);
        drive.watch(Duration.ofSeconds(290), now -> well(now).quantile(Metric.LATENCY_P95, 250, 1_000));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
        drive.watch(Duration.ofHours(1), now -> Observation.unavailable("metrics are down"));
        assertThat(drive.rollout)
                .as("an outage of the metrics is nobody's fault")
                .isInstanceOf(Rollout.Completed.class);
    }

    @Test
    void onlyAStrategyStaysOnWatchAndOnlyWhereThereIsSomethingToGoBackTo() {
        for (VersionKind kind : VersionKind.values()) {
            Drive drive = completed(kind);
            assertThat(drive.rollout.onWatch()).isEqualTo(kind == VersionKind.STRATEGY);
            drive.watch(Duration.ofSeconds(3), now -> well(now).state(Metric.BREAKER, "HALTED"));
            assertThat(drive.rollout instanceof Rollout.RolledBack).isEqualTo(kind == VersionKind.STRATEGY);
        }
        Drive first = Drive.of(Drive.plan(VersionKind.STRATEGY, Strategy.FIRST, List.of(), "breaker = HALTED"));
        first.record(new RolloutEvent.ChecklistPassed(Drive.passed()));
        first.record(new RolloutEvent.BakeStarted());
        first.record(new RolloutEvent.Completed("bob", "done"));
        assertThat(first.look(well(first.now).state(Metric.BREAKER, "HALTED"))).isEmpty();
    }

    @Test
    void whatIsOverCannotBeAbortedPausedOrPromotedThoughItIsWatched() {
        Drive drive = completed(VersionKind.STRATEGY);
        Rollout before = drive.rollout;
        for (RolloutEvent event : List.of(
                new RolloutEvent.Aborted("bob", "late"),
                new RolloutEvent.PausedBy("bob", "late"),
                new RolloutEvent.StageEntered(0),
                new RolloutEvent.BakeStarted(),
                new RolloutEvent.Completed("bob", "again"))) {
            drive.record(event);
            assertThat(drive.rollout).isEqualTo(before);
        }
    }
}
