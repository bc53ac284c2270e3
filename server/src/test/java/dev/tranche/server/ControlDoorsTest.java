package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.artifact.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One server with people on it: approvals, parameters by symbol, experiments, evidence, a restart and a lost
/// database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControlDoorsTest {
    private static final String XGB = "consumer_apply_xgb_v1.0";
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";

    @TempDir
    static Path data;

    private Lab lab;

    @BeforeAll
    void start() throws InterruptedException {
        lab = Lab.start(data);
        lab.scorecardLive();
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private String token(String name, String roles) {
        Lab.Said said = lab.post("/api/v1/tokens", "{\"name\": \"" + name + "\", \"roles\": " + roles + "}");
        Lab.expect(201, said);
        return said.json().path("token").asString();
    }

    @Test
    @Order(1)
    void whoStartsCannotApproveAndSomebodyElseCan() throws InterruptedException {
        String mei = token("mei", "[\"operate\", \"approve\", \"view\"]");
        String wang = token("wang", "[\"approve\"]");
        Lab.Said started = lab.post("/api/v1/rollouts", """
                rollout:
                  candidate: consumer_apply_xgb_v1.0
                  strategy: blue-green
                  approvals: {before: [live], count: 1}
                """, mei);
        Lab.expect(201, started);
        String path = "/api/v1/rollouts/" + started.json().path("id").asString();
        Lab.Said own = lab.post(path + "/approve", "{\"reason\": \"fine\"}", mei);
        assertThat(own.status()).isEqualTo(422);
        assertThat(own.code()).isEqualTo("own_rollout");
        assertThat(lab.post(path + "/approve", "{}", wang).code()).isEqualTo("missing_reason");
        assertThat(lab.post(path + "/pause", "{\"reason\": \"x\"}", wang).status())
                .isEqualTo(403);
        Lab.expect(200, lab.post(path + "/approve", "{\"reason\": \"looked at it\"}", wang));
        JsonNode done = lab.rollout(
                started.json().path("id").asString(), r -> !r.path("active").asBoolean(true));
        assertThat(done.path("state").asString()).as("%s", done).isEqualTo("COMPLETED");
        assertThat(lab.delete("/model/" + XGB).code()).isEqualTo("live");
        assertThat(lab.get("/api/v1/tokens").text()).contains("mei").doesNotContain("tr_");
    }

    @Test
    @Order(2)
    void theEvidenceHoldsByItselfAndAChangedByteIsFound() throws GeneralSecurityException {
        JsonNode rollouts = lab.get("/api/v1/rollouts").json().path("rollouts");
        String id = rollouts.get(0).path("id").asString();
        JsonNode evidence = lab.get("/api/v1/rollouts/" + id + "/evidence").json();
        assertThat(evidence.path("checklist")).hasSize(5);
        assertThat(evidence.path("approvals").toString()).contains("wang", "looked at it");
        assertThat(evidence.path("versions").toString()).contains("\"digest\":");
        assertThat(evidence.path("events").size()).isGreaterThan(4);
        for (JsonNode event : evidence.path("events")) {
            assertThat(hash(event, event.path("payload").asString()))
                    .isEqualTo(event.path("hash").asString());
            assertThat(hash(event, event.path("payload").asString() + " "))
                    .isNotEqualTo(event.path("hash").asString());
        }
    }

    /// The chain's formula, written down a second time.
    private static String hash(JsonNode event, String payload) throws GeneralSecurityException {
        Instant at = Instant.parse(event.path("at").asString());
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(ByteBuffer.allocate(24)
                .putLong(event.path("seq").asLong())
                .putLong(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000)
                .putLong(event.path("epoch").asLong())
                .array());
        for (String text : List.of(
                event.path("actor").asString(),
                event.path("subject").asString(),
                event.path("kind").asString(),
                payload)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha.update(bytes);
        }
        return HexFormat.of()
                .formatHex(sha.digest(
                        HexFormat.of().parseHex(event.path("prev_hash").asString())));
    }

    @Test
    @Order(3)
    void aParameterSetIsRolledOutByListOfSymbols() throws InterruptedException {
        for (String minor : List.of("0", "1")) {
            Lab.expect(
                    201,
                    lab.register(Map.of(
                            "parameters.yaml",
                            Zips.utf8("parameters: {name: divergence_swing_v1." + minor + ", values: {lookback: 1"
                                    + minor + "}}"))));
        }
        Lab.Said first = lab.post("/api/v1/rollouts", "rollout: {candidate: divergence_swing_v1.0, strategy: first}");
        Lab.expect(201, first);
        lab.rollout(
                first.json().path("id").asString(),
                r -> r.path("state").asString().equals("COMPLETED"));
        Lab.Said started = lab.post("/api/v1/rollouts", """
                rollout:
                  candidate: divergence_swing_v1.1
                  strategy: canary
                  stages:
                    - {mode: read-only, entities: [BTCUSDT], dwell: 0s}
                    - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                  guards: ["breaker = HALTED"]
                """);
        Lab.expect(201, started);
        String id = started.json().path("id").asString();
        lab.rollout(id, r -> r.path("stage").path("index").asInt(-1) == 1);
        JsonNode slot = lab.get("/api/v1/routes/divergence").json().path("parameters");
        assertThat(slot.path("live").asString()).isEqualTo("divergence_swing_v1.0");
        assertThat(slot.at("/candidate/audience").asString()).isEqualTo("BTCUSDT,ETHUSDT");
        Lab.expect(
                202,
                lab.post(
                        "/api/v1/signals",
                        "{\"product\": \"divergence\", \"name\": \"breaker\", \"state\": \"HALTED\"}"));
        JsonNode back = lab.rollout(id, r -> r.path("state").asString().equals("ROLLED_BACK"));
        assertThat(back.path("reason").asString()).contains("breaker = HALTED");
        assertThat(lab.get("/api/v1/routes/divergence")
                        .json()
                        .path("parameters")
                        .has("candidate"))
                .isFalse();
    }

    @Test
    @Order(4)
    void anExperimentIsStartedReadOutAndStopped() throws InterruptedException {
        Lab.Said later = lab.post("/abtests", experiment("sharpe_ratio"));
        assertThat(later.status()).isEqualTo(422);
        assertThat(later.code()).isEqualTo("metric_later");
        Lab.expect(201, lab.post("/abtests", experiment("approval_rate")));
        List<JsonNode> applicants = Lab.applicants(XGB);
        Lab.await(
                "the route with the experiment",
                Duration.ofSeconds(20),
                () -> {
                    Lab.expect(200, lab.score(applicants));
                    return lab.get("/api/v1/experiments/trial").json();
                },
                x -> x.at("/readout/arms/0/count").asLong() > 20
                        && x.at("/readout/arms/1/count").asLong() > 20);
        JsonNode readout = lab.get("/api/v1/experiments").json().at("/experiments/0/readout");
        assertThat(readout.at("/arms/0/id").asString()).isEqualTo(SCORECARD);
        assertThat(readout.path("arms").toString()).contains("approval_rate", "latency_p95_ms");
        assertThat(readout.path("comparisons").toString()).contains("approval_rate");
        assertThat(readout.at("/sample_ratio/verdict").asString()).isIn("pass", "wait");
        assertThat(lab.post("/abtests", experiment("approval_rate")).status()).isEqualTo(409);
        Lab.expect(200, lab.post("/api/v1/experiments/trial/stop", "{\"reason\": \"seen enough\"}"));
        assertThat(lab.get("/api/v1/experiments/trial").json().path("state").asString())
                .isEqualTo("STOPPED");
    }

    private static String experiment(String metric) {
        return "experiment: {id: trial, models: [{id: " + SCORECARD + ", weight: 0.5}, {id: " + XGB
                + ", weight: 0.5}], metrics: [" + metric + "]}";
    }

    @Test
    @Order(5)
    void aRestartInTheMiddleKeepsStagesAndDurations() throws InterruptedException {
        Lab.Said started = lab.post("/api/v1/rollouts", """
                rollout:
                  candidate: consumer_apply_lgbm_v1.0
                  strategy: canary
                  stages: [{mode: live, share: 50%, dwell: 1h}]
                  guards: ["error_rate > 1% for 10m over 5s"]
                """);
        Lab.expect(201, started);
        String id = started.json().path("id").asString();
        JsonNode before;
        try (Traffic traffic = Traffic.flow(lab, "consumer_apply_lgbm_v1.0")) {
            lab.rollout(id, r -> r.path("state").asString().equals("RUNNING"));
            Lab.expect(
                    200,
                    lab.post("/api/v1/faults", "{\"version\": \"consumer_apply_lgbm_v1.0\", \"error_share\": 0.5}"));
            before = lab.rollout(id, r -> r.at("/guards/0/bad_for_seconds").asDouble(0) >= 4);
            assertThat(traffic.answers()).isNotEmpty();
        }
        lab.restart();
        JsonNode after = lab.rollout(id, r -> r.path("history").toString().contains("measuring-interrupted"));
        assertThat(after.at("/stage/entered_at").asString())
                .isEqualTo(before.at("/stage/entered_at").asString());
        assertThat(after.at("/guards/0/bad_for_seconds").asDouble())
                .isGreaterThanOrEqualTo(before.at("/guards/0/bad_for_seconds").asDouble() - 3);
        assertThat(lab.score(Lab.applicants(XGB)).status()).isEqualTo(200);
        Lab.expect(200, lab.post("/api/v1/rollouts/" + id + "/abort", "{\"reason\": \"test is over\"}"));
        assertThat(lab.get("/api/v1/rollouts/" + id).json().path("state").asString())
                .isEqualTo("ABORTED");
    }

    @Test
    @Order(6)
    void withoutTheDatabaseControlIsRefusedAndServingGoesOn() throws InterruptedException, IOException {
        long pid = postmaster();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        Lab.Said refused =
                lab.post("/api/v1/signals", "{\"product\": \"p\", \"name\": \"breaker\", \"state\": \"CLOSED\"}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(lab.score(Lab.applicants(XGB)).status()).isEqualTo(200);
        assertThat(lab.get("/api/v1/routes").status()).isEqualTo(200);
        Lab.await(
                "control after the database came back",
                Duration.ofSeconds(60),
                () -> Lab.JSON.valueToTree(Map.of(
                        "status",
                        lab.post(
                                        "/api/v1/signals",
                                        "{\"product\": \"p\", \"name\": \"breaker\", \"state\": \"CLOSED\"}")
                                .status())),
                said -> said.path("status").asInt() == 202);
    }

    private static long postmaster() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            Path file = files.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(Files.readAllLines(file).getFirst().strip());
        }
    }
}
