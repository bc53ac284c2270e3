package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A guard's duration is measured time: a restart in its middle neither adds to it nor begins it again.
/// Judged by the times and durations that the control journal has.
class MeasuredTimeTest {
    private static final String CANDIDATE = "consumer_apply_xgb_v1.0";
    private static final Duration LIMIT = Duration.ofSeconds(12);
    /// Looks are a second apart, and running time is recorded every two seconds.
    private static final Duration LOOK = Duration.ofMillis(1500);

    private static final Duration RECORDED = Duration.ofSeconds(3);

    @Test
    @Promise({
        "001 §3.2 rolls back by itself when the errors are above their limit for their duration",
        "002 §7.1 a condition must last for its duration before it rolls back, also across a restart"
    })
    void aCleanRestartAndACrashInTheMiddleOfAGuardsDurationNeitherCountNorReset(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product first = Product.startWithScorecard(data, "--test-faults");
        first.must("register", Product.CREDIT.resolve(CANDIDATE).toString());
        String rollout = Rollouts.start(first, Rollouts.plan(CANDIDATE, "50%", "error_rate > 10% for 12s over 5s"));
        sicken(first, rollout, Duration.ofSeconds(2));
        first.close();

        Product second = Product.start(data, "--test-faults");
        sicken(second, rollout, Duration.ofSeconds(5));
        second.kill();

        try (Product third = Product.start(data, "--test-faults")) {
            Rollouts.fault(third, CANDIDATE, 0, 1);
            try (Load load = Load.on(third, 200, 4)) {
                Rollouts.awaitState(third, rollout, "ROLLED_BACK");
                assertThat(load.unanswered()).isEmpty();
            }
            judge(Rollouts.events(third, rollout));
        }
    }

    /// Lets the candidate fail under load until the guard has been bad for so long, then stops the applicants.
    private static void sicken(Product product, String rollout, Duration held) throws Exception {
        Rollouts.fault(product, CANDIDATE, 0, 1);
        try (Load load = Load.on(product, 200, 4)) {
            Product.await(
                    "the guard to be bad for " + held,
                    Duration.ofSeconds(60),
                    () -> accrued(Rollouts.events(product, rollout)).compareTo(held) >= 0);
            load.finish();
            assertThat(load.unanswered()).isEmpty();
        }
    }

    private static Duration accrued(List<Rollouts.Event> events) {
        return events.stream()
                .filter(event -> event.kind().equals("rollout.guard-accrued"))
                .map(Rollouts.Event::held)
                .reduce(Duration.ZERO, (before, now) -> now);
    }

    private static void judge(List<Rollouts.Event> events) {
        Duration held = Duration.ZERO;
        Duration measured = Duration.ZERO;
        Instant last = null;
        int interruptions = 0;
        for (Rollouts.Event event : events) {
            switch (event.kind()) {
                case "rollout.guard-cleared" -> throw new AssertionError("the time began again: " + events);
                case "rollout.guard-pending" -> last = event.at();
                case "rollout.measuring-interrupted" -> {
                    // What passed since the last event was not measured, whatever the clock says.
                    if (last != null) interruptions++;
                    last = event.at();
                }
                case "rollout.guard-accrued" -> {
                    Duration counted = event.held().minus(held);
                    Duration passed = Duration.between(last, event.at());
                    assertThat(counted).as("never backwards: %s", event).isGreaterThanOrEqualTo(Duration.ZERO);
                    assertThat(counted)
                            .as("never more than passed while it was measured: %s", event)
                            .isLessThanOrEqualTo(passed.plus(LOOK));
                    measured = measured.plus(passed);
                    held = event.held();
                    last = event.at();
                }
                case "rollout.guard-broken" -> {
                    measured = measured.plus(Duration.between(last, event.at()));
                    last = event.at();
                }
                default -> {}
            }
        }
        assertThat(interruptions).as("restarts in the middle: %s", events).isEqualTo(2);
        assertThat(held).as("recorded before it broke").isGreaterThanOrEqualTo(LIMIT.minus(RECORDED));
        assertThat(held).isLessThanOrEqualTo(LIMIT.plus(RECORDED));
        assertThat(measured)
                .as("the guard broke when its measured time was full, not before")
                .isGreaterThanOrEqualTo(LIMIT.minus(LOOK));
    }
}
