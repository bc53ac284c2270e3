package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Seeds 001 §3.2, 002 and 003: rolled back when bad *for* a duration, and only then.
class SustainedGuardTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static Drive drive(String... guards) {
        return Drive.underWay(Drive.plan(Strategy.CANARY, List.of("live 5% for 30d"), guards));
    }

    private static Observation failing(Instant now) {
        return Measured.at(now).rate(Metric.ERROR_RATE, 30, 600);
    }

    private static Observation healthy(Instant now) {
        return Measured.at(now).rate(Metric.ERROR_RATE, 3, 600);
    }

    private static Observation outage(Instant now) {
        return Observation.unavailable("metrics are down");
    }

    @Test
    void aRateBeyondItsLimitForTheWholeDurationRollsBack() {
        Drive drive = drive("error_rate > 1% for 10m");
        drive.watch(TEN_MINUTES, SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(1), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOfSatisfying(Rollout.RolledBack.class, end -> {
            assertThat(end.actor()).isEqualTo("tranche");
            assertThat(end.reason()).contains("error_rate > 1% for 10m").contains("5.00% (30 of 600)");
        });
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(java.util.Optional.of(Drive.LIVE)));
    }

    @Test
    void oneGoodLookStartsTheDurationAgain() {
        Drive drive = drive("error_rate > 1% for 10m");
        drive.watch(Duration.ofMinutes(9), SustainedGuardTest::failing);
        drive.watch(Duration.ofSeconds(1), SustainedGuardTest::healthy);
        drive.watch(Duration.ofMinutes(9), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
    }

    @Test
    void timeThatWasNotMeasuredNeitherCountsNorResets() {
        Drive drive = drive("error_rate > 1% for 10m");
        drive.watch(Duration.ofMinutes(5), SustainedGuardTest::failing);
        drive.watch(Duration.ofHours(1), SustainedGuardTest::outage);
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(290), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(20), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void theDurationSurvivesARestartInTheMiddle() {
        Drive drive = drive("error_rate > 1% for 10m");
        drive.watch(Duration.ofMinutes(5), SustainedGuardTest::failing);
        drive.rollout = Rollout.replay(drive.journal);
        drive.now = drive.now.plusSeconds(4);
        drive.record(new RolloutEvent.MeasuringInterrupted("restart"));
        assertThat(drive.rollout
                        .assess(failing(drive.now), drive.now)
                        .guards()
                        .getFirst()
                        .badFor())
                .isBetween(Duration.ofSeconds(297), Duration.ofMinutes(5));
        drive.watch(Duration.ofSeconds(299), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(6), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void aLongSilenceThatNobodyAnnouncedDoesNotCountEither() {
        Drive drive = drive("error_rate > 1% for 10m");
        drive.watch(Duration.ofMinutes(5), SustainedGuardTest::failing);
        drive.now = drive.now.plus(Duration.ofHours(3));
        drive.look(failing(drive.now));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        assertThat(drive.rollout
                        .assess(failing(drive.now), drive.now)
                        .guards()
                        .getFirst()
                        .badFor())
                .isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void oneErrorInAQuietHourIsBadLuckAndDoesNotRollBack() {
        Drive drive = drive("error_rate > 1% for 5m over 10m");
        drive.watch(Duration.ofMinutes(20), now -> Measured.at(now).rate(Metric.ERROR_RATE, 1, 10));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
    }

    @Test
    void aTotalFailureAtAFewRequestsDoesRollBack() {
        Drive drive = drive("availability < 99% for 5m");
        drive.watch(Duration.ofSeconds(301), now -> Measured.at(now).rate(Metric.AVAILABILITY, 0, 3));
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void noTrafficIsNeitherGoodNorBad() {
        Drive drive = drive("error_rate > 1% for 1m");
        drive.watch(Duration.ofSeconds(40), SustainedGuardTest::failing);
        drive.watch(Duration.ofMinutes(5), now -> Measured.at(now).rate(Metric.ERROR_RATE, 0, 0));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(30), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void theOtherConditionsOfTheSeedsRollBackToo() {
        brokenAfter("latency_p95 > 200ms for 5m", 301, now -> Measured.at(now).quantile(Metric.LATENCY_P95, 250, 500));
        brokenAfter("memory_used > 80% for 5m", 301, now -> Measured.at(now).gauge(Metric.MEMORY_USED, 0.81));
        brokenAfter("health_failures >= 3", 1, now -> Measured.at(now).count(Metric.HEALTH_FAILURES, 3));
        brokenAfter("breaker = HALTED", 1, now -> Measured.at(now).state(Metric.BREAKER, "HALTED"));
    }

    @Test
    void shortOfTheConditionNothingHappens() {
        quiet("latency_p95 > 200ms for 5m", now -> Measured.at(now).quantile(Metric.LATENCY_P95, 199, 500));
        quiet("latency_p95 > 200ms for 5m", now -> Measured.at(now).quantile(Metric.LATENCY_P95, 900, 3));
        quiet("memory_used > 80% for 5m", now -> Measured.at(now).gauge(Metric.MEMORY_USED, 0.80));
        quiet("health_failures >= 3", now -> Measured.at(now).count(Metric.HEALTH_FAILURES, 2));
        quiet("breaker = HALTED", now -> Measured.at(now).state(Metric.BREAKER, "NORMAL"));
        quiet("health_failures >= 3", SustainedGuardTest::outage);
    }

    @Test
    void aCandidateWorseThanLiveIsSeenWithoutADuration() {
        Drive drive = drive("error_rate worse than live by 0.5pp");
        Measured worse =
                Measured.at(drive.now).rate(Metric.ERROR_RATE, 40, 1_000).liveRate(Metric.ERROR_RATE, 95, 19_000);
        drive.look(worse);
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
        quiet(
                "error_rate worse than live by 0.5pp",
                now -> Measured.at(now).rate(Metric.ERROR_RATE, 5, 1_000).liveRate(Metric.ERROR_RATE, 95, 19_000));
    }

    @Test
    void guardsAreWatchedWhilePaused() {
        Drive drive = drive("error_rate > 1% for 1m");
        drive.order(new Order.Pause("bob", "lunch"));
        drive.watch(Duration.ofSeconds(61), SustainedGuardTest::failing);
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }

    @Test
    void theJournalKeepsTheStepsButNotEveryLook() {
        Drive drive = drive("error_rate > 1% for 10m");
        List<RolloutEvent> events = drive.watch(Duration.ofSeconds(601), SustainedGuardTest::failing);
        assertThat(events.getFirst()).isInstanceOf(RolloutEvent.GuardPending.class);
        assertThat(events).hasSizeLessThan(310);
        assertThat(events.subList(events.size() - 2, events.size()))
                .hasExactlyElementsOfTypes(RolloutEvent.GuardBroken.class, RolloutEvent.RolledBack.class);
    }

    private static void brokenAfter(String guard, int seconds, java.util.function.Function<Instant, Observation> bad) {
        Drive drive = drive(guard);
        drive.watch(Duration.ofSeconds(seconds - 1), bad);
        assertThat(drive.rollout).as(guard).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(1), bad);
        assertThat(drive.rollout).as(guard).isInstanceOf(Rollout.RolledBack.class);
    }

    private static void quiet(String guard, java.util.function.Function<Instant, Observation> observation) {
        Drive drive = drive(guard);
        drive.watch(TEN_MINUTES, observation);
        assertThat(drive.rollout).as(guard).isInstanceOf(Rollout.Running.class);
    }
}
