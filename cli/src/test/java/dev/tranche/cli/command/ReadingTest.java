package dev.tranche.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.RecordedDoor;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Commands that only read.
class ReadingTest {
    private final RecordedDoor door = RecordedDoor.open();

    @AfterEach
    void close() {
        door.close();
    }

    private String out(String... arguments) {
        CommandRun.Ended ended = CommandRun.at(door).run(arguments);
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    @Test
    void versionsAreListedByProductAndKind() {
        door.says("GET /api/v1/versions", "versions.json");
        assertThat(out("models", "list")).isEqualToNormalizingNewlines("""
                        version                        kind    state  digest        registered
                        consumer_apply_scorecard_v1.0  MODEL   READY  9f2c1e7ab04d  13:50:00
                        consumer_apply_policy_v1.0     POLICY  READY  0b            2026-02-01 08:00:00
                        """);
        assertThat(out("models", "list", "--kind", "policy"))
                .contains("consumer_apply_policy_v1.0")
                .doesNotContain("scorecard");
        assertThat(out("models", "list", "--product", "other")).contains("No versions yet");
    }

    @Test
    void jsonIsTheAnswerAsItCame() {
        door.says("GET /api/v1/versions", "versions.json");
        assertThat(out("--json", "models", "list").strip())
                .isEqualTo(RecordedDoor.read("versions.json")
                        .strip()
                        .replace(", ", ",")
                        .replace(": ", ":"));
    }

    @Test
    void aVersionIsShownWithItsChecks() {
        door.says("GET /api/v1/versions/consumer_apply_xgb_v1.0", "version.json");
        assertThat(out("models", "show", "consumer_apply_xgb_v1.0"))
                .contains("digest   9f2c1e7ab04d33aa11")
                .contains("golden rows  ✔ pass   20 of 20 margins reproduce bit for bit");
    }

    @Test
    void rolloutsAreListedWithTheirStage() {
        door.says("GET /api/v1/rollouts", "rollouts.json");
        assertThat(out("rollout", "list")).contains("RUNNING    2 of 5 live").contains("COMPLETED  -");
    }

    @Test
    void aRolloutIsShownWithGatesAndChecklist() {
        door.says("GET /api/v1/rollouts/ro-12", "rollout-running.json");
        assertThat(out("rollout", "show", "ro-12"))
                .contains("RUNNING  stage 2 of 5: live, 5 %")
                .contains("✔ pass    requests >= 500")
                .contains("rollback rehearsal");
    }

    @Test
    void routesSayWhoIsLiveAndWhatIsWarm() {
        door.says("GET /api/v1/routes", "routes.json");
        assertThat(out("route"))
                .contains("consumer_apply")
                .contains("live    consumer_apply_xgb_v1.0")
                .contains("warm    consumer_apply_scorecard_v1.0");
        door.says("GET /api/v1/routes/other", 404, "{\"detail\":\"no product other\"}");
        assertThat(CommandRun.at(door).run("route", "other").code()).isEqualTo(1);
    }

    @Test
    void liveTakesATimeAsPeopleWriteIt() {
        door.says("GET /api/v1/live?at=2026-03-03T14%3A00%3A00Z&product=consumer_apply", "live.json");
        assertThat(out("live", "--at", "2026-03-03T14:00", "--product", "consumer_apply"))
                .contains("consumer_apply_scorecard_v1.0")
                .contains("first version")
                .contains("candidate, 5%");
        ZoneId shanghai = ZoneId.of("Asia/Shanghai");
        assertThat(Live.instant("2026-03-03", shanghai)).isEqualTo(Instant.parse("2026-03-02T16:00:00Z"));
        assertThat(Live.instant("2026-03-03 14:00:05", shanghai)).isEqualTo(Instant.parse("2026-03-03T06:00:05Z"));
        assertThat(Live.instant("2026-03-03T14:00:00Z", shanghai)).isEqualTo(Instant.parse("2026-03-03T14:00:00Z"));
        assertThat(Live.instant("2026-03-03T14:00:00+08:00", shanghai))
                .isEqualTo(Instant.parse("2026-03-03T06:00:00Z"));
        assertThatThrownBy(() -> Live.instant("3 March", shanghai))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining("3 March");
    }

    @Test
    void decisionsAreListedAndShown() {
        door.says("GET /api/v1/decisions?limit=5&product=consumer_apply", "decisions.json");
        door.says("GET /api/v1/decisions/d1-17", "decision.json");
        assertThat(out("decisions", "list", "--limit", "5", "--product", "consumer_apply"))
                .contains("d1-17     14:05:00  L1    consumer_apply_xgb_v1.0  0.123457  APPROVE   model");
        assertThat(out("decisions", "show", "d1-17")).contains("purpose  car").contains("R01   checking account");
    }

    @Test
    void healthIsAnExitCode() {
        door.says("GET /health", "health.json").says("POST /healthcheck", "healthcheck.json");
        assertThat(CommandRun.at(door).run("health").code()).isZero();
        CommandRun.Ended full = CommandRun.at(door).run("health", "--full");
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.out()).contains("1.2 GiB free");
        assertThat(door.asked().getLast().json().path("component").asString()).isEqualTo("full");
    }

    @Test
    void experimentsAndTokensAreListed() {
        door.says("GET /api/v1/experiments", "experiments.json")
                .says("GET /api/v1/experiments/momentum_v2", "experiment.json")
                .says("GET /api/v1/tokens", "tokens.json");
        assertThat(out("experiment", "list")).contains("momentum_v2");
        assertThat(out("experiment", "show", "momentum_v2"))
                .contains("xgboost_v2                7000    280           0.66")
                .contains("◔ wait");
        assertThat(out("token", "list")).contains("mei    approve, view").contains("admin");
    }
}
