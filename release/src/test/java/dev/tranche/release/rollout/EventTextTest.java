package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final Gate GATE = Gate.parse("latency_p95 < 50ms for 5m");
    private static final Guard GUARD = Guard.parse("error_rate > 1% for 10m over 1m");
    private static final Verdict VERDICT =
            Verdict.of("wait", "too few; n = 3", new TreeMap<>(java.util.Map.of("n", 3.0, "estimate", 0.1)));

    private static Stream<RolloutEvent> every() {
        Plan plan = Drive.plan(
                Strategy.CANARY,
                List.of("shadow 100% for 7d: requests >= 500; approval", "live A,B for 1d"),
                "breaker = HALTED",
                "error_rate > 1% for 10m");
        return Stream.of(
                new RolloutEvent.Started("r1", plan, Optional.of(Drive.LIVE), "ann", "better"),
                new RolloutEvent.Started("r2", plan, Optional.empty(), "ann", ""),
                new RolloutEvent.ChecklistPassed(Drive.passed()),
                new RolloutEvent.ChecklistFailed(List.of(new Check(ChecklistPoint.BENCHMARK, VERDICT))),
                new RolloutEvent.StageEntered(1),
                new RolloutEvent.GateJudged(1, GATE, VERDICT),
                new RolloutEvent.GateAccrued(GATE, Duration.ofMillis(1_500)),
                new RolloutEvent.GateUnmeasured(GATE),
                new RolloutEvent.GateLapsed(GATE),
                new RolloutEvent.GuardPending(GUARD, VERDICT),
                new RolloutEvent.GuardAccrued(GUARD, Duration.ofSeconds(90)),
                new RolloutEvent.GuardUnmeasured(GUARD),
                new RolloutEvent.GuardCleared(GUARD),
                new RolloutEvent.GuardBroken(GUARD, VERDICT),
                new RolloutEvent.MeasuringInterrupted("restart"),
                new RolloutEvent.Promoted(0, "bob", "seen enough"),
                new RolloutEvent.PausedBy("bob", "x"),
                new RolloutEvent.Resumed("bob", "x"),
                new RolloutEvent.ApprovedBy("bob", "x"),
                new RolloutEvent.BakeStarted(),
                new RolloutEvent.Completed("tranche", "x"),
                new RolloutEvent.RolledBack("tranche", "x"),
                new RolloutEvent.Aborted("bob", "x"));
    }

    @Test
    void everyKindOfEventRoundTrips() {
        every().forEach(event ->
                assertThat(EventText.read(EventText.write(event))).isEqualTo(event));
        Set<Class<?>> covered = every().map(Object::getClass).collect(Collectors.toSet());
        assertThat(covered).containsExactlyInAnyOrder(RolloutEvent.class.getPermittedSubclasses());
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        SortedMap<String, String> fields = EventText.write(new RolloutEvent.Aborted("bob", "x"));
        fields.remove("reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventText.read(fields))
                .withMessageContaining("'reason'");
        fields.put("event", "vanished");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventText.read(fields))
                .withMessageContaining("vanished");
    }
}
