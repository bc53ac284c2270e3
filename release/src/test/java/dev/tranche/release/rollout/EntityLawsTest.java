package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Audience;
import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Trials;
import dev.tranche.release.VersionKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws of rollouts by entity (seed 003: symbol by symbol, read-only first), over random plans, worlds
/// and orders.
class EntityLawsTest {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT");
    private static final String GUARD = "detection_latency_p95 > 20ms for 5s";

    @Test
    void anEntityNeverLosesTheCandidateWithinAModeAndNeverGoesBackAMode() {
        Trials.of(80, chance -> {
            Drive drive = Drive.of(plan(chance));
            Map<String, Mode> met = new HashMap<>();
            walk(drive, chance, () -> {
                for (String symbol : SYMBOLS) {
                    Optional<Mode> now = mode(drive.rollout, symbol);
                    if (drive.rollout instanceof Rollout.RolledBack) {
                        assertThat(now).isEmpty();
                        continue;
                    }
                    Mode before = met.get(symbol);
                    now.ifPresent(mode -> {
                        assertThat(before == null || before.compareTo(mode) <= 0)
                                .as("%s was %s and is %s", symbol, before, mode)
                                .isTrue();
                        met.put(symbol, mode);
                    });
                    if (now.isEmpty() && before != null) {
                        assertThat(stageMode(drive.rollout)).as("a later mode").isNotEqualTo(Optional.of(before));
                    }
                }
            });
        });
    }

    @Test
    void anEntityThatWasRolledBackNeverGetsTheCandidateAgainInThatRollout() {
        Set<String> reached = new TreeSet<>();
        Trials.of(120, chance -> {
            Drive drive = Drive.of(plan(chance));
            Set<String> lost = new HashSet<>();
            walk(drive, chance, () -> {
                if (drive.rollout instanceof Rollout.RolledBack || drive.rollout instanceof Rollout.Aborted) {
                    lost.addAll(SYMBOLS);
                }
                lost.forEach(symbol ->
                        assertThat(mode(drive.rollout, symbol)).as(symbol).isEmpty());
            });
            drive.order(new Order.RollBack("bob", "emergency"));
            reached.add(drive.rollout.word());
            for (int i = 0; i < 20; i++) {
                drive.now = drive.now.plusSeconds(1);
                drive.order(new Order.Resume("bob", "again"));
                drive.order(new Order.Promote("bob", "again"));
                drive.look(world(chance, drive));
                assertThat(drive.rollout).isInstanceOfAny(Rollout.RolledBack.class, Rollout.Aborted.class);
                SYMBOLS.forEach(
                        symbol -> assertThat(mode(drive.rollout, symbol)).isEmpty());
            }
        });
        assertThat(reached).contains("rolled-back");
    }

    @Test
    void aRolledBackRolloutIsTheSameForAllEntitiesAtOnce() {
        Trials.of(80, chance -> {
            Drive drive = Drive.of(plan(chance));
            walk(drive, chance, () -> {});
            Rollout back = drive.rollout.on(new RolloutEvent.RolledBack("bob", "emergency"), drive.now);
            if (back instanceof Rollout.RolledBack) {
                assertThat(back.routing())
                        .isEqualTo(Routing.only(drive.rollout.charter().live()));
            }
        });
    }

    @Test
    void aFirstReleaseServedElsewhereCanBeTakenBackForNothingAndAModelsCannot() {
        for (VersionKind kind : VersionKind.values()) {
            Drive drive = Drive.of(Drive.plan(kind, Strategy.FIRST, List.of()));
            drive.record(new RolloutEvent.ChecklistPassed(Drive.passed()));
            drive.record(new RolloutEvent.BakeStarted());
            drive.record(new RolloutEvent.Completed("bob", "done"));
            assertThat(drive.rollout.word()).isEqualTo("completed");
            Answer answer = drive.order(new Order.RollBack("bob", "emergency"));
            if (kind.servedElsewhere()) {
                assertThat(answer).isInstanceOf(Answer.Accepted.class);
                assertThat(drive.rollout.routing()).isEqualTo(Routing.only(Optional.empty()));
            } else {
                assertThat(answer).isInstanceOf(Answer.Refused.class);
                assertThat(drive.rollout.word()).isEqualTo("completed");
            }
        }
    }

    @Test
    void entitiesCoverWhatTheyContainAndOnlyThat() {
        Trials.of(120, chance -> {
            List<String> small = some(chance);
            List<String> large = some(chance);
            assertThat(Audience.Entities.of(large).covers(Audience.Entities.of(small)))
                    .isEqualTo(new HashSet<>(large).containsAll(small));
            assertThat(Audience.EVERYONE.covers(Audience.Entities.of(small))).isTrue();
        });
    }

    private static void walk(Drive drive, RandomGenerator chance, Runnable law) {
        drive.record(new RolloutEvent.ChecklistPassed(Drive.passed()));
        for (int i = 0; i < 60; i++) {
            drive.now = drive.now.plusSeconds(1);
            switch (chance.nextInt(25)) {
                case 0 -> drive.order(new Order.Pause("bob", "r"));
                case 1, 2 -> drive.order(new Order.Resume("bob", "r"));
                case 3 -> drive.order(new Order.Promote("bob", "r"));
                default -> drive.look(world(chance, drive));
            }
            law.run();
        }
    }

    private static Observation world(RandomGenerator chance, Drive drive) {
        if (chance.nextInt(10) == 0) {
            return Observation.unavailable("down");
        }
        boolean slow = drive.now.getEpochSecond() % 40 > 30 && chance.nextInt(10) > 0;
        return Measured.at(drive.now)
                .count(Metric.REQUESTS, 100)
                .quantile(Metric.DETECTION_LATENCY_P95, slow ? 80 : 4, 1_000);
    }

    private static Plan plan(RandomGenerator chance) {
        List<String> small = some(chance);
        Set<String> grown = new TreeSet<>(small);
        grown.addAll(some(chance));
        String first = String.join(",", small);
        String more = String.join(",", grown);
        Map<Mode, String> last = new EnumMap<>(Mode.class);
        last.put(Mode.LIVE, chance.nextBoolean() ? "100%" : more);
        return Drive.plan(
                VersionKind.CALIBRATION,
                chance.nextBoolean() ? Strategy.FIRST : Strategy.CANARY,
                List.of(
                        "read-only " + first + " for 8s: requests >= 20",
                        "read-only " + more + " for 8s: detection_latency_p95 < 20ms",
                        "live " + first + " for 8s",
                        "live " + last.get(Mode.LIVE) + " for 8s"),
                GUARD);
    }

    private static List<String> some(RandomGenerator chance) {
        return SYMBOLS.subList(0, 1 + chance.nextInt(SYMBOLS.size()));
    }

    private static Optional<Mode> stageMode(Rollout rollout) {
        return rollout.routing().trial().map(Routing.Trial::mode);
    }

    private static Optional<Mode> mode(Rollout rollout, String symbol) {
        Routing.Choice choice = rollout.routing().choose("unit", symbol);
        if (choice.answers().filter(Drive.CANDIDATE::equals).isPresent()) {
            return Optional.of(Mode.LIVE);
        }
        return choice.beside().map(Routing.Trial::mode);
    }

    @Test
    void theGuardsOfSeed003AreWrittenAsTheyAreRead() {
        for (String guard : List.of(
                "detection_latency_p95 > 20ms for 10m",
                "event_latency_p95 > 5ms for 10m",
                "pipeline_latency_p95 > 200ms for 10m",
                "availability < 99% for 5m",
                "error_rate > 2% for 5m",
                "closure_error > 15% for 15m")) {
            assertThat(Guard.parse(guard)).hasToString(guard);
        }
        Drive drive = Drive.underWay(
                Drive.plan(VersionKind.CALIBRATION, Strategy.CANARY, List.of("live BTCUSDT for 30d"), GUARD));
        drive.watch(Duration.ofSeconds(20), now -> Measured.at(now).quantile(Metric.DETECTION_LATENCY_P95, 25, 1_000));
        assertThat(drive.rollout).isInstanceOf(Rollout.RolledBack.class);
    }
}
