package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The other ways to move a version in, and the words of people on them. Each test ends its rollout and
/// leaves the scorecard live.
class RolloutKindsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    private static final String XGB = "consumer_apply_xgb_v1.0";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product product;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        product = Product.startWithScorecard(data);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    /// One failed test must not fail the next ones.
    @AfterEach
    void nothingIsUnderWay() throws IOException, InterruptedException {
        for (JsonNode each : product.read("/api/v1/rollouts").path("rollouts")) {
            if (each.path("active").asBoolean()) {
                product.post(
                        "/api/v1/rollouts/" + each.path("id").asString() + "/abort", "{\"reason\":\"left behind\"}");
            }
        }
    }

    @Test
    @Promise({"000 §7.1 blue-green deployment", "002 §手动回滚步骤 one returns to the previous version by hand"})
    void blueGreenServesEverybodyAtOnceAndIsTakenBackByHand() throws IOException, InterruptedException {
        String candidate = register("consumer_apply_xgb_v11.0");
        String id = start("""
                rollout:
                  candidate: consumer_apply_xgb_v11.0
                  strategy: blue-green
                  stages:
                    - {mode: shadow, dwell: 1s, gates: ["requests >= 20"]}
                    - {mode: live, share: 100%, dwell: 1s}
                  bake: 1s
                """);
        until(id, "stage", state -> state.at("/stage/mode").asString("").equals("shadow"));
        assertThat(versions(Crowd.loans("blue", 40))).containsOnly(SCORECARD);
        until(id, "completed", state -> state.path("state").asString().equals("COMPLETED"));
        assertThat(versions(Crowd.loans("green", 20))).containsOnly(candidate);
        product.must("rollout", "rollback", id, "--reason", "complaints from the branches");
        until(id, "rolled back", state -> state.path("state").asString().equals("ROLLED_BACK"));
        awaitLive(SCORECARD);
        assertThat(versions(Crowd.loans("green", 20))).containsOnly(SCORECARD);
        assertThat(look(id).path("reason").asString()).contains("complaints from the branches");
    }

    @Test
    @Promise("000 §7.1 versions take each other's place under load, and back, and no request fails")
    void versionsTakeEachOthersPlaceUnderLoadAndNoRequestFails() throws IOException, InterruptedException {
        String xgb = register("consumer_apply_xgb_v15.0");
        String lgbm = Rollouts.register(product, work, "consumer_apply_lgbm_v1.0", "consumer_apply_lgbm_v15.0");
        try (Load load = Load.on(product, 100, 8)) {
            List<String> swaps = new ArrayList<>();
            for (String candidate : List.of(xgb, lgbm)) {
                String id = start("rollout: {candidate: " + candidate + ", strategy: blue-green, stages: [{mode: live,"
                        + " share: 100%, dwell: 0s}], bake: 0s}");
                until(id, "completed", state -> state.path("state").asString().equals("COMPLETED"));
                load.awaitMore(10, "by " + candidate, reply -> reply.model().equals(candidate));
                swaps.addFirst(id);
            }
            for (String id : swaps) {
                product.must("rollout", "rollback", id, "--reason", "and back");
                until(id, "rolled back", state -> state.path("state").asString().equals("ROLLED_BACK"));
            }
            load.awaitMore(10, "by the scorecard", reply -> reply.model().equals(SCORECARD));
            load.finish();
            assertThat(load.unanswered()).isEmpty();
            assertThat(load.refused()).isEmpty();
            assertThat(load.replies())
                    .hasSize(Math.toIntExact(load.sent()))
                    .extracting(Load.Reply::model)
                    .containsOnly(SCORECARD, xgb, lgbm);
        }
        awaitLive(SCORECARD);
    }

    @Test
    @Promise({
        "000 §7.1 shadow test",
        "004 §8.4.1 in shadow mode the decisions are not touched and the candidate's scores are compared"
    })
    void aShadowOnlyRolloutMeasuresTheCandidateAndDecidesNothing() throws IOException, InterruptedException {
        String candidate = register("consumer_apply_xgb_v12.0");
        String id = start("""
                rollout:
                  candidate: consumer_apply_xgb_v12.0
                  strategy: shadow
                  stages:
                    - {mode: shadow, dwell: 1s, gates: ["requests >= 50"]}
                """);
        until(id, "stage", state -> state.path("state").asString().equals("RUNNING"));
        assertThat(versions(Crowd.loans("shadow", 80))).containsOnly(SCORECARD);
        JsonNode done = until(id, "the end", state -> !state.path("active").asBoolean());
        assertThat(done.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(live()).isEqualTo(SCORECARD);
        JsonNode windows =
                product.get("/api/v1/windows?product=consumer_apply").json().at("/products/consumer_apply");
        assertThat(windows).anySatisfy(window -> {
            assertThat(window.path("version").asString()).isEqualTo(candidate);
            assertThat(window.path("shadow").asBoolean()).isTrue();
            assertThat(window.at("/minute/requests").asInt()).isGreaterThanOrEqualTo(50);
            assertThat(window.at("/minute/score_mean").isNumber()).isTrue();
            assertThat(window.at("/minute/flip_rate").isNumber()).isTrue();
        });
    }

    @Test
    @Promise("003 §回滚操作 people move a rollout and roll it back by hand, with a reason that is kept")
    void peopleMoveARolloutByHandAndTheirReasonsAreKept() throws IOException, InterruptedException {
        register("consumer_apply_xgb_v13.0");
        String id = start("""
                rollout:
                  candidate: consumer_apply_xgb_v13.0
                  strategy: canary
                  stages:
                    - {mode: shadow, dwell: 1h}
                    - {mode: live, share: 50%, dwell: 1h}
                """);
        until(id, "stage", state -> state.path("state").asString().equals("RUNNING"));
        assertThat(product.run("rollout", "pause", id).exit())
                .as("a reason is asked for")
                .isEqualTo(2);
        product.must("rollout", "pause", id, "--reason", "month end");
        assertThat(look(id).path("state").asString()).isEqualTo("PAUSED");
        Product.Ran twice = product.run("rollout", "pause", id, "--reason", "again");
        assertThat(twice.exit()).isEqualTo(1);
        product.must("rollout", "resume", id, "--reason", "month end is over");
        product.must("rollout", "promote", id, "--reason", "seen enough");
        JsonNode live = until(id, "stage 2", state -> state.at("/stage/index").asInt() == 1);
        assertThat(live.at("/stage/share").asString()).isEqualTo("50%");
        product.must("rollout", "rollback", id, "--reason", "not convinced");
        JsonNode back = until(id, "the end", state -> !state.path("active").asBoolean());
        assertThat(back.path("state").asString()).isEqualTo("ROLLED_BACK");
        assertThat(back.path("history").toString())
                .contains(
                        "month end",
                        "month end is over",
                        "seen enough",
                        "not convinced",
                        "paused",
                        "resumed",
                        "promoted");
        assertThat(back.path("history").findValuesAsString("actor")).contains("admin");
        Product.Ran late = product.run("rollout", "promote", id, "--reason", "after all");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.output()).contains("the rollout is over: rolled-back");
        awaitLive(SCORECARD);
    }

    @Test
    @Promise("003 §灰度上线方案 the switch to live stays off until it is approved, and never by the starter")
    void anApprovalIsGivenByAnotherPerson() throws IOException, InterruptedException {
        register("consumer_apply_xgb_v14.0");
        String starter = token("ada", "operate,approve,view,predict");
        String approver = token("grace", "approve,view");
        Path plan = write("approval.yaml", """
                rollout:
                  candidate: consumer_apply_xgb_v14.0
                  strategy: canary
                  stages:
                    - {mode: shadow, dwell: 0s}
                    - {mode: live, share: 20%, dwell: 1h}
                  approvals: {before: [live], count: 1}
                """);
        String id = as(starter, "rollout", "start", plan.toString(), "--json")
                .json()
                .path("id")
                .asString();
        until(id, "stage", state -> state.path("state").asString().equals("RUNNING"));
        Product.Ran own = as(starter, "rollout", "approve", id, "--reason", "mine");
        assertThat(own.exit()).isEqualTo(1);
        assertThat(own.output()).contains("another person than ada");
        assertThat(as(starter, "rollout", "promote", id, "--reason", "hurry").exit())
                .isEqualTo(1);
        assertThat(look(id).at("/stage/mode").asString()).isEqualTo("shadow");
        assertThat(as(approver, "rollout", "abort", id, "--reason", "no right to")
                        .exit())
                .as("who may approve may not operate")
                .isEqualTo(1);
        Product.Ran given = as(approver, "rollout", "approve", id, "--reason", "numbers read");
        assertThat(given.exit()).as(given.output()).isZero();
        JsonNode live =
                until(id, "live", state -> state.at("/stage/mode").asString("").equals("live"));
        assertThat(live.path("history").toString()).contains("grace", "numbers read");
        product.must("rollout", "abort", id, "--reason", "the test is over");
        awaitLive(SCORECARD);
    }

    @Test
    @Promise({
        "003 §灰度上线方案 first only BTCUSDT, read-only",
        "003 §灰度上线方案 then more symbols, still read-only, before anything is live",
        "003 §配置热更新验收 a parameter set with its calibration goes live without a restart"
    })
    void aParameterSetGoesSymbolBySymbolReadOnlyThenLive() throws IOException, InterruptedException {
        for (String minor : List.of("1.0", "1.1")) {
            product.must(
                    "register",
                    write("parameters.yaml", """
                    parameters:
                      name: divergence_params_v%s
                      values: {swing_L: 13, z_hi: 2.%s, z_mid: 0.8}
                    """.formatted(minor, minor.substring(2)))
                            .toString());
        }
        String first = start("""
                rollout: {product: divergence, candidate: divergence_params_v1.0, strategy: first}
                """);
        until(first, "completed", state -> state.path("state").asString().equals("COMPLETED"));
        String id = start("""
                rollout:
                  product: divergence
                  candidate: divergence_params_v1.1
                  strategy: canary
                  stages:
                    - {mode: read-only, entities: [BTCUSDT], dwell: 1h}
                    - {mode: read-only, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                    - {mode: live, entities: [BTCUSDT], dwell: 1h}
                    - {mode: live, share: 100%, dwell: 0s}
                """);
        for (String expected : List.of("read-only BTCUSDT", "read-only BTCUSDT,ETHUSDT", "live BTCUSDT")) {
            Product.await(expected, LIMIT, () -> {
                JsonNode slot = product.read("/api/v1/routes/divergence").path("parameters");
                JsonNode candidate = slot.path("candidate");
                return (candidate.path("mode").asString("") + " "
                                        + candidate.path("audience").asString(""))
                                .replace(", ", ",")
                                .equals(expected)
                        && slot.path("live").asString("").equals("divergence_params_v1.0");
            });
            product.must("rollout", "promote", id, "--reason", "observed");
        }
        until(id, "completed", state -> state.path("state").asString().equals("COMPLETED"));
        assertThat(product.get("/api/v1/routes/divergence")
                        .json()
                        .at("/parameters/live")
                        .asString())
                .isEqualTo("divergence_params_v1.1");
    }

    @Test
    @Promise("004 §8.3.1 cutoffs make the risk level: other cutoffs move in like a model, for their share only")
    void aPolicyIsRolledOutAndChangesTheBandsOfItsShareOnly() throws IOException, InterruptedException {
        String strict = Files.readString(Product.CREDIT.resolve("policy.yaml"))
                .replace("consumer_apply_policy_v1.0", "consumer_apply_policy_v1.1")
                .replace("below: 0.41946690906888817", "below: 0.000001")
                .replace("below: 0.6158802314647092", "below: 0.000002");
        product.must("register", write("policy.yaml", strict).toString());
        String id = start("""
                rollout:
                  candidate: consumer_apply_policy_v1.1
                  strategy: canary
                  salt: e2e-policy
                  stages: [{mode: live, share: 50%, dwell: 1h}]
                """);
        Product.await(
                "the policy on the route",
                LIMIT,
                () -> product.read("/api/v1/routes/consumer_apply")
                        .at("/policy/candidate")
                        .has("version"));
        Crowd.awaitInForce(product, "consumer_apply");
        int met = 0;
        for (Crowd.Said each : Crowd.score(product, Crowd.loans("policy", 60))) {
            JsonNode record =
                    product.get("/api/v1/decisions/" + each.decision()).json();
            boolean candidate = record.at("/policy/name").asString().equals("consumer_apply_policy_v1.1");
            met += candidate ? 1 : 0;
            double score = each.body().path("score").asDouble();
            String band =
                    candidate || score >= 0.6158802314647092 ? "HIGH" : score < 0.41946690906888817 ? "LOW" : "MEDIUM";
            assertThat(each.body().path("risk_level").asString()).isEqualTo(band);
            assertThat(each.version()).as("the model is the same").isEqualTo(SCORECARD);
        }
        assertThat(met).isBetween(15, 45);
        product.must("rollout", "abort", id, "--reason", "too strict");
    }

    private static String register(String name) throws IOException, InterruptedException {
        product.must("register", RegistrationTest.copy(XGB, name, work).toString());
        return name;
    }

    private static String start(String yaml) throws IOException, InterruptedException {
        return product.must("rollout", "start", write("rollout.yaml", yaml).toString(), "--json")
                .json()
                .path("id")
                .asString();
    }

    private static Product.Ran as(String token, String... words) throws IOException, InterruptedException {
        String[] all = Stream.concat(Arrays.stream(words), Stream.of("--url", product.url.toString(), "--token", token))
                .toArray(String[]::new);
        return Product.launch(all);
    }

    private static String token(String name, String roles) throws IOException, InterruptedException {
        return product.must("token", "create", "--name", name, "--role", roles, "--json")
                .json()
                .path("token")
                .asString();
    }

    private static JsonNode look(String id) {
        return product.read("/api/v1/rollouts/" + id);
    }

    private static JsonNode until(String id, String what, Predicate<JsonNode> so) {
        Product.await(what + " of " + id, LIMIT, () -> so.test(look(id)));
        return look(id);
    }

    private static List<String> versions(List<String> loans) throws InterruptedException {
        return Crowd.score(product, loans).stream()
                .map(Crowd.Said::version)
                .distinct()
                .toList();
    }

    private static String live() {
        return product.read("/api/v1/routes/consumer_apply").at("/model/live").asString("");
    }

    private static void awaitLive(String version) {
        Product.await(version + " to be live alone", LIMIT, () -> {
            JsonNode model = product.read("/api/v1/routes/consumer_apply").path("model");
            return model.path("live").asString("").equals(version) && !model.has("candidate");
        });
        Crowd.awaitInForce(product, "consumer_apply");
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text);
    }
}
