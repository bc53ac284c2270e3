package dev.tranche.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.serving.Fault;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /explain` over real HTTP with real models.
class ExplainDoorTest {
    private static final List<String> APPLICANTS = Examples.applicants();

    @TempDir
    private static Path data;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data, new Examples());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noRateAndNoFault() {
        server.core().serving().faults().set(Examples.SCORECARD, Fault.NONE);
        server.core().access().tokens(_ -> Optional.empty());
    }

    private static Got explain(String body) throws Exception {
        return server.post("/explain", body);
    }

    private static JsonNode explained(String body) throws Exception {
        Got got = explain(body);
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        return got.json();
    }

    private static String xgboost(String features) {
        return "{\"model\":\"" + Examples.XGB + "\",\"features\":" + features + "}";
    }

    @Test
    void thePartsAddUpToTheMargin() throws Exception {
        for (String applicant : APPLICANTS.subList(0, 10)) {
            for (String body : List.of("{\"features\":" + applicant + "}", xgboost(applicant))) {
                JsonNode why = explained(body);
                double sum = 0;
                for (JsonNode line : why.get("contributions")) {
                    double columns = 0;
                    for (JsonNode column : line.get("columns")) {
                        columns += column.get("part").asDouble();
                    }
                    assertThat(line.get("part").asDouble()).isCloseTo(columns, within(1e-9));
                    sum += columns;
                }
                double direction = why.get("direction").asDouble();
                assertThat(why.get("base").asDouble() + direction * sum)
                        .isCloseTo(why.get("margin").asDouble(), within(1e-5));
            }
        }
    }

    @Test
    void itSaysWhatScoreWouldSayAndMore() throws Exception {
        for (String applicant : APPLICANTS.subList(0, 10)) {
            JsonNode score = server.score("E1", applicant).json();
            JsonNode why = explained("{\"loan_id\":\"E1\",\"features\":" + applicant + "}");
            assertThat(why.at("/model/name").asString()).isEqualTo(Examples.SCORECARD);
            assertThat(why.at("/policy/name").asString()).isEqualTo(Examples.POLICY);
            assertThat(why.get("decision")).isEqualTo(score.get("decision"));
            assertThat(why.get("risk_level")).isEqualTo(score.get("risk_level"));
            assertThat(why.get("reasons")).isEqualTo(score.get("reasons"));
            assertThat(why.get("method").asString()).isEqualTo("points_below_reference");
            assertThat(why.get("direction").asInt()).isEqualTo(-1);
        }
    }

    @Test
    void columnsStandUnderTheFeatureTheyWereMadeOf() throws Exception {
        JsonNode why = explained(xgboost(APPLICANTS.getFirst()));
        assertThat(why.get("method").asString()).isEqualTo("tree_path");
        assertThat(why.get("reference").asString()).isEqualTo("training sample, by the cover of the trees");
        double before = Double.POSITIVE_INFINITY;
        int columns = 0;
        for (JsonNode line : why.get("contributions")) {
            assertThat(line.get("features")).isNotEmpty();
            assertThat(line.get("part").asDouble()).isLessThanOrEqualTo(before);
            before = line.get("part").asDouble();
            columns += line.get("columns").size();
        }
        assertThat(columns).isGreaterThanOrEqualTo(why.get("contributions").size());
    }

    @Test
    void aPastDecisionIsExplainedByTheArtifactsThatDecided() throws Exception {
        int explained = 0;
        for (String applicant : APPLICANTS) {
            JsonNode score = server.post(
                            "/score",
                            "{\"loan_id\":\"P\",\"model\":\"" + Examples.XGB + "\",\"features\":" + applicant + "}")
                    .json();
            if (!score.get("source").asString().equals("model")) {
                continue; // late on a busy machine: the fallback rules answered
            }
            String id = score.get("decision_id").asString();
            JsonNode why = explained("{\"decision_id\":\"" + id + "\"}");
            assertThat(why.get("verdict").asString()).as(id).isEqualTo("EXACT");
            assertThat(why.get("decision_id").asString()).isEqualTo(id);
            assertThat(why.at("/model/name").asString()).isEqualTo(Examples.XGB);
            assertThat(why.get("reasons").toString())
                    .isEqualTo(score.get("reasons").toString());
            JsonNode recorded = server.get("/api/v1/decisions/" + id).json();
            boolean byModel = score.get("reasons")
                    .valueStream()
                    .anyMatch(reason -> reason.get("component").asString().equals("model"));
            if (byModel) {
                assertThat(recorded.get("reasons_method")).isEqualTo(why.get("method"));
                assertThat(recorded.get("reasons_reference")).isEqualTo(why.get("reference"));
                explained++;
            }
        }
        assertThat(explained).as("adverse decisions explained").isPositive();
    }

    @Test
    void nothingIsRecorded() throws Exception {
        long end = server.core().journal().end();
        explained("{\"features\":" + APPLICANTS.getFirst() + "}");
        assertThat(server.core().journal().end()).isEqualTo(end);
    }

    @Test
    void whatIsNotUnderstoodIsAProblem() throws Exception {
        refused("{", 400, "malformed_json");
        refused("[]", 400, "malformed_json");
        refused("{}", 400, "missing_field");
        refused("{\"features\":{},\"depth\":3}", 400, "unknown_field");
        refused("{\"decision_id\":7}", 400, "wrong_type");
        refused("{\"decision_id\":\"d0-0\",\"features\":{}}", 400, "wrong_type");
        refused("{\"decision_id\":\"nonsense\"}", 400, "invalid_decision_id");
        DecisionId none = new DecisionId(server.core().journal().node(), 999_999_999);
        refused("{\"decision_id\":\"" + none + "\"}", 404, "unknown_decision");
        refused("{\"model\":\"other_xgb_v1.0\",\"features\":{}}", 404, "unknown_model");
        refused("{\"features\":{\"duration\":\"soon\"}}", 422, "feature_rejected");
    }

    private static void refused(String body, int status, String code) throws Exception {
        Got got = explain(body);
        assertThat(got.status()).as(body + " " + got.body()).isEqualTo(status);
        assertThat(got.json().get("code").asString()).as(body).isEqualTo(code);
        assertThat(got.raw().headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void whatFallbackRulesAnsweredHasNoModelToExplain() throws Exception {
        server.core().serving().faults().set(Examples.SCORECARD, new Fault(0, 1, -1));
        JsonNode score = server.score("F", APPLICANTS.getFirst()).json();
        assertThat(score.get("source").asString()).isEqualTo("fallback_rules");
        refused("{\"decision_id\":\"" + score.get("decision_id").asString() + "\"}", 422, "not_scored");
        JsonNode without = TestServer.JSON.readTree(APPLICANTS.getFirst());
        ((ObjectNode) without).remove("credit_history");
        refused("{\"features\":" + without + "}", 422, "not_scored");
    }

    @Test
    void whoMayAskForAScoreMayAskWhyAndWhoReadsTheJournalMayAskOfThePast() throws Exception {
        String score = server.score("T", APPLICANTS.getFirst())
                .json()
                .get("decision_id")
                .asString();
        server.core()
                .access()
                .tokens(digest -> digest.equals(Access.digest("asks"))
                        ? Optional.of(new Principal("asks", Set.of(Role.PREDICT)))
                        : Optional.empty());
        assertThat(as("asks", "{\"features\":" + APPLICANTS.getFirst() + "}").status())
                .isEqualTo(200);
        Got past = as("asks", "{\"decision_id\":\"" + score + "\"}");
        assertThat(past.status()).isEqualTo(403);
        assertThat(past.json().get("allowed").asString()).isEqualTo("view");
        assertThat(as("nobody", "{}").status()).isEqualTo(401);
    }

    @Test
    void whoAsksTooOftenIsToldSoAndWhenToComeAgain(@TempDir Path folder) throws Exception {
        HttpDoors.Limits oneASecond = new HttpDoors.Limits(1 << 20, 1);
        try (TestServer slow = TestServer.start(
                folder,
                new Examples(),
                settings -> settings.withPlace(TestServer.AWAY).withLimits(oneASecond))) {
            String body = "{\"features\":" + APPLICANTS.getFirst() + "}";
            Got got = slow.post("/explain", body);
            assertThat(got.status()).as(got.body()).isEqualTo(200);
            for (int more = 0; more < 50 && got.status() == 200; more++) {
                got = slow.post("/explain", body);
            }
            assertThat(got.status()).as(got.body()).isEqualTo(429);
            assertThat(got.json().get("code").asString()).isEqualTo("rate_limit");
            assertThat(got.json().get("detail").asString()).contains("too many requests from");
            assertThat(got.raw().headers().firstValue("retry-after")).hasValue("1");
            assertThat(got.raw().headers().firstValue("content-type")).hasValue("application/problem+json");
        }
    }

    private static Got as(String token, String body) throws Exception {
        return server.send(server.bare("/explain")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
