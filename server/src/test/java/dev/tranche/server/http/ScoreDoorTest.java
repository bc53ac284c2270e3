package dev.tranche.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.Examples;
import dev.tranche.server.RouteWing;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.serving.Fault;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The hot doors over real HTTP with real models, and the database away all the while.
class ScoreDoorTest {
    private static final Examples EXAMPLES = new Examples();
    private static final List<String> APPLICANTS = Examples.applicants();

    @TempDir
    private static Path data;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data, EXAMPLES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noFaults() {
        for (String version : List.of(Examples.SCORECARD, Examples.XGB)) {
            server.core().serving().faults().set(version, Fault.NONE);
        }
    }

    @Test
    void scoreAnswersWithTheSeedsFields() throws Exception {
        Got got = server.score("L1", APPLICANTS.getFirst());
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        JsonNode answer = got.json();
        assertThat(answer.propertyNames())
                .startsWith("loan_id", "score", "risk_level", "model_version", "reject_reasons", "latency_ms");
        assertThat(answer.get("loan_id").asString()).isEqualTo("L1");
        assertThat(answer.get("score").asDouble()).isBetween(0.0, 1.0);
        assertThat(got.body())
                .containsPattern("\"score\":0\\.\\d{6},")
                .containsPattern("\"latency_ms\":\\d+\\.\\d{2},");
        assertThat(answer.get("risk_level").asString()).isIn("LOW", "MEDIUM", "HIGH");
        assertThat(answer.get("model_version").asString()).isEqualTo(Examples.SCORECARD);
        assertThat(answer.get("source").asString()).isEqualTo("model");
        assertThat(answer.get("decision").asString()).isIn("APPROVE", "REVIEW", "DECLINE");
    }

    @Test
    void predictAnswersWithTheSeedsFields() throws Exception {
        Got got =
                server.post("/predict", "{\"model_id\":\"consumer_apply\",\"features\":" + APPLICANTS.getFirst() + "}");
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        JsonNode answer = got.json();
        assertThat(answer.propertyNames()).startsWith("request_id", "prediction", "model_version", "timestamp");
        assertThat(answer.get("model_version").asString()).isEqualTo("1.0.0");
        assertThat(answer.get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    }

    @Test
    void everyAnswerIsADecisionThatReplaysExactly() throws Exception {
        for (int i = 0; i < APPLICANTS.size(); i++) {
            String id = server.score("R" + i, APPLICANTS.get(i))
                    .json()
                    .get("decision_id")
                    .asString();
            Got replay = server.post("/api/v1/decisions/" + id + "/replay", "{}");
            assertThat(replay.json().get("verdict").asString())
                    .as(replay.body())
                    .isEqualTo("EXACT");
        }
        Got one = server.get("/api/v1/decisions?product=consumer_apply&limit=1");
        assertThat(one.json().get("decisions").size()).isEqualTo(1);
        assertThat(one.json().get("decisions").get(0).get("features").size()).isGreaterThan(10);
    }

    @Test
    void adverseDecisionsOweTheirReasons() throws Exception {
        boolean adverse = false;
        for (String applicant : APPLICANTS) {
            JsonNode answer = server.score("A", applicant).json();
            boolean approved = answer.get("decision").asString().equals("APPROVE");
            assertThat(answer.get("reject_reasons").isEmpty())
                    .as(answer.toString())
                    .isEqualTo(approved);
            assertThat(answer.get("reasons").size())
                    .isEqualTo(answer.get("reject_reasons").size());
            adverse |= !approved;
        }
        assertThat(adverse).as("the golden rows hold an adverse decision").isTrue();
    }

    @Test
    void missingFeaturesFollowTheSchemaAndTheAnswerSaysSo() throws Exception {
        String full = APPLICANTS.getFirst();
        JsonNode defaulted = server.score("M1", without(full, "other_parties")).json();
        assertThat(defaulted.get("defaulted").toString()).contains("other_parties");
        JsonNode allowed = server.score("M2", without(full, "checking_status")).json();
        assertThat(allowed.get("missing").toString()).contains("checking_status");
        assertThat(allowed.get("source").asString()).isEqualTo("model");
        Got rejected = server.score("M3", without(full, "duration"));
        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.json().get("value").asString()).isEqualTo("duration");
        JsonNode fallback = server.score("M4", without(full, "credit_history")).json();
        assertThat(fallback.get("source").asString()).isEqualTo("fallback_rules");
    }

    private static String without(String features, String name) {
        JsonNode tree = TestServer.JSON.readTree(features);
        ((ObjectNode) tree).remove(name);
        return tree.toString();
    }

    @Test
    void atTheDeadlineTheFallbackRulesAnswer() throws Exception {
        server.core().serving().faults().set(Examples.SCORECARD, new Fault(2000, 0, -1));
        long begun = System.nanoTime();
        Got got = server.score("D1", APPLICANTS.getFirst());
        long millis = (System.nanoTime() - begun) / 1_000_000;
        assertThat(got.json().get("source").asString()).isEqualTo("fallback_rules");
        assertThat(got.json().get("latency_ms").asDouble()).isBetween(199.0, 1000.0);
        assertThat(millis).isLessThan(1900);
        JsonNode decision = server.get(
                        "/api/v1/decisions/" + got.json().get("decision_id").asString())
                .json();
        assertThat(decision.get("fallback_cause").asString()).isEqualTo("deadline");
        assertThat(server.post("/api/v1/decisions/" + decision.get("id").asString() + "/replay", "{}")
                        .json()
                        .get("verdict")
                        .asString())
                .isEqualTo("EXACT");
    }

    @Test
    void aModelThatFailsIsAnsweredByTheFallbackRules() throws Exception {
        Got set = server.post(
                "/api/v1/faults", "{\"version\":\"" + Examples.SCORECARD + "\",\"error_share\":1.0,\"remaining\":1}");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        JsonNode failed = server.score("F1", APPLICANTS.getFirst()).json();
        assertThat(failed.get("source").asString()).isEqualTo("fallback_rules");
        JsonNode next = server.score("F2", APPLICANTS.getFirst()).json();
        assertThat(next.get("source").asString()).isEqualTo("model");
    }

    @Test
    void aPinnedVersionAnswersWhenWarmAndStaysOutOfTheWindows() throws Exception {
        Got warm = server.post(
                "/score",
                "{\"model\":\"" + Examples.XGB + "\",\"loan_id\":\"P1\",\"features\":" + APPLICANTS.getFirst() + "}");
        assertThat(warm.json().get("model_version").asString()).as(warm.body()).isEqualTo(Examples.XGB);
        JsonNode decision = server.get(
                        "/api/v1/decisions/" + warm.json().get("decision_id").asString())
                .json();
        assertThat(decision.get("placement").get("role").asString()).isEqualTo("pinned");
        server.settle();
        assertThat(server.get("/api/v1/windows?product=consumer_apply").body()).doesNotContain(Examples.XGB);
        Got unknown = server.post(
                "/score",
                "{\"model\":\"consumer_apply_xgb_v9.0\",\"loan_id\":\"P2\",\"features\":" + APPLICANTS.getFirst()
                        + "}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("code").asString()).isEqualTo("unknown_model");
    }

    @Test
    void fieldsMayComeInAnyOrder() throws Exception {
        server.core().routes().implied("nobody");
        try {
            Got got = server.post(
                    "/score",
                    "{\"features\":" + APPLICANTS.getFirst() + ",\"product\":\"consumer_apply\",\"loan_id\":\"O1\"}");
            assertThat(got.status()).as(got.body()).isEqualTo(200);
            Got same = server.post(
                    "/score",
                    "{\"product\":\"consumer_apply\",\"loan_id\":\"O1\",\"features\":" + APPLICANTS.getFirst() + "}");
            assertThat(same.json().get("score")).isEqualTo(got.json().get("score"));
            assertThat(server.score("O2", APPLICANTS.getFirst()).status()).isEqualTo(404);
        } finally {
            server.core().routes().implied(null);
        }
    }

    @Test
    void badInputGetsAClearProblemAndNeverAStackTrace() throws Exception {
        problem(server.post("/score", "{\"loan_id\":\"X\",\"features\":{"), 400, "malformed_json");
        problem(server.post("/score", "[]"), 400, "malformed_json");
        problem(server.post("/score", "{} {}"), 400, "malformed_json");
        problem(server.score("X", "{\"age\":NaN}"), 400, "malformed_json");
        problem(server.score("X", "{\"age\":1e999}"), 400, "not_finite");
        problem(server.score("X", "{\"age\":{}}"), 400, "wrong_type");
        problem(server.score("X", "7"), 400, "wrong_type");
        problem(server.score("X", "{\"age\":30,\"age\":31}"), 400, "duplicate_feature");
        problem(server.post("/score", "{\"loan_id\":\"X\"}"), 400, "missing_field");
        problem(server.post("/score", "{\"features\":" + APPLICANTS.getFirst() + "}"), 400, "missing_field");
        problem(server.post("/score", "{\"loan_id\":\"X\",\"feature\":{}}"), 400, "unknown_field");
        problem(server.score("X", "{\"age\":" + "[".repeat(200) + "]".repeat(200) + "}"), 400, "json_limit");
        problem(server.score("X", "{\"age\":\"old\"}"), 422, "feature_rejected");
        problem(
                server.post("/score", "{\"product\":\"mortgage\",\"loan_id\":\"X\",\"features\":{}}"),
                404,
                "unknown_model");
        problem(server.score("X", "{\"purpose\":\"" + "x".repeat(2 << 20) + "\"}"), 413, "body_too_large");
        problem(server.get("/nowhere"), 404, "not_found");
        problem(server.get("/score"), 405, "method_not_allowed");
        assertThat(server.score("X", APPLICANTS.getFirst()).status()).isEqualTo(200);
    }

    @Test
    void whoeverSendsTooMuchLearnsItAndIsNotCutOff() throws Exception {
        String large = "x".repeat(3 << 20);
        List<Callable<Void>> senders = Collections.nCopies(4, () -> {
            for (int i = 0; i < 10; i++) {
                problem(server.post("/score", large), 413, "body_too_large");
                problem(server.post("/explain", large), 413, "body_too_large");
                problem(
                        server.send(server.request("/predict")
                                .POST(HttpRequest.BodyPublishers.ofByteArrays(
                                        Collections.nCopies(300, new byte[10_000])))),
                        413,
                        "body_too_large");
                problem(
                        server.send(server.bare("/score").POST(HttpRequest.BodyPublishers.ofString(large))),
                        401,
                        "not_authenticated");
            }
            return null;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        }
    }

    private static void problem(Got got, int status, String code) {
        assertThat(got.status()).as(got.body()).isEqualTo(status);
        assertThat(got.raw().headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(got.json().get("code").asString()).isEqualTo(code);
        assertThat(got.json().get("status").asInt()).isEqualTo(status);
        assertThat(got.body()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void withoutATokenOnlyHealthAndMetricsAnswer() throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{\"loan_id\":\"X\",\"features\":{}}");
        problem(server.send(server.bare("/score").POST(body)), 401, "not_authenticated");
        problem(
                server.send(server.bare("/score")
                        .header("Authorization", "Bearer wrong")
                        .POST(body)),
                401,
                "not_authenticated");
        problem(server.send(server.bare("/api/v1/decisions").GET()), 401, "not_authenticated");
        assertThat(server.send(server.bare("/health").GET())
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("ok");
        assertThat(server.send(server.bare("/health").GET())
                        .json()
                        .get("model_loaded")
                        .asBoolean())
                .isTrue();
        server.score("X", APPLICANTS.getFirst());
        server.settle();
        assertThat(server.send(server.bare("/metrics").GET()).body())
                .contains("tranche_decisions_total{")
                .contains("tranche_decision_latency_seconds_bucket");
        Got full = server.send(
                server.bare("/healthcheck").POST(HttpRequest.BodyPublishers.ofString("{\"component\":\"full\"}")));
        assertThat(full.json().get("components").propertyNames())
                .contains("store", "journal", "models", "disk", "memory");
        assertThat(full.json().get("components").get("store").get("state").asString())
                .isEqualTo("degraded");
    }

    @Test
    void outcomesAreJoinedOnceByDecisionOrByLoan() throws Exception {
        String decision = server.score("OUT1", APPLICANTS.getFirst())
                .json()
                .get("decision_id")
                .asString();
        server.score("OUT2", APPLICANTS.get(1));
        Got first = server.post("/api/v1/outcomes", "{\"decision_id\":\"" + decision + "\",\"outcome\":1}");
        assertThat(first.json().get("accepted").asInt()).as(first.body()).isEqualTo(1);
        Got again = server.post(
                "/api/v1/outcomes",
                "{\"outcomes\":[{\"loan_id\":\"OUT1\",\"outcome\":1},{\"loan_id\":\"OUT2\",\"outcome\":0},"
                        + "{\"loan_id\":\"OUT1\",\"outcome\":0}]}");
        assertThat(again.json().get("accepted").asInt()).isEqualTo(1);
        assertThat(again.json().get("duplicates").asInt()).isEqualTo(1);
        assertThat(again.json().get("conflicts").toString()).contains("OUT1");
        problem(server.post("/api/v1/outcomes", "{\"loan_id\":\"OUT1\",\"outcome\":2}"), 400, "invalid_outcome");
        problem(server.post("/api/v1/outcomes", "{\"outcome\":1}"), 400, "missing_field");
        problem(
                server.post("/api/v1/outcomes", "{\"decision_id\":\"nonsense\",\"outcome\":1}"),
                400,
                "invalid_decision_id");
    }

    @Test
    void aRouteSwapMovesTheNextRequest() throws Exception {
        long epoch = 1000;
        server.core().routes().swap(RouteWing.route(EXAMPLES, epoch + 1, Examples.XGB, null));
        assertThat(server.score("S1", APPLICANTS.getFirst())
                        .json()
                        .get("model_version")
                        .asString())
                .isEqualTo(Examples.XGB);
        server.core().routes().swap(RouteWing.route(EXAMPLES, epoch + 2, Examples.SCORECARD, null));
        assertThat(server.score("S1", APPLICANTS.getFirst())
                        .json()
                        .get("model_version")
                        .asString())
                .isEqualTo(Examples.SCORECARD);
        assertThat(server.core().routes().swap(RouteWing.route(EXAMPLES, epoch, Examples.XGB, null)))
                .as("an older route never comes back")
                .isFalse();
    }
}
