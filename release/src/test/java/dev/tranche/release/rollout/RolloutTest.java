package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Plan TWO_STAGES =
            Drive.plan(Strategy.CANARY, List.of("live 5% for 1h: requests >= 500", "live 50% for 1h"));

    private static Measured enough(Drive drive) {
        return Measured.at(drive.now).count(Metric.REQUESTS, 500);
    }

    @Test
    void nobodyMeetsTheCandidateBeforeTheChecklistHasPassed() {
        Drive drive = Drive.of(TWO_STAGES);
        assertThat(drive.look(enough(drive))).isEmpty();
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
        assertThat(drive.order(new Order.Promote("bob", "hurry"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aFailedChecklistAbortsWithItsReasons() {
        Drive drive = Drive.of(TWO_STAGES);
        drive.record(new RolloutEvent.ChecklistFailed(
                List.of(new Check(ChecklistPoint.BENCHMARK, Verdict.fail("p99 is 180ms")))));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.Aborted.class,
                        end -> assertThat(end.reason()).isEqualTo("checklist: benchmark: p99 is 180ms"));
    }

    @Test
    void aChecklistPassesOnlyWithAllFivePoints() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RolloutEvent.ChecklistPassed(Drive.passed().subList(0, 4)))
                .withMessageContaining("monitoring");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RolloutEvent.ChecklistPassed(
                        List.of(new Check(ChecklistPoint.BENCHMARK, Verdict.await("running")))))
                .withMessageContaining("benchmark: wait");
    }

    @Test
    void theWayGoesThroughEveryStageToTheBakeAndTheEnd() {
        Drive drive = Drive.underWay(TWO_STAGES);
        assertThat(drive.rollout.routing().trial().orElseThrow().audience()).hasToString("5%");
        drive.now = drive.now.plus(Duration.ofHours(1));
        drive.look(enough(drive));
        assertThat(drive.rollout.routing().trial().orElseThrow().audience()).hasToString("50%");
        drive.now = drive.now.plus(Duration.ofHours(1));
        drive.look(enough(drive));
        assertThat(drive.rollout).isInstanceOf(Rollout.Baking.class);
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.CANDIDATE)));
        drive.now = drive.now.plus(Duration.ofHours(1));
        drive.look(enough(drive));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.Completed.class,
                        end -> assertThat(end.promoted()).isTrue());
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.CANDIDATE)));
    }

    @Test
    void neitherDwellAloneNorGatesAloneLeaveAStage() {
        Drive drive = Drive.underWay(TWO_STAGES);
        drive.now = drive.now.plus(Duration.ofMinutes(59));
        drive.look(enough(drive));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.Running.class,
                        running -> assertThat(running.stage()).isZero());
        drive.now = drive.now.plus(Duration.ofMinutes(5));
        drive.look(Measured.at(drive.now).count(Metric.REQUESTS, 499));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.Running.class,
                        running -> assertThat(running.stage()).isZero());
    }

    @Test
    void aPauseFreezesTheDwellAndKeepsTheTraffic() {
        Drive drive = Drive.underWay(TWO_STAGES);
        Routing before = drive.rollout.routing();
        drive.now = drive.now.plus(Duration.ofMinutes(30));
        drive.order(new Order.Pause("bob", "month end"));
        assertThat(drive.rollout.routing()).isEqualTo(before);
        drive.now = drive.now.plus(Duration.ofDays(3));
        assertThat(drive.look(enough(drive))).isEmpty();
        drive.order(new Order.Resume("bob", "done"));
        drive.now = drive.now.plus(Duration.ofMinutes(29));
        drive.look(enough(drive));
        assertThat(((Rollout.Running) drive.rollout).stage()).isZero();
        drive.now = drive.now.plus(Duration.ofMinutes(1));
        drive.look(enough(drive));
        assertThat(((Rollout.Running) drive.rollout).stage()).isEqualTo(1);
    }

    @Test
    void promotingByHandSkipsTheDwell() {
        Drive drive = Drive.underWay(TWO_STAGES);
        drive.order(new Order.Promote("bob", "seen enough"));
        assertThat(((Rollout.Running) drive.rollout).stage()).isEqualTo(1);
        drive.order(new Order.Pause("bob", "wait"));
        drive.order(new Order.Promote("bob", "go"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Baking.class);
        drive.order(new Order.Promote("bob", "end it"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
    }

    @Test
    void outOfPatienceItPausesAndSaysWhatIsMissing() {
        Drive drive = Drive.underWay(TWO_STAGES);
        drive.now = drive.now.plus(Duration.ofHours(3)).plusSeconds(1);
        drive.look(Measured.at(drive.now).count(Metric.REQUESTS, 20));
        assertThat(drive.rollout).isInstanceOfSatisfying(Rollout.Paused.class, paused -> {
            assertThat(paused.actor()).isEqualTo("tranche");
            assertThat(paused.reason()).contains("requests 20 of 500");
        });
        drive.order(new Order.Resume("bob", "more time"));
        drive.now = drive.now.plus(Duration.ofHours(1));
        drive.look(Measured.at(drive.now).count(Metric.REQUESTS, 30));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
    }

    @Test
    void aMetricsOutageNeverPassesAndNeverFails() {
        Drive drive = Drive.underWay(Drive.plan(
                Strategy.CANARY, List.of("live 5%: requests >= 1; error_rate < 50%"), "health_failures >= 3"));
        drive.watch(Duration.ofMinutes(1), now -> Observation.unavailable("down"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        Assessment shown = drive.rollout.assess(Observation.unavailable("down"), drive.now);
        assertThat(shown.gates()).allMatch(each -> each.verdict().word().equals("broken"));
        assertThat(shown.guards()).allMatch(each -> each.verdict().word().equals("broken"));
    }

    @Test
    void blindGuardsHoldAStageThatHasNoGates() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.CANARY, List.of("live 5%"), "health_failures >= 3"));
        drive.watch(Duration.ofMinutes(1), now -> Observation.unavailable("down"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(1), now -> Measured.at(now).count(Metric.HEALTH_FAILURES, 0));
        assertThat(drive.rollout).isInstanceOf(Rollout.Baking.class);
    }

    @Test
    void theBakeCanBeTakenBackAtOnce() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.BLUE_GREEN, List.of(), "health_failures >= 3"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Baking.class);
        drive.watch(Duration.ofSeconds(1), now -> Measured.at(now).count(Metric.HEALTH_FAILURES, 3));
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
    }

    @Test
    void aCompletedPromotionCanBeTakenBackAndNothingElseLeadsOutOfAnEnd() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.BLUE_GREEN, List.of()));
        drive.order(new Order.Promote("bob", "baked enough"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
        assertThat(drive.order(new Order.Abort("bob", "x"))).isInstanceOf(Answer.Refused.class);
        assertThat(drive.order(new Order.Pause("bob", "x"))).isInstanceOf(Answer.Refused.class);
        drive.order(new Order.RollBack("bob", "complaints came in"));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.RolledBack.class,
                        back -> assertThat(back.reason()).isEqualTo("complaints came in"));
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
        assertThat(drive.order(new Order.RollBack("bob", "twice"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aCompletedShadowRolloutHasNothingToTakeBack() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.SHADOW, List.of("shadow 100%")));
        drive.order(new Order.Promote("bob", "seen enough"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
        assertThat(drive.order(new Order.RollBack("bob", "x"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void everyStateThatIsNotOverCanBeRolledBackAndAborted() {
        Drive checking = Drive.of(TWO_STAGES);
        Drive running = Drive.underWay(TWO_STAGES);
        Drive paused = Drive.underWay(TWO_STAGES);
        paused.order(new Order.Pause("bob", "x"));
        Drive baking = Drive.underWay(Drive.plan(Strategy.BLUE_GREEN, List.of()));
        for (Drive drive : List.of(checking, running, paused, baking)) {
            Rollout aborted = drive.rollout.on(new RolloutEvent.Aborted("bob", "no"), drive.now);
            assertThat(aborted.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
            drive.order(new Order.RollBack("bob", "emergency"));
            assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
            assertThat(drive.order(new Order.Promote("bob", "again"))).isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void anotherPersonHasToAgreeBeforeGoingLive() {
        Plan plan = Drive.with(
                Drive.plan(Strategy.CANARY, List.of("shadow 100%", "live 5%")),
                new Approvals(Set.of(Mode.LIVE), 1),
                Duration.ZERO);
        Drive drive = Drive.underWay(plan);
        drive.look(Measured.at(drive.now));
        assertThat(((Rollout.Running) drive.rollout).stage()).isZero();
        assertThat(drive.order(new Order.Promote("bob", "go")))
                .isEqualTo(new Answer.Refused("approval-missing", "0 of 1 approvals by others than ann"));
        assertThat(drive.order(new Order.Approve("ann", "my own")))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("own-rollout"));
        drive.record(new RolloutEvent.ApprovedBy("ann", "around the door"));
        assertThat(((Rollout.Running) drive.rollout).approvers()).isEmpty();
        drive.order(new Order.Approve("bob", "read the evidence"));
        assertThat(drive.order(new Order.Approve("bob", "again"))).isInstanceOf(Answer.Refused.class);
        drive.look(Measured.at(drive.now));
        assertThat(((Rollout.Running) drive.rollout).stage()).isEqualTo(1);
        drive.look(Measured.at(drive.now));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
    }

    @Test
    void aFirstReleaseWaitsForItsApprovalToo() {
        Plan plan =
                Drive.with(Drive.plan(Strategy.FIRST, List.of()), new Approvals(Set.of(Mode.LIVE), 1), Duration.ZERO);
        Drive drive = Drive.underWay(plan);
        assertThat(drive.rollout).isInstanceOf(Rollout.Checking.class);
        assertThat(drive.rollout.routing().choose("u", "").answers()).isEmpty();
        drive.order(new Order.Approve("bob", "fine"));
        drive.look(Measured.at(drive.now));
        assertThat(drive.rollout).isInstanceOf(Rollout.Completed.class);
        assertThat(drive.rollout.routing().choose("u", "").answers()).contains(Drive.CANDIDATE);
    }

    @Test
    void aShadowRolloutShowsAndLeavesTheLiveVersion() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.SHADOW, List.of("shadow 100% for 1h")));
        Routing.Choice choice = drive.rollout.routing().choose("u1", "");
        assertThat(choice.answers()).contains(Drive.LIVE);
        assertThat(choice.beside().orElseThrow().mode()).isEqualTo(Mode.SHADOW);
        drive.now = drive.now.plus(Duration.ofHours(1));
        drive.look(Measured.at(drive.now));
        assertThat(drive.rollout)
                .isInstanceOfSatisfying(
                        Rollout.Completed.class,
                        end -> assertThat(end.promoted()).isFalse());
        assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.of(Drive.LIVE)));
    }

    @Test
    void aSustainedGateHoldsForItsTimeAndLapses() {
        Drive drive = Drive.underWay(Drive.plan(Strategy.CANARY, List.of("live 5%: latency_p95 < 50ms for 5m")));
        drive.watch(Duration.ofMinutes(4), now -> Measured.at(now).quantile(Metric.LATENCY_P95, 40, 100));
        drive.watch(Duration.ofSeconds(1), now -> Measured.at(now).quantile(Metric.LATENCY_P95, 60, 100));
        drive.watch(Duration.ofMinutes(4), now -> Measured.at(now).quantile(Metric.LATENCY_P95, 40, 100));
        drive.watch(Duration.ofMinutes(30), now -> Observation.unavailable("down"));
        assertThat(drive.rollout).isInstanceOf(Rollout.Running.class);
        drive.watch(Duration.ofSeconds(66), now -> Measured.at(now).quantile(Metric.LATENCY_P95, 40, 100));
        assertThat(drive.rollout).isInstanceOf(Rollout.Baking.class);
    }
}
