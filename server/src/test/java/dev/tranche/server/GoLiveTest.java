package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One server, spoken to as an engine and an operator speak to it: calibrations go out symbol by symbol and
/// come back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoLiveTest {
    private static final String FIRST = "divergence_btc_v1.0";
    private static final String SECOND = "divergence_btc_v1.1";
    private final Instant made = Instant.now().minus(Duration.ofDays(3));

    @TempDir
    static Path data;

    private final AtomicLong seq = new AtomicLong();
    private Lab lab;
    private String engine = "";
    private String good = "";

    @BeforeAll
    void start() throws InterruptedException {
        lab = Lab.start(data);
        engine = lab.post("/api/v1/tokens", "{\"name\": \"engine\", \"roles\": [\"measure\", \"view\"]}")
                .json()
                .path("token")
                .asString();
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private Lab.Said write(String... lines) {
        return lab.post("/write?precision=ms", String.join("\n", lines), engine);
    }

    private String line(String version, String entity, String fields) {
        return "tranche_signal,product=divergence,version=" + version + ",entity=" + entity
                + ",mode=read-only,sender=test seq=" + seq.incrementAndGet() + "," + fields + " "
                + System.currentTimeMillis();
    }

    private JsonNode slot() {
        return lab.get("/api/v1/routes/divergence").json().path("calibration");
    }

    private String start(String candidate, String strategy, String guards, String... stages) {
        Lab.Said said = lab.post(
                "/api/v1/rollouts",
                "rollout:\n  candidate: " + candidate + "\n  strategy: " + strategy + "\n  stages:\n"
                        + List.of(stages).stream()
                                .map(stage -> "    - " + stage + "\n")
                                .collect(Collectors.joining())
                        + "  guards: " + guards + "\n");
        Lab.expect(201, said);
        return said.json().path("id").asString();
    }

    private Lab.Said rollback(String body) {
        return lab.post("/api/v1/rollback", body);
    }

    private JsonNode backups() {
        return lab.get("/api/v1/backups?product=divergence").json().path("backups");
    }

    @Test
    @Order(1)
    void aCalibrationIsCheckedAndAFileThatContradictsItselfIsRefused() {
        Lab.Said said = lab.register(Calibrations.good(FIRST, made));
        Lab.expect(201, said);
        assertThat(said.json().path("kind").asString()).isEqualTo("CALIBRATION");
        assertThat(said.json().path("state").asString()).isEqualTo("VALIDATED");
        assertThat(said.json().path("checks").toString()).contains("acceptance", "horizons", "placebo", "consistent");
        String yaml = Calibrations.yaml("divergence_btc_v3.0", made);
        for (Map.Entry<String, String> wrong : Map.of(
                        "within: true", "within: false",
                        "win_rate: 0.61,", "win_rate: 0.54,",
                        "score_min: 60.5", "score_min: 59.5",
                        "rho: 0.11", "rho: -0.11",
                        "z_hi: 2.0", "z_hi: 0.5",
                        "found: \"58.1 %\", met: true", "found: \"51 %\", met: false")
                .entrySet()) {
            Lab.Said refused = lab.register(Calibrations.folder(yaml.replace(wrong.getKey(), wrong.getValue())));
            assertThat(refused.status()).as("%s: %s", wrong, refused.text()).isEqualTo(422);
            assertThat(refused.json()
                            .path("checks")
                            .valueStream()
                            .toList()
                            .getLast()
                            .path("verdict")
                            .asString())
                    .isEqualTo("fail");
        }
        Lab.Said missing = lab.register(Calibrations.folder(yaml.replace("  trials: 324\n  data", "  data")));
        assertThat(missing.status()).as(missing.text()).isEqualTo(400);
        assertThat(missing.text()).contains("trials");
    }

    @Test
    @Order(2)
    void anEngineDownloadsTheFilesAsTheyWereRegistered() {
        Lab.Said file = lab.get("/api/v1/versions/" + FIRST + "/files/calibration.yaml");
        Lab.expect(200, file);
        assertThat(file.json().at("/calibration/detector").asString()).isEqualTo("divergence-1");
        assertThat(lab.get("/api/v1/versions/" + FIRST + "/files/report.html").text())
                .contains("<title>study");
        Lab.Said none = lab.get("/api/v1/versions/" + FIRST + "/files/secrets.yaml");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.code()).isEqualTo("unknown_file");
    }

    @Test
    @Order(3)
    void acceptanceNotMetAStaleOneAndAnotherDetectorAreShownAndNeverReleased() {
        Lab.Said said = lab.register(Calibrations.notMet("divergence_btc_v4.0", made));
        Lab.expect(201, said);
        assertThat(said.json().path("state").asString()).isEqualTo("REGISTERED");
        assertThat(said.json().path("checks").toString()).contains("not met: acc@10 requires >= 55 %, found 50.8 %");
        Lab.expect(201, lab.register(Calibrations.good("divergence_btc_v5.0", made.minus(Duration.ofDays(90)))));
        Lab.expect(
                201,
                lab.register(Calibrations.folder(
                        Calibrations.yaml("divergence_btc_v6.0", made).replace("divergence-1", "divergence-9"))));
        for (Map.Entry<String, String> each : Map.of(
                        "divergence_btc_v4.0", "acceptance_not_met",
                        "divergence_btc_v5.0", "calibration_stale",
                        "divergence_btc_v6.0", "detector_incompatible")
                .entrySet()) {
            Lab.Said refused = lab.post(
                    "/api/v1/rollouts",
                    "rollout: {candidate: " + each.getKey()
                            + ", strategy: first, stages: [{mode: read-only, entities: [BTCUSDT]}]}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo(each.getValue());
        }
        Lab.Said points = lab.post("/api/v1/rollouts", "rollout: {candidate: divergence_btc_v4.0, strategy: first}");
        assertThat(points.json().path("checks")).hasSize(6);
        assertThat(points.json().path("detail").asString())
                .contains("acc@10 requires >= 55 %, found 50.8 %", "acc@10 p requires p x trials < 0.05");
        Lab.Said stranger = lab.post(
                "/api/v1/rollouts",
                "rollout: {candidate: " + FIRST
                        + ", strategy: first, stages: [{mode: read-only, entities: [DOGEUSDT]}]}");
        assertThat(stranger.code()).isEqualTo("symbol_not_calibrated");
        Lab.Said share = lab.post(
                "/api/v1/rollouts",
                "rollout: {candidate: " + FIRST + ", strategy: first, stages: [{mode: read-only, share: 5%}]}");
        assertThat(share.code()).isEqualTo("by_entity");
    }

    @Test
    @Order(4)
    void theWriteDoorTakesLinesOfItsRoleAndNamesBadOnes() {
        Lab.expect(204, write("# nothing"));
        Lab.Said partial = write(line(FIRST, "SOLUSDT", "events=1"), "nonsense", line(FIRST, "SOLUSDT", "events=-1"));
        assertThat(partial.status()).isEqualTo(400);
        assertThat(partial.code()).isEqualTo("partial_write");
        assertThat(partial.json().path("written").asInt()).isEqualTo(1);
        assertThat(partial.json().path("refused")).hasSize(2);
        assertThat(partial.json().at("/refused/0/line").asInt()).isEqualTo(2);
        assertThat(partial.json().at("/refused/1/reason").asString()).contains("events must be within 0..");
        assertThat(lab.post("/write?precision=h", "a b=1", engine).code()).isEqualTo("bad_value");
        assertThat(lab.post("/write", "a b=1", "").status()).isEqualTo(401);
        assertThat(lab.post("/api/v1/rollback", "{}", engine).status()).isEqualTo(403);
        assertThat(lab.post("/write", "\n".repeat(5_000), engine).code()).isEqualTo("bad_value");
        JsonNode seen = lab.get("/api/v1/measured?product=divergence").json().at("/products/divergence/0");
        assertThat(seen.path("entity").asString()).isEqualTo("SOLUSDT");
        assertThat(seen.path("events").asInt()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void symbolsGoReadOnlyOneAfterTheOtherThenLiveAndTheRouteTellsEachItsVersionAndMode() throws InterruptedException {
        lab.post(
                "/api/v1/configurations",
                "{\"product\": \"divergence\", \"sender\": \"host1\", \"file\": \"engine.yaml\", \"text\": \"good: 1\"}",
                engine);
        String id = start(
                FIRST,
                "first",
                "[\"error_rate > 2% for 1h\", \"closure_error > 15% for 1h\"]",
                "{mode: read-only, entities: [BTCUSDT], dwell: 1s, gates: [\"requests >= 100\", \"closure_error < 10%\"]}",
                "{mode: read-only, entities: [BTCUSDT, ETHUSDT], dwell: 0s, gates: [\"requests >= 100\", \"data_age < 10s\"]}",
                "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
        lab.rollout(id, r -> r.at("/gates/0/verdict").asString("").equals("broken"));
        assertThat(slot().at("/entities/BTCUSDT/0/mode").asString()).isEqualTo("read-only");
        assertThat(slot().path("others")).isEmpty();
        String signals = "events=120,closed_all=50,closed_bull=30,closed_bear=20,detection_latency=\"97:50\"";
        lab.rollout(id, r -> {
            write(line(FIRST, "BTCUSDT", signals));
            return r.at("/stage/index").asInt(-1) == 1;
        });
        assertThat(slot().path("entities").propertyNames()).containsExactly("BTCUSDT", "ETHUSDT");
        JsonNode waiting = lab.rollout(id, r -> {
            write(line(FIRST, "BTCUSDT", signals));
            return r.path("gates").toString().contains("nothing was heard of ETHUSDT");
        });
        assertThat(waiting.at("/stage/index").asInt()).isEqualTo(1);
        lab.rollout(id, r -> {
            write(line(FIRST, "BTCUSDT", signals), line(FIRST, "ETHUSDT", signals));
            return r.path("state").asString("").equals("COMPLETED");
        });
        assertThat(slot().at("/others/0/version").asString()).isEqualTo(FIRST);
        assertThat(slot().at("/others/0/mode").asString()).isEqualTo("live");
        good = backups().get(0).path("timestamp").asString();
        assertThat(backups().get(0).at("/live/calibration").asString()).isEqualTo(FIRST);
    }

    @Test
    @Order(6)
    void aSlowDetectorRollsBackByItself() throws InterruptedException {
        Lab.expect(201, lab.register(Calibrations.good(SECOND, made)));
        String id = start(
                SECOND,
                "canary",
                "[\"detection_latency_p95 > 20ms for 2s over 10s\"]",
                "{mode: read-only, entities: [BTCUSDT], dwell: 1h}",
                "{mode: live, entities: [BTCUSDT], dwell: 1h}");
        lab.rollout(id, r -> r.path("state").asString("").equals("RUNNING"));
        assertThat(slot().at("/entities/BTCUSDT").toString()).contains(FIRST, SECOND);
        JsonNode back = lab.rollout(id, r -> {
            write(line(SECOND, "BTCUSDT", "events=10,detection_latency=\"270:30\""));
            return r.path("state").asString("").equals("ROLLED_BACK");
        });
        assertThat(back.path("reason").asString()).contains("detection_latency_p95 > 20ms for 2s over 10s");
        assertThat(slot().path("entities")).isEmpty();
        assertThat(slot().path("live").asString()).isEqualTo(FIRST);
    }

    @Test
    @Order(7)
    void aSilentEngineIsUnavailableAndRollsBack() throws InterruptedException {
        String id = start(
                SECOND,
                "canary",
                "[\"availability < 99% for 2s over 10s\"]",
                "{mode: read-only, entities: [BTCUSDT], dwell: 1h}",
                "{mode: live, entities: [BTCUSDT], dwell: 1h}");
        lab.rollout(id, r -> r.path("state").asString("").equals("RUNNING"));
        write(line(SECOND, "BTCUSDT", "events=10"));
        JsonNode back = lab.rollout(id, r -> r.path("state").asString("").equals("ROLLED_BACK"));
        assertThat(back.path("reason").asString()).contains("availability < 99% for 2s over 10s");
    }

    @Test
    @Order(8)
    void anEmergencyTakesTheCandidateOffInAnyStateOnceAndKeepsTheReason() throws InterruptedException {
        assertThat(rollback("{\"type\": \"emergency\"}").code()).isEqualTo("missing_reason");
        for (String state : List.of("RUNNING", "PAUSED")) {
            String id = start(
                    SECOND,
                    "canary",
                    "[]",
                    "{mode: read-only, entities: [BTCUSDT, ETHUSDT], dwell: 1h}",
                    "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}");
            lab.rollout(id, r -> r.path("state").asString("").equals("RUNNING"));
            if (state.equals("PAUSED")) {
                Lab.expect(200, lab.post("/api/v1/rollouts/" + id + "/pause", "{\"reason\": \"looking\"}"));
            }
            Lab.Said off = rollback("{\"type\": \"emergency\", \"reason\": \"slo_violation\"}");
            Lab.expect(200, off);
            assertThat(off.json().path("rolled_back").toString()).contains(id);
            assertThat(slot().path("entities")).isEmpty();
            assertThat(slot().path("live").asString()).isEqualTo(FIRST);
            JsonNode history = lab.get("/api/v1/rollouts/" + id).json().path("history");
            assertThat(history.toString()).contains("emergency: slo_violation", "admin");
            Lab.Said again = rollback("{\"type\": \"emergency\", \"reason\": \"slo_violation\"}");
            assertThat(again.json().path("changed").asBoolean())
                    .as(again.text())
                    .isFalse();
            assertThat(slot().path("live").asString())
                    .as("only the candidate goes")
                    .isEqualTo(FIRST);
        }
    }

    @Test
    @Order(9)
    void aFullRollbackBringsTheGoodStateBackAndNotTheBadOneJustLeft() throws InterruptedException {
        String id = start(SECOND, "canary", "[]", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
        lab.rollout(id, r -> r.path("state").asString("").equals("COMPLETED"));
        String configuration =
                "{\"product\": \"divergence\", \"sender\": \"host1\", \"file\": \"engine.yaml\", \"text\": \"%s\"}";
        Lab.expect(201, lab.post("/api/v1/configurations", configuration.formatted("bad: 1"), engine));
        Lab.expect(200, lab.post("/api/v1/configurations", configuration.formatted("bad: 1"), engine));
        assertThat(slot().path("live").asString()).isEqualTo(SECOND);
        Lab.Said unknown = rollback(
                "{\"type\": \"full\", \"backup_timestamp\": \"2020-01-01T00:00:00Z\", \"reason\": \"performance\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("allowed").asString()).contains(good);
        assertThat(rollback("{\"type\": \"full\", \"reason\": \"performance\"}").status())
                .isEqualTo(400);
        String full = "{\"type\": \"full\", \"backup_timestamp\": \"" + good + "\", \"reason\": \"performance_issue\"}";
        String busy = start(FIRST, "canary", "[]", "{mode: live, entities: [BTCUSDT], dwell: 1h}");
        lab.rollout(busy, r -> r.path("state").asString("").equals("RUNNING"));
        Lab.Said back = rollback(full);
        Lab.expect(200, back);
        assertThat(back.json().path("rolled_back").toString()).contains(busy);
        assertThat(back.json().at("/configurations/0/text").asString()).isEqualTo("good: 1");
        assertThat(slot().path("live").asString()).isEqualTo(FIRST);
        assertThat(slot().path("reason").asString()).contains(good, "performance_issue");
        Lab.expect(201, lab.post("/api/v1/configurations", configuration.formatted("good: 1"), engine));
        Lab.Said again = rollback(full);
        assertThat(again.json().path("changed").asBoolean()).as(again.text()).isFalse();
        JsonNode newest = backups().get(0);
        assertThat(newest.at("/live/calibration").asString()).isEqualTo(FIRST);
    }

    @Test
    @Order(10)
    void anEmergencyAfterTheEndTakesWhatTheRolloutBroughtInAndNothingMore() throws InterruptedException {
        String id = start(SECOND, "canary", "[]", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
        lab.rollout(id, r -> r.path("state").asString("").equals("COMPLETED"));
        rollback("{\"type\": \"emergency\", \"reason\": \"a\"}");
        assertThat(slot().path("live").asString()).isEqualTo(FIRST);
        rollback("{\"type\": \"emergency\", \"reason\": \"b\"}");
        assertThat(slot().path("live").asString()).isEqualTo(FIRST);
    }

    @Test
    @Order(11)
    void theDoorsAnswerAsTheyAreDescribed() {
        OpenApi api = new OpenApi(lab.get("/openapi.json").json());
        Lab.Said partial = write("nonsense");
        assertThat(api.wrong("post", "/write", partial)).isEmpty();
        assertThat(api.wrong("get", "/api/v1/measured", lab.get("/api/v1/measured")))
                .isEmpty();
        assertThat(api.wrong("get", "/api/v1/backups", lab.get("/api/v1/backups")))
                .isEmpty();
        assertThat(api.wrong("get", "/api/v1/routes/{product}", lab.get("/api/v1/routes/divergence")))
                .isEmpty();
        Lab.Said back = rollback("{\"type\": \"full\", \"backup_timestamp\": \"" + good + "\", \"reason\": \"again\"}");
        assertThat(back.json().path("configurations")).isNotEmpty();
        assertThat(api.wrong("post", "/api/v1/rollback", back)).isEmpty();
        Lab.Said refused = lab.post("/api/v1/rollouts", "rollout: {candidate: divergence_btc_v4.0, strategy: first}");
        assertThat(refused.code()).isEqualTo("acceptance_not_met");
        assertThat(api.wrong("post", "/api/v1/rollouts", refused)).isEmpty();
        assertThat(api.wrong("post", "/api/v1/configurations", lab.post("/api/v1/configurations", "{}", engine)))
                .isEmpty();
    }

    @Test
    @Order(12)
    void aRestartKnowsTheRouteTheBackupsAndWhatWasMeasured() throws InterruptedException {
        int before = backups().size();
        String measured = lab.get("/api/v1/measured?product=divergence")
                .json()
                .at("/products/divergence/0/newest")
                .asString();
        lab.restart();
        assertThat(slot().path("live").asString()).isEqualTo(FIRST);
        assertThat(backups()).hasSize(before);
        assertThat(lab.get("/api/v1/measured?product=divergence")
                        .json()
                        .at("/products/divergence/0/newest")
                        .asString())
                .isEqualTo(measured);
    }
}
