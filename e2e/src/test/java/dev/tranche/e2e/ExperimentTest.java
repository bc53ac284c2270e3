package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The experiment of the first document, with its own names: `lstm_v1` against `xgboost_v2` on the route of
/// `lstm`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExperimentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTROL = "lstm_v1.0";
    private static final String TREATMENT = "xgboost_v2.0";
    private static final int UNITS = 500;
    /// Four standard deviations of 500 draws at 0.7.
    private static final double SPREAD = 4 * Math.sqrt(UNITS * 0.3 * 0.7);

    private static final String SEED = """
            experiment:
              id: momentum_strategy_v2
              models:
                - id: lstm_v1
                  weight: 0.3
                - id: xgboost_v2
                  weight: 0.7
              metrics:
            """;

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product product;
    private static Map<String, String> arms = Map.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        product = Product.start(data);
        register("consumer_apply_scorecard_v1.0", CONTROL);
        register("consumer_apply_xgb_v1.0", TREATMENT);
        product.ended(product.must(
                        "rollout",
                        "start",
                        write("first.yaml", "rollout: {product: lstm, candidate: lstm_v1, strategy: first}\n")
                                .toString(),
                        "--json")
                .json()
                .path("id")
                .asString());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @Order(1)
    @Promise("000 §3.2 the request names the model lstm_v1 and its features, the answer says version 1.0.0")
    void theRequestOfTheSeedIsAnsweredByTheNewestMinor() throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("model_id", "lstm_v1");
        request.set("features", Crowd.features("seed"));
        Product.Answer answer = product.post("/predict", request.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("model_version").asString()).isEqualTo("1.0.0");
        assertThat(answer.json().path("model").asString()).isEqualTo(CONTROL);
    }

    @Test
    @Order(2)
    @Promise("000 §4.1 sharpe_ratio and max_drawdown: asked for before they are measured, they are refused clearly")
    void whatIsNotMeasuredYetIsRefusedClearly() throws IOException, InterruptedException {
        Product.Answer refused = product.post(
                "/abtests",
                "application/yaml",
                (SEED + "    - sharpe_ratio\n    - max_drawdown\n").getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").asString()).isEqualTo("metric_later");
        assertThat(refused.text()).contains("sharpe_ratio").contains("approval_rate");
        assertThat(product.get("/api/v1/experiments").json().path("experiments"))
                .isEmpty();
    }

    @Test
    @Order(3)
    @Promise({
        "000 §3.1 POST /abtests creates an experiment",
        "000 §4.1 an experiment names its models and their weights 0.3 and 0.7",
        "000 §4.2 traffic is allocated by weight",
        "004 §8.4.2 a unit is assigned to its group by a stable hash"
    })
    void weightsDivideTheUnitsAndEachKeepsItsArm() throws IOException, InterruptedException {
        Product.Answer started = product.post(
                "/abtests",
                "application/yaml",
                (SEED + "    - score_mean\n    - outcome_rate\n").getBytes(StandardCharsets.UTF_8));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        assertThat(started.json().at("/readout/arms").findValuesAsString("share"))
                .containsExactly("30%", "70%");
        Product.await(
                "the experiment on the route",
                Duration.ofSeconds(30),
                () -> product.read("/api/v1/routes/lstm")
                        .path("experiment")
                        .asString("")
                        .equals("momentum_strategy_v2"));
        Crowd.awaitInForce(product, "lstm");
        List<String> loans = Crowd.loans("arm", UNITS);
        arms = predictAll(loans);
        long treated = arms.values().stream().filter(TREATMENT::equals).count();
        assertThat((double) treated).isBetween(0.7 * UNITS - SPREAD, 0.7 * UNITS + SPREAD);
        assertThat(arms.values()).containsOnly(CONTROL, TREATMENT);
        List<String> again = loans.subList(0, 60);
        assertThat(predictAll(again))
                .isEqualTo(arms.entrySet().stream()
                        .filter(arm -> again.contains(arm.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    @Order(4)
    @Promise("000 §2.1 ABTestManager: every exposure is kept with its experiment and arm")
    void everyExposureIsJournalled() throws IOException, InterruptedException {
        JsonNode decisions =
                product.get("/api/v1/decisions?product=lstm&limit=50").json().path("decisions");
        assertThat(decisions).hasSize(50).allSatisfy(decision -> {
            assertThat(decision.at("/placement/experiment").asString()).isEqualTo("momentum_strategy_v2");
            assertThat(decision.at("/placement/arm")).isEqualTo(decision.at("/model/name"));
            assertThat(decision.at("/placement/slot").asInt()).isBetween(0, 9999);
        });
        assertThat(product.must("replay", decisions.path(0).path("id").asString())
                        .output())
                .contains("EXACT");
    }

    @Test
    @Order(5)
    @Promise({
        "004 §8.4.2 groups are compared by count, approval rate, average score and bad rate",
        "004 §8.4.2 the difference is tested for significance, and may be looked at all the time"
    })
    void theReadoutComparesTheArms() throws IOException, InterruptedException {
        StringBuilder outcomes = new StringBuilder("{\"outcomes\":[");
        arms.keySet()
                .forEach(loan -> outcomes.append(outcomes.charAt(outcomes.length() - 1) == '[' ? "" : ",")
                        .append("{\"product\":\"lstm\",\"loan_id\":\"" + loan + "\",\"outcome\":" + Crowd.outcome(loan)
                                + "}"));
        Product.Answer posted =
                product.post("/api/v1/outcomes", outcomes.append("]}").toString());
        assertThat(posted.json().path("accepted").asInt()).as(posted.text()).isEqualTo(UNITS);
        Product.await(
                "the outcomes in the readout",
                Duration.ofSeconds(30),
                () -> readout().at("/arms/0/outcomes").asInt()
                                + readout().at("/arms/1/outcomes").asInt()
                        >= UNITS);
        JsonNode readout = readout();
        assertThat(readout.path("arms").findValuesAsString("id")).containsExactly(CONTROL, TREATMENT);
        for (JsonNode arm : readout.path("arms")) {
            assertThat(arm.path("count").asInt()).isGreaterThan(100);
            assertThat(arm.path("average_score").asDouble()).isBetween(0.1, 0.6);
            assertThat(arm.path("outcome_rate").asDouble()).isBetween(0.15, 0.5);
            assertThat(arm.path("error_rate").asDouble()).isZero();
            assertThat(arm.path("latency_p95_ms").asDouble()).isPositive();
        }
        assertThat(readout.path("comparisons")).isNotEmpty().allSatisfy(comparison -> {
            assertThat(comparison.path("lower").asDouble())
                    .isLessThan(comparison.path("upper").asDouble());
            assertThat(comparison.path("verdict").asString()).isIn("pass", "wait");
        });
        assertThat(readout.at("/sample_ratio/verdict").asString()).isEqualTo("pass");
    }

    @Test
    @Order(6)
    @Promise("000 §4 an experiment is started, read and stopped by the command line")
    void theCommandLineShowsStopsAndStartsExperiments() throws IOException, InterruptedException {
        assertThat(product.must("experiment", "show", "momentum_strategy_v2").output())
                .contains(CONTROL, TREATMENT);
        product.must("experiment", "stop", "momentum_strategy_v2", "--reason", "read out");
        Product.await(
                "the route without it",
                Duration.ofSeconds(30),
                () -> !product.read("/api/v1/routes/lstm").has("experiment"));
        Crowd.awaitInForce(product, "lstm");
        assertThat(predictAll(Crowd.loans("arm", 40)).values()).containsOnly(CONTROL);
        assertThat(readout().at("/arms/0/count").asInt())
                .as("the readout stays")
                .isGreaterThan(100);
        String second = SEED.replace("momentum_strategy_v2", "momentum_strategy_v3") + "    - score_mean\n";
        product.must("experiment", "start", write("experiment.yaml", second).toString());
        assertThat(product.must("experiment", "list").output()).contains("momentum_strategy_v3");
    }

    private static JsonNode readout() {
        return product.read("/api/v1/experiments/momentum_strategy_v2").path("readout");
    }

    /// Asks `/predict` for each unit and returns which version answered it.
    private static Map<String, String> predictAll(List<String> units) throws IOException, InterruptedException {
        Instant limit = Instant.now().plusSeconds(60);
        Map<String, String> answered = new TreeMap<>();
        for (String unit : units) {
            ObjectNode request = Crowd.body(unit, Crowd.features(unit)).put("product", "lstm");
            Product.Answer answer = product.post("/predict", request.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answered.put(unit, answer.json().path("model").asString());
            assertThat(Instant.now()).isBefore(limit);
        }
        return answered;
    }

    private static void register(String example, String name) throws IOException, InterruptedException {
        product.must("register", RegistrationTest.copy(example, name, work).toString());
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text);
    }
}
