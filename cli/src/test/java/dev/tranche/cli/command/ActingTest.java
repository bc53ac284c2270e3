package dev.tranche.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Commands that change something.
class ActingTest {
    private final RecordedDoor door = RecordedDoor.open();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        door.close();
    }

    private CommandRun run() {
        return CommandRun.at(door).in(folder);
    }

    private JsonNode sent() {
        return door.asked().getLast().json();
    }

    @Test
    void aRolloutIsReadAsYamlAndSentAsJson() throws IOException {
        Files.writeString(folder.resolve("rollout.yaml"), """
                rollout:
                  product: consumer_apply
                  stages:
                    - {mode: shadow, dwell: 7d, gates: ["requests >= 500"]}
                    - {mode: live, share: 5%, dwell: 14d}
                """);
        door.says("POST /api/v1/rollouts?reason=better%20Gini", "rollout-running.json");
        CommandRun.Ended ended = run().run("rollout", "start", "rollout.yaml", "--reason", "better Gini");
        assertThat(ended.code()).isZero();
        assertThat(sent().at("/rollout/stages/1/share").asString()).isEqualTo("5%");
        assertThat(ended.out())
                .contains("✔ pass    rollback rehearsal: 0.4 ms")
                .contains("tranche rollout watch ro-12");
    }

    @Test
    void aMistakeInYamlIsToldWithItsPlaceAndNotSent() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "rollout:\n  stages: [a, b\n");
        Files.writeString(folder.resolve("twice.json"), "{\"a\":1,\"a\":2}");
        CommandRun.Ended yaml = run().run("rollout", "start", "bad.yaml");
        assertThat(yaml.code()).isEqualTo(2);
        assertThat(yaml.err())
                .contains(
                        "bad.yaml is not well-formed YAML at line 2, column 16: while parsing a flow sequence, expected");
        assertThat(run().run("rollout", "start", "twice.json").err()).contains("twice.json is not well-formed JSON");
        assertThat(run().run("rollout", "start", "absent.yaml").err()).contains("there is no file absent.yaml");
        assertThat(door.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RolloutVerb.Verb.class)
    void everyVerbCarriesItsReason(RolloutVerb.Verb verb) {
        door.says("POST /api/v1/rollouts/ro-12/" + verb.word(), "rollout-running.json");
        CommandRun.Ended ended = run().run("rollout", verb.word(), "ro-12", "--reason", "坏账率上升");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Rollout ro-12 is RUNNING.");
        assertThat(sent().path("reason").asString()).isEqualTo("坏账率上升");
    }

    @Test
    void aReplayIsExactOrRefused() {
        door.says("POST /api/v1/decisions/d-1/replay", "replay-exact.json")
                .says("POST /api/v1/decisions/d-2/replay", "replay-different.json");
        assertThat(run().run("replay", "d-1").out()).startsWith("EXACT  d-1");
        CommandRun.Ended different = run().run("replay", "d-2");
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).contains("recorded  0.123456").contains("now       0.123457");
        assertThat(run().run("replay", "d-2", "--json").code()).isEqualTo(1);
    }

    @Test
    void applicationsAreScoredFromStandardInput() {
        door.says("POST /score", "score.json");
        CommandRun.Ended ended = run().typing("{\"age\": 35}").run("score", "--product", "consumer_apply");
        assertThat(ended.out())
                .contains("L1  DECLINE  score 0.612345  HIGH  consumer_apply_xgb_v1.0  0.42 ms  model")
                .contains("R01  Checking account is overdrawn")
                .contains("missing: age");
        assertThat(sent().at("/features/age").asInt()).isEqualTo(35);
        assertThat(sent().path("product").asString()).isEqualTo("consumer_apply");
        assertThat(sent().path("loan_id").asString()).startsWith("cli-");
    }

    @Test
    void manyApplicationsComeAsAListOrOneALine() throws IOException {
        door.says("POST /score", "score.json");
        Files.writeString(folder.resolve("list.json"), "[{\"loan_id\":\"A\",\"features\":{}},{\"features\":{}}]");
        assertThat(run().run("score", "list.json", "--loan-id", "B", "--json")
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(door.asked().stream()
                        .map(asked -> asked.json().path("loan_id").asString()))
                .containsExactly("A", "B");
        run().typing("{\"features\":{\"a\":1}}\n{\"features\":{\"a\":2}}\n").run("score");
        assertThat(sent().at("/features/a").asInt()).isEqualTo(2);
        assertThat(run().typing("7").run("score").code()).isEqualTo(2);
        assertThat(run().typing(" ").run("score").code()).isEqualTo(2);
    }

    @Test
    void anExplanationShowsThePartOfEachFeatureAndItsColumns() {
        door.says("POST /explain", "explain.json");
        CommandRun.Ended ended = run().typing("{\"age\": 35}").run("explain", "--product", "consumer_apply");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("consumer_apply_xgb_v1.0  DECLINE  score 0.612345")
                .contains("margin 0.457 = base -1.2 + the parts, by tree_path")
                .contains("against training sample, by the cover of the trees")
                .contains("+1.257000  purpose")
                .contains("purpose=car +1.200000, purpose=boat +0.057000")
                .contains("+0.400000  age")
                .contains("R02  Purpose of the loan");
        assertThat(sent().at("/features/age").asInt()).isEqualTo(35);
        assertThat(sent().path("product").asString()).isEqualTo("consumer_apply");
    }

    @Test
    void aPastDecisionIsExplainedByWhatDecided() {
        String exact = RecordedDoor.read("explain.json").replaceFirst("\\{", "{\"verdict\":\"EXACT\",");
        door.says("POST /explain", 200, exact);
        CommandRun.Ended ended = run().run("explain", "--decision", "d1-17");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("EXACT");
        assertThat(sent().toString()).isEqualTo("{\"decision_id\":\"d1-17\"}");
    }

    @Test
    void anIdInPlaceOfTheFileIsToldItsOption() {
        CommandRun.Ended ended = run().run("explain", "d1-17");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no file d1-17", "--decision=d1-17");
        assertThat(run().typing(" ").run("explain").err()).contains("standard input is empty");
    }

    @Test
    void aPastDecisionThatDoesNotComeOutAgainIsAFailure() {
        String different = RecordedDoor.read("explain.json").replaceFirst("\\{", "{\"verdict\":\"DIFFERENT\",");
        door.says("POST /explain", 200, different);
        assertThat(run().run("explain", "--decision", "d1-17", "--json").code()).isEqualTo(1);
    }

    @Test
    void aPredictionNamesItsModel() {
        door.says("POST /predict", "predict.json");
        CommandRun.Ended ended = run().typing("{\"features\":{}}").run("predict", "--model", "lstm_v1", "--unit", "u");
        assertThat(ended.out()).contains("0.87  lstm_v1.0  model");
        assertThat(sent().path("model_id").asString()).isEqualTo("lstm_v1");
        assertThat(sent().path("unit").asString()).isEqualTo("u");
    }

    @Test
    void evidenceIsWrittenToAFile() throws IOException {
        door.says("GET /api/v1/rollouts/ro-12/evidence", "evidence.json");
        assertThat(run().run("evidence", "ro-12", "--out", "e.json").code()).isZero();
        assertThat(Files.readString(folder.resolve("e.json"))).contains("rollout.started");
        assertThat(run().run("evidence", "ro-12").out()).contains("rollout.started");
        assertThat(run().run("evidence").code()).isEqualTo(2);
        assertThat(run().run("evidence", "ro-12", "--out", "no/such/folder/e.json")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void experimentsAreStartedAndStopped() throws IOException {
        Files.writeString(folder.resolve("e.yaml"), "experiment: {id: momentum_v2, models: [{id: a, weight: 0.3}]}");
        door.says("POST /api/v1/experiments", "experiment.json")
                .says("POST /api/v1/experiments/momentum_v2/stop", "done.json");
        assertThat(run().run("experiment", "start", "e.yaml").out()).contains("tranche experiment show momentum_v2");
        assertThat(sent().at("/experiment/models/0/weight").asDouble()).isEqualTo(0.3);
        assertThat(run().run("experiment", "stop", "momentum_v2", "--reason", "decided")
                        .out())
                .contains("momentum_v2 is stopped");
    }

    @Test
    void tokensSignalsFaultsAndDeletions() {
        door.says("POST /api/v1/tokens", "token.json")
                .says("POST /api/v1/signals", "done.json")
                .says("POST /api/v1/faults", "done.json")
                .says("DELETE /model/x_v1.0", 204, "")
                .says("DELETE /model/x_v1.0?reason=too%20old", 204, "")
                .says("DELETE /api/v1/tokens/mei", "done.json");
        assertThat(run().run("token", "create", "--name", "mei", "--role", "operate")
                        .out()
                        .strip())
                .isEqualTo("trk_secret");
        assertThat(run().run("token", "create", "--name", "mei", "--role", "king")
                        .code())
                .isEqualTo(2);
        run().run("signal", "--product", "p", "breaker", "HALTED");
        assertThat(sent().path("state").asString()).isEqualTo("HALTED");
        run().run("fault", "x_v1.0", "--delay-ms", "300", "--error-share", "0.2", "--remaining", "50");
        assertThat(sent().path("remaining").asLong()).isEqualTo(50);
        assertThat(run().run("fault", "x_v1.0").out()).contains("No fault in x_v1.0 any more");
        assertThat(run().run("models", "delete", "x_v1.0").out()).contains("Deleted x_v1.0");
        assertThat(run().run("models", "delete", "x_v1.0", "--reason", "too old")
                        .code())
                .isZero();
        assertThat(run().run("token", "revoke", "mei").out()).contains("opens nothing any more");
    }
}
