package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

/// A good candidate is moved in by the command line while applicants come, and afterwards everything can be
/// told again.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    private static final String XGB = "consumer_apply_xgb_v1.0";
    private static final String LGBM = "consumer_apply_lgbm_v1.0";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAST_APPLICANTS = 300;
    private static final int UNITS = 600;
    /// Four standard deviations of a binomial share: once in sixteen thousand looks a true share lies outside.
    private static final double SIGMAS = 4;

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product product;
    private static Instant before = Instant.EPOCH;
    private static String promotion = "";
    private static List<Crowd.Said> said = List.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        product = Product.startWithScorecard(data);
        product.must("register", Product.CREDIT.resolve(XGB).toString());
        product.must("register", Product.CREDIT.resolve(LGBM).toString());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @Order(1)
    @Promise({
        "000 §7.1 canary release",
        "000 §7.2 five points are checked before a release: version label, compatibility, benchmark, rollback, monitoring",
        "004 §8.4.1 shadow mode: the new model runs beside, decides nothing, and its scores are recorded",
        "004 §8.4.1 a small share of 5 % is decided by the new model",
        "004 §8.4.1 the share grows over 20 % and 50 % to 100 %, after the data of the stage before was checked",
        "003 §风险缓解 a small part first, then more"
    })
    void aGoodCandidateGoesFromShadowOverFiveTwentyAndFiftyToEverybody() throws IOException, InterruptedException {
        String rollout;
        try (Crowd.Flow flow = Crowd.flow(product, "canary")) {
            before = Instant.now();
            Path plan = write("canary.yaml", """
                    rollout:
                      product: consumer_apply
                      candidate: consumer_apply_xgb_v1.0
                      strategy: canary
                      unit: loan_id
                      salt: e2e-canary
                      stages:
                        - mode: shadow
                          dwell: 2s
                          gates: ["requests >= 200", "approval_rate within 25pp of live", "outcomes >= 100", "calibration_ratio between 0.3 and 3", "data_age < 10s"]
                        - {mode: live, share: 5%, dwell: 1s, gates: ["requests >= 3", "error_rate < 50%"]}
                        - {mode: live, share: 20%, dwell: 1s, gates: ["requests >= 10"]}
                        - {mode: live, share: 50%, dwell: 1s, gates: ["requests >= 20"]}
                        - {mode: live, share: 100%, dwell: 1s, gates: ["requests >= 20"]}
                      guards: ["error_rate > 50% for 10s", "health_failures >= 3", "breaker = HALTED"]
                      bake: 1s
                      patience: 60s
                    """);
            rollout = product.must("rollout", "start", plan.toString(), "--reason", "better by validation", "--json")
                    .json()
                    .path("id")
                    .asString();
            Product.await(
                    "the shadow stage",
                    LIMIT,
                    () -> product.read("/api/v1/routes/consumer_apply")
                            .at("/model/candidate/mode")
                            .asString("")
                            .equals("shadow"));
            said = Crowd.score(product, Crowd.loans("past", PAST_APPLICANTS));
            Product.Ran posted = product.must(
                    "outcomes", "post", write("outcomes.csv", outcomes(said)).toString(), "--json");
            assertThat(posted.output()).contains("\"accepted\":" + PAST_APPLICANTS);
            Product.Ran watched = product.run("rollout", "watch", rollout);
            assertThat(watched.exit()).as(watched.output()).isZero();
            assertThat(watched.output()).contains("20 %", "50 %", "state COMPLETED");
            JsonNode done = product.get("/api/v1/rollouts/" + rollout).json();
            assertThat(done.path("state").asString()).isEqualTo("COMPLETED");
            assertThat(done.path("checklist"))
                    .hasSize(5)
                    .allMatch(point -> point.path("verdict").asString().equals("pass"));
            assertThat(done.path("history").toString())
                    .contains("stage-entered", "gate-judged", "bake-started", "completed", "better by validation");
            assertThat(flow.answers()).allMatch(answer -> answer.status() == 200);
            List<String> versions =
                    flow.answers().stream().map(Crowd.Said::version).toList();
            assertThat(versions.getFirst()).isEqualTo(SCORECARD);
            assertThat(versions.getLast()).isEqualTo(XGB);
        }
        promotion = rollout;
        assertThat(product.get("/api/v1/routes/consumer_apply")
                        .json()
                        .at("/model/live")
                        .asString())
                .isEqualTo(XGB);
        assertThat(product.get("/api/v1/routes/consumer_apply")
                        .json()
                        .at("/model/warm")
                        .toString())
                .contains(SCORECARD);
    }

    @Test
    @Order(2)
    @Promise("004 §8.1 versions are tracked: which was live when, who moved it and why")
    void whatWasLiveBeforeAndAfterIsTold() throws IOException, InterruptedException {
        JsonNode then =
                product.must("live", "--at", before.toString(), "--json").json();
        assertThat(then.toString()).contains(SCORECARD).doesNotContain(XGB);
        JsonNode now =
                product.must("live", "--product", "consumer_apply", "--json").json();
        assertThat(now.toString()).contains(XGB).doesNotContain(SCORECARD);
        assertThat(now.path("live").findValuesAsString("by")).isNotEmpty().doesNotContain("");
        assertThat(product.must("live", "--at", "2020-01-01", "--json").json().path("live"))
                .isEmpty();
    }

    @Test
    @Order(3)
    @Promise("004 §本章小结 traceability: every answer can be computed again")
    void everyDecisionReplaysExactlyAlsoThoseOfAVersionThatIsNoLongerLive() throws IOException, InterruptedException {
        for (Crowd.Said each : List.of(said.getFirst(), Crowd.score(product, "replay"))) {
            Product.Ran replayed = product.must("replay", each.decision());
            assertThat(replayed.output()).contains("EXACT");
            JsonNode record =
                    product.get("/api/v1/decisions/" + each.decision()).json();
            assertThat(record.at("/model/name").asString()).isEqualTo(each.version());
            assertThat(record.at("/model/digest").asString()).hasSize(64);
            assertThat(record.at("/policy/name").asString()).isEqualTo("consumer_apply_policy_v1.0");
            assertThat(record.path("features").size()).isEqualTo(20);
        }
        Product.Ran unknown = product.run("replay", "d0-zzzzzz");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.output()).contains("holds a decision d0-zzzzzz");
    }

    @Test
    @Order(4)
    @Promise("004 §本章小结 traceability: what was checked before a release can be shown and proved afterwards")
    void theEvidenceOfAPromotionVerifiesAndAChangedByteIsFound() throws IOException, InterruptedException {
        Path file = work.resolve("evidence.json");
        product.must("evidence", promotion, "--out", file.toString());
        Product.Ran intact = Product.launch("evidence", "verify", file.toString());
        assertThat(intact.exit()).as(intact.output()).isZero();
        assertThat(intact.output()).contains("INTACT");
        JsonNode evidence = JSON.readTree(Files.readString(file));
        assertThat(evidence.path("checklist")).hasSize(5);
        assertThat(evidence.path("verdicts").toString())
                .contains("calibration_ratio between 0.3 and 3", "requests >= 200");
        assertThat(evidence.path("versions").findValuesAsString("name")).contains(XGB, SCORECARD);

        ObjectNode changed = (ObjectNode) evidence;
        ObjectNode event =
                (ObjectNode) changed.path("events").path(evidence.path("events").size() - 1);
        event.put("actor", event.path("actor").asString() + "x");
        Files.writeString(file, changed.toPrettyString());
        Product.Ran found = Product.launch("evidence", "verify", file.toString());
        assertThat(found.exit()).isEqualTo(1);
        assertThat(found.output())
                .contains("was changed: event " + event.path("seq").asString());
    }

    @Test
    @Order(5)
    @Promise({
        "000 §4.2 traffic is divided by the shares",
        "004 §8.4.2 units are grouped by a stable hash: a unit keeps its group as the share grows"
    })
    void theShareIsReallySeenAndAUnitKeepsItsArmAsTheShareGrows() throws IOException, InterruptedException {
        String id = product.must("rollout", "start", write("share.yaml", """
                rollout:
                  product: consumer_apply
                  candidate: consumer_apply_lgbm_v1.0
                  strategy: canary
                  salt: e2e-share
                  stages:
                    - {mode: live, share: 5%, dwell: 1h}
                    - {mode: live, share: 20%, dwell: 1h}
                    - {mode: live, share: 50%, dwell: 1h}
                """).toString(), "--json")
                .json()
                .path("id")
                .asString();
        List<String> loans = Crowd.loans("unit", UNITS);
        Set<String> last = Set.of();
        List<Double> shares = List.of(0.05, 0.20, 0.50);
        for (int stage = 0; stage < shares.size(); stage++) {
            int index = stage;
            String audience = Math.round(100 * shares.get(stage)) + "%";
            Product.await(
                    "stage " + stage,
                    LIMIT,
                    () -> product.read("/api/v1/rollouts/" + id)
                                    .at("/stage/index")
                                    .asInt(-1)
                            == index);
            Product.await(
                    "the route at " + audience,
                    LIMIT,
                    () -> product.read("/api/v1/routes/consumer_apply")
                            .at("/model/candidate/audience")
                            .asString("")
                            .equals(audience));
            Crowd.awaitInForce(product, "consumer_apply");
            Set<String> taken = Crowd.score(product, loans).stream()
                    .filter(each -> each.version().equals(LGBM))
                    .map(Crowd.Said::loan)
                    .collect(Collectors.toSet());
            double share = shares.get(stage);
            double spread = SIGMAS * Math.sqrt(UNITS * share * (1 - share));
            assertThat((double) taken.size())
                    .as("units of %d that met the candidate at %s", UNITS, audience)
                    .isBetween(UNITS * share - spread, UNITS * share + spread);
            assertThat(taken).as("nobody who met the candidate lost it").containsAll(last);
            last = taken;
            if (stage < shares.size() - 1) product.must("rollout", "promote", id, "--reason", "by hand");
        }
        product.must("rollout", "abort", id, "--reason", "the share was seen");
        Product.await(
                "the route without the candidate",
                LIMIT,
                () -> !product.read("/api/v1/routes/consumer_apply")
                        .path("model")
                        .has("candidate"));
        Crowd.awaitInForce(product, "consumer_apply");
        assertThat(Crowd.score(product, last)).allMatch(each -> each.version().equals(XGB));
    }

    private static String outcomes(List<Crowd.Said> answers) {
        StringBuilder csv = new StringBuilder("decision_id,outcome\n");
        answers.forEach(each -> csv.append(each.decision())
                .append(',')
                .append(Crowd.outcome(each.loan()))
                .append('\n'));
        return csv.toString();
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text, StandardCharsets.UTF_8);
    }
}
