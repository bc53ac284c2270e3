package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The doors that the users' documents name, field by field.
class SeedDoorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    private static final String IDLE = "consumer_apply_lgbm_v1.0";
    private static final String GONE = "consumer_apply_xgb_v2.0";
    private static final int GOLDEN_ROWS = 25;
    /// Margins are equal to the bit; the link from points to a probability may differ in its last bits.
    private static final double OUTPUT_TOLERANCE = 1e-14;

    @TempDir
    static Path data;

    private static Product product;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        product = Product.startWithScorecard(data);
        product.must("register", Product.CREDIT.resolve(IDLE).toString());
        product.must("register", Product.CREDIT.resolve(GONE).toString());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @Promise({
        "000 §3.1 POST /predict runs a prediction of the model",
        "000 §3.2 the answer carries request_id, prediction, model_version as 1.0.0 and timestamp"
    })
    void predictAnswersWithTheFieldsOfTheSeedAndTheGoldenOutput() throws IOException, InterruptedException {
        Path samples = Product.CREDIT.resolve(SCORECARD).resolve("samples.jsonl");
        for (String line : Files.readAllLines(samples).subList(0, GOLDEN_ROWS)) {
            JsonNode golden = JSON.readTree(line);
            ObjectNode request = JSON.createObjectNode().put("model_id", SCORECARD);
            request.set("features", golden.path("input"));
            Instant before = Instant.now();
            Product.Answer answer = product.post("/predict", request.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode said = answer.json();
            double expected = golden.path("output").path(0).asDouble();
            assertThat(said.path("prediction").isNumber()).isTrue();
            assertThat(said.path("prediction").asDouble()).isCloseTo(expected, within(OUTPUT_TOLERANCE));
            assertThat(said.path("request_id").asString()).isNotBlank();
            assertThat(said.path("model_version").asString()).isEqualTo("1.0.0");
            assertThat(Instant.parse(said.path("timestamp").asString()))
                    .isBetween(before.minusSeconds(1), Instant.now());
        }
    }

    @Test
    @Promise({
        "004 §8.3.1 POST /score answers with loan_id, score, risk_level, model_version, reject_reasons and latency_ms",
        "004 §8.3.1 the score has six decimals and the latency two",
        "004 §8.3.1 risk_level is HIGH, MEDIUM or LOW by the cutoffs of the score",
        "004 §8.3.1 a refusal carries its reason codes"
    })
    void scoreAnswersWithTheFieldsOfTheSeed() throws IOException, InterruptedException {
        int declined = 0;
        for (String loan : Crowd.loans("seed", 40)) {
            Product.Answer answer = product.post(
                    "/score", Crowd.body(loan, Crowd.features(loan)).toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).containsPattern("\"score\":[01]\\.\\d{6}[,}]");
            assertThat(answer.text()).containsPattern("\"latency_ms\":\\d+\\.\\d{2}[,}]");
            JsonNode said = answer.json();
            assertThat(said.path("loan_id").asString()).isEqualTo(loan);
            assertThat(said.path("model_version").asString()).isEqualTo(SCORECARD);
            assertThat(said.path("source").asString()).isEqualTo("model");
            double score = said.path("score").asDouble();
            String band = score < 0.41946690906888817 ? "LOW" : score < 0.6158802314647092 ? "MEDIUM" : "HIGH";
            assertThat(said.path("risk_level").asString()).as("score %s", score).isEqualTo(band);
            if (said.path("decision").asString().equals("DECLINE")) {
                declined++;
                assertThat(said.path("reject_reasons"))
                        .isNotEmpty()
                        .allMatch(code -> code.asString().matches("[RH]\\d\\d"));
            }
        }
        assertThat(declined).isPositive();
    }

    @Test
    @Promise({
        "004 §8.3.1 missing features take their defaults, the request is not refused for them, and they are named",
        "004 §8.6 an application that the model cannot answer gets the fallback rules, marked as their source"
    })
    void missingFeaturesFollowTheirPolicyAndAreNamed() throws IOException, InterruptedException {
        ObjectNode features = Crowd.features("missing");
        features.remove(List.of("savings_status", "installment_commitment"));
        JsonNode tolerated = product.post(
                        "/score", Crowd.body("missing", features).toString())
                .json();
        assertThat(tolerated.path("source").asString()).isEqualTo("model");
        assertThat(tolerated.path("missing").toString()).contains("savings_status");
        assertThat(tolerated.path("defaulted").toString()).contains("installment_commitment");

        features.remove("credit_history");
        JsonNode fallback = product.post(
                        "/score", Crowd.body("missing", features).toString())
                .json();
        assertThat(fallback.path("source").asString()).isEqualTo("fallback_rules");
        assertThat(fallback.path("decision").asString()).isIn("REVIEW", "DECLINE");
        assertThat(fallback.path("reject_reasons").toString()).containsPattern("F0\\d");
        assertThat(fallback.path("score").isNumber()).isTrue();

        features.remove("duration");
        Product.Answer refused =
                product.post("/score", Crowd.body("missing", features).toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.type()).startsWith("application/problem+json");
        assertThat(refused.json().path("code").asString()).isEqualTo("feature_rejected");
        assertThat(refused.text()).contains("duration");
    }

    @Test
    @Promise({"000 §3.1 GET /models lists the models", "000 §3.1 GET /model/{id} tells the details of a model"})
    void modelsAreListedAndEachIsTold() throws IOException, InterruptedException {
        JsonNode models = product.get("/models").json().path("models");
        assertThat(models.findValuesAsString("id")).contains(SCORECARD, IDLE);
        JsonNode model = product.get("/model/" + SCORECARD).json();
        assertThat(model.path("state").asString()).isEqualTo("LIVE");
        assertThat(model.path("product").asString()).isEqualTo("consumer_apply");
        assertThat(model.path("model_version").asString()).isEqualTo("1.0.0");
        assertThat(model.path("digest").asString()).matches("[0-9a-f]{64}");
        assertThat(model.path("features").toString()).contains("checking_status");
        assertThat(product.get("/model/" + IDLE).json().path("state").asString())
                .isEqualTo("VALIDATED");
        assertThat(product.get("/model/nobody_xgb_v1.0").status()).isEqualTo(404);
    }

    @Test
    @Promise("000 §3.1 DELETE /model/{id} unloads a model")
    void aModelIsUnloadedUnlessItIsLive() throws IOException, InterruptedException {
        Product.Answer live = product.delete("/model/" + SCORECARD);
        assertThat(live.status()).as(live.text()).isEqualTo(409);
        assertThat(live.type()).startsWith("application/problem+json");
        assertThat(Crowd.score(product, "after").version()).isEqualTo(SCORECARD);

        Product.Answer gone = product.delete("/model/" + GONE + "?reason=not+needed");
        assertThat(gone.status()).as(gone.text()).isEqualTo(200);
        assertThat(product.get("/models").text()).doesNotContain(GONE);
        assertThat(product.post("/predict", "{\"model_id\":\"" + GONE + "\",\"features\":{}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Promise({
        "001 §3.2 POST /healthcheck {component: full} checks every component",
        "002 §部署中 the health check passes",
        "004 §8.3.1 GET /health answers status ok and model_loaded"
    })
    void healthIsToldAsAWholeAndByComponent() throws IOException, InterruptedException {
        JsonNode health = product.get("/health").json();
        assertThat(health.path("status").asString()).isEqualTo("ok");
        assertThat(health.path("model_loaded").asBoolean()).isTrue();

        JsonNode full = product.post("/healthcheck", "{\"component\":\"full\"}").json();
        for (String component : List.of("store", "journal", "models", "disk", "memory", "leader")) {
            JsonNode found = full.path("components").path(component);
            assertThat(found.path("state").asString())
                    .as("%s in %s", component, full)
                    .isIn("ok", "degraded");
            assertThat(found.path("detail").asString()).isNotBlank();
        }
        JsonNode one =
                product.post("/healthcheck", "{\"component\":\"journal\"}").json();
        assertThat(one.path("components").size()).isEqualTo(1);
        assertThat(product.post("/healthcheck", "{\"component\":\"gpu\"}").status())
                .isEqualTo(404);
        assertThat(product.must("health", "--full").output()).contains("journal", "leader");
    }

    @Test
    @Promise({
        "000 §5.1 latency, success and memory are measured and exported",
        "002 §部署中 the metrics are reported as they should be"
    })
    void metricsAreAValidExpositionAndEveryNameIsDocumented() throws IOException, InterruptedException {
        Crowd.score(product, Crowd.loans("metrics", 20));
        Product.Answer answer = product.get("/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("text/plain");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines)
                .allMatch(line -> line.isEmpty()
                        || line.matches("# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*")
                        || line.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^}]*})? (\\S+)( \\d+)?")
                        || line.equals("# EOF"));
        String page = Files.readString(Product.ROOT.resolve("docs/reference/metrics.md"));
        List<String> own = lines.stream()
                .filter(line -> line.startsWith("# TYPE tranche_"))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(own).isNotEmpty().allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    @Promise("002 §部署前 API keys and their rights are verified")
    void withoutATokenOnlyHealthAndMetricsAnswer() throws IOException, InterruptedException {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            for (String open : List.of("/health", "/metrics")) {
                assertThat(ask(stranger, open)).as(open).isEqualTo(200);
            }
            for (String closed : List.of("/models", "/api/v1/rollouts", "/api/v1/decisions", "/api/v1/tokens")) {
                assertThat(ask(stranger, closed)).as(closed).isEqualTo(401);
            }
        }
    }

    private static int ask(HttpClient stranger, String path) throws IOException, InterruptedException {
        return stranger.send(
                        HttpRequest.newBuilder(product.url.resolve(path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
