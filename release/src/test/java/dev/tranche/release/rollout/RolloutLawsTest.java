package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.Trials;
import dev.tranche.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws over seeded random rollouts: random worlds, random orders, random events out of place.
class RolloutLawsTest {
    private static final List<Plan> PLANS = List.of(
            Drive.plan(
                    Strategy.CANARY,
                    List.of(
                            "shadow 100% for 10s: requests >= 20; error_rate < 20% for 5s",
                            "live 5% for 10s: error_rate no worse than live by 5pp", "live 50% for 5s: approval"),
                    "error_rate > 10% for 8s",
                    "health_failures >= 3",
                    "breaker = HALTED"),
            Drive.plan(Strategy.CANARY, List.of("read-only BTCUSDT for 5s", "live BTCUSDT for 5s: latency_p95 < 50ms")),
            Drive.plan(Strategy.BLUE_GREEN, List.of("shadow 100% for 5s"), "error_rate worse than live by 1pp"),
            Drive.plan(Strategy.SHADOW, List.of("shadow 100% for 20s: decision_flip_rate < 15%")),
            Drive.plan(Strategy.FIRST, List.of(), "memory_used > 80% for 5s"));

    @Test
    void replayingTheJournalGivesTheLiveState() {
        Trials.of(300, chance -> {
            Drive drive = random(chance);
            assertThat(Rollout.replay(drive.journal)).isEqualTo(drive.rollout);
            List<Rollout.Recorded> read = drive.journal.stream()
                    .map(each -> new Rollout.Recorded(EventText.read(EventText.write(each.event())), each.at()))
                    .toList();
            assertThat(read).isEqualTo(drive.journal);
        });
    }

    @Test
    void theRandomRolloutsReachEveryState() {
        Set<String> reached = new TreeSet<>();
        Trials.of(300, chance -> reached.add(random(chance).rollout.word()));
        assertThat(reached).contains("running", "paused", "baking", "completed", "rolled-back");
    }

    @Test
    void whatIsRolledBackOrAbortedNeverTakesTrafficAgain() {
        Trials.of(300, chance -> {
            Drive drive = random(chance);
            Rollout ended = chance.nextBoolean()
                    ? drive.rollout.on(new RolloutEvent.RolledBack("x", "y"), drive.now)
                    : drive.rollout.on(new RolloutEvent.Aborted("x", "y"), drive.now);
            if (drive.rollout.ended() && !(ended instanceof Rollout.RolledBack)) {
                assertThat(ended).isEqualTo(drive.rollout);
                return;
            }
            for (Rollout.Recorded each : random(chance).journal) {
                ended = ended.on(each.event(), each.at());
                assertThat(ended.routing())
                        .isEqualTo(Routing.only(drive.rollout.charter().live()));
            }
            assertThat(ended.decide(world(chance, drive.now), drive.now)).isEmpty();
        });
    }

    @Test
    void repeatingAnEventChangesNothingMore() {
        Trials.of(100, chance -> {
            Drive drive = random(chance);
            Rollout state = Rollout.replay(drive.journal.subList(0, 1));
            for (Rollout.Recorded each : drive.journal.subList(1, drive.journal.size())) {
                Rollout once = state.on(each.event(), each.at());
                Rollout twice = once.on(each.event(), each.at());
                assertThat(twice).as(each.event().toString()).isEqualTo(once);
                state = once;
            }
        });
    }

    @Test
    void anyEventsInAnyOrderLeaveAStateWhoseRoutingIsSound() {
        Trials.of(300, chance -> {
            List<Rollout.Recorded> events = new ArrayList<>(random(chance).journal);
            events.addAll(random(chance).journal);
            Drive drive = Drive.of(PLANS.get(chance.nextInt(PLANS.size())));
            Rollout state = drive.rollout;
            boolean checked = false;
            for (int i = 0; i < 60; i++) {
                Rollout.Recorded each = events.get(chance.nextInt(events.size()));
                state = state.on(each.event(), each.at());
                checked |= each.event() instanceof RolloutEvent.ChecklistPassed;
                if (!checked) {
                    assertThat(state.routing())
                            .isEqualTo(Routing.only(state.charter().live()));
                }
                state.decide(world(chance, drive.now), drive.now);
                state.assess(world(chance, drive.now), drive.now);
            }
        });
    }

    @Test
    void aStageIsNeverLeftByItselfWhenNothingIsMeasured() {
        Trials.of(200, chance -> {
            Drive drive = Drive.underWay(PLANS.getFirst());
            drive.watch(Duration.ofSeconds(chance.nextInt(30)), now -> world(chance, now));
            if (!(drive.rollout instanceof Rollout.Running before)) {
                return;
            }
            Observation nothing = chance.nextBoolean() ? Observation.unavailable("down") : empty(drive.now);
            drive.now = drive.now.plusSeconds(60);
            List<RolloutEvent> events = drive.rollout.decide(nothing, drive.now);
            assertThat(events)
                    .noneMatch(event -> event instanceof RolloutEvent.Promoted
                            || event instanceof RolloutEvent.RolledBack
                            || (event instanceof RolloutEvent.GateJudged judged
                                    && judged.verdict() instanceof Verdict.Pass));
            assertThat(before.current().gates()).isNotEmpty();
        });
    }

    @Test
    void unmeasuredTimeAnywhereNeitherCountsNorResets() {
        Trials.of(100, chance -> {
            Drive drive =
                    Drive.underWay(Drive.plan(Strategy.CANARY, List.of("live 5% for 30d"), "error_rate > 10% for 60s"));
            long measured = 0;
            while (drive.rollout instanceof Rollout.Running) {
                if (chance.nextInt(4) == 0) {
                    long gap = 1L + chance.nextInt(600);
                    drive.record(new RolloutEvent.MeasuringInterrupted("restart"));
                    drive.rollout = Rollout.replay(drive.journal);
                    drive.now = drive.now.plusSeconds(gap);
                }
                int stretch = 10 + chance.nextInt(20);
                for (int i = 0; i < stretch && drive.rollout instanceof Rollout.Running; i++) {
                    drive.watch(Duration.ofSeconds(1), now -> Measured.at(now).rate(Metric.ERROR_RATE, 50, 100));
                    measured++;
                }
            }
            // Every interruption costs at most the time since the last recorded look, and the first look after it.
            assertThat(measured).isBetween(61L, 61L + 3 * 30);
            assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
        });
    }

    private static Drive random(RandomGenerator chance) {
        Drive drive = Drive.of(PLANS.get(chance.nextInt(PLANS.size())));
        drive.record(new RolloutEvent.ChecklistPassed(Drive.passed()));
        for (int i = 0; i < 60; i++) {
            drive.now = drive.now.plusMillis(chance.nextInt(20) == 0 ? chance.nextInt(100_000) : 1_000);
            switch (chance.nextInt(25)) {
                case 0 -> drive.order(new Order.Pause("bob", "r"));
                case 1, 2 -> drive.order(new Order.Resume("bob", "r"));
                case 3 -> drive.order(new Order.Approve("bob", "r"));
                case 4 -> drive.order(new Order.Promote("bob", "r"));
                case 5 -> drive.record(new RolloutEvent.MeasuringInterrupted("restart"));
                default -> drive.look(world(chance, drive.now));
            }
        }
        return drive;
    }

    /// Mostly healthy, sometimes bad, sometimes silent.
    private static Observation world(RandomGenerator chance, Instant now) {
        int mood = chance.nextInt(10);
        if (mood == 0) {
            return Observation.unavailable("down");
        }
        long errors = mood == 1 ? 400 : 4;
        return Measured.at(now)
                .count(Metric.REQUESTS, 100)
                .rate(Metric.ERROR_RATE, errors, 1_000)
                .liveRate(Metric.ERROR_RATE, 4, 1_000)
                .rate(Metric.DECISION_FLIP_RATE, 10, 1_000)
                .quantile(Metric.LATENCY_P95, mood == 2 ? 80 : 20, 1_000)
                .gauge(Metric.MEMORY_USED, mood == 3 ? 0.9 : 0.4)
                .count(Metric.HEALTH_FAILURES, chance.nextInt(100) == 0 ? 3 : 0)
                .state(Metric.BREAKER, chance.nextInt(100) == 0 ? "HALTED" : "NORMAL");
    }

    private static Observation empty(Instant now) {
        return (metric, subject, horizon) -> switch (metric.form()) {
            case COUNT ->
                metric == Metric.HEALTH_FAILURES || subject == Subject.LIVE
                        ? new Reading.Unavailable("none")
                        : new Reading.Count(0, now);
            case PROPORTION -> new Reading.Proportion(0, 0, now);
            case MEAN -> new Reading.Sample(0, 0, 0, now);
            case QUANTILE -> new Reading.Quantile(0, 0, now);
            case CALIBRATION -> new Reading.Calibration(0, 0, 0, now);
            case GAUGE, STATE -> new Reading.Unavailable("none");
        };
    }
}
