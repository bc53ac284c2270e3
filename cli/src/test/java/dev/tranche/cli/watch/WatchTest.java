package dev.tranche.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final String ROLLOUT = "GET /api/v1/rollouts/ro-12";
    private final RecordedDoor door = RecordedDoor.open();

    @AfterEach
    void close() {
        door.close();
    }

    private CommandRun.Ended watch(CommandRun run, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "rollout";
        arguments[1] = "watch";
        arguments[2] = "ro-12";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return run.run(arguments);
    }

    @Test
    void aPipeGetsTheStandingOnceAndThenOnlyChanges() {
        door.says(ROLLOUT, "rollout-running.json")
                .says(ROLLOUT, "rollout-running.json")
                .says(ROLLOUT, "rollout-rolled-back.json");
        CommandRun.Ended ended = watch(CommandRun.at(door));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEqualToNormalizingNewlines("""
                        18:00:00  rollout ro-12: consumer_apply_xgb_v1.0 to replace consumer_apply_scorecard_v1.0, canary
                        18:00:00  checklist pass: version label (consumer_apply_xgb_v1.0)
                        18:00:00  checklist pass: rollback rehearsal (0.4 ms)
                        18:00:00  event started by mei: better Gini
                        18:00:00  event stage entered: stage 1
                        18:00:00  event stage entered: stage 2
                        18:00:00  state RUNNING, stage 2 of 5: live, 5 %, at least 14d
                        18:00:00  gate pass: requests >= 500 (1,203 requests)
                        18:00:00  gate wait: approval_rate within 5pp of live (61.2 % against 64.0 %: the interval -8.1 to +2.4 points still holds values on both sides; about 340 more decisions)
                        18:00:00  gate broken: calibration_ratio between 0.8 and 1.25 (no outcome older than 90 days yet)
                        18:00:00  gate fail: decision_flip_rate < 15% (18.4 % of 1,203)
                        18:00:00  guard pass: error_rate > 1% for 10m (0.00 %)
                        18:00:00  guard wait: latency_p95 > 200ms for 5m over 1m, bad for 3m 02s of 5m (412 ms)
                        18:00:00  event rolled back: latency_p95 > 200ms for 5m over 1m was bad for 5m
                        18:00:00  state ROLLED_BACK: latency_p95 > 200ms for 5m over 1m was bad for 5m
                        18:00:00  guard fail: latency_p95 > 200ms for 5m over 1m, bad for 5m of 5m (412 ms)
                        """);
    }

    @Test
    void aCompletedRolloutEndsWithZero() {
        door.says(ROLLOUT, "rollout-running.json").says(ROLLOUT, "rollout-completed.json");
        assertThat(watch(CommandRun.at(door)).code()).isZero();
    }

    @Test
    void jsonIsOneDocumentForEachChange() {
        door.says(ROLLOUT, "rollout-running.json")
                .says(ROLLOUT, "rollout-running.json")
                .says(ROLLOUT, "rollout-completed.json");
        CommandRun.Ended ended = watch(CommandRun.at(door), "--json");
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":\"ro-12\""));
    }

    @Test
    void aTerminalIsDrawnOnItsSecondScreenAndKeepsTheLastPicture() {
        door.says(ROLLOUT, "rollout-running.json")
                .says(ROLLOUT, "rollout-completed.json")
                .says("GET /api/v1/windows?product=consumer_apply", "windows.json");
        CommandRun.Ended ended = watch(CommandRun.at(door).onTerminal(80, 24));
        assertThat(ended.out()).startsWith("\033[?1049h").contains("more lines").contains("xgb_v1.0");
        String after = ended.out().substring(ended.out().indexOf("\033[?1049l"));
        assertThat(after).contains("COMPLETED").contains("✔ bake").contains("412.00");
    }

    @Test
    void trafficThatCannotBeHadIsLeftOut() {
        door.says(ROLLOUT, "rollout-completed.json");
        CommandRun.Ended ended = watch(CommandRun.at(door).onTerminal(80, 24));
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).doesNotContain("Traffic");
    }

    @Test
    void anUnknownRolloutIsRefusedAndAnUnreachableServerIsThree() {
        assertThat(watch(CommandRun.at(door)).code()).isEqualTo(1);
        String url = door.url();
        door.close();
        assertThat(watch(CommandRun.alone().with("TRANCHE_URL", url)).code()).isEqualTo(3);
    }

    @Test
    void aServerThatRestartsIsWaitedFor() {
        door.says(ROLLOUT, "rollout-running.json");
        AtomicInteger rests = new AtomicInteger();
        CommandRun.Ended ended = watch(CommandRun.at(door).pausing(_ -> {
            if (rests.incrementAndGet() == 1) {
                door.close();
            } else if (rests.get() > 3) {
                throw new InterruptedException();
            }
        }));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("looking again for 60 s").contains("stopped looking");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void howOftenHasARange() {
        CommandRun.Ended ended = watch(CommandRun.at(door), "--every", "0");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--every must be within 0.1..3600 seconds: 0");
    }
}
