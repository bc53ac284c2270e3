package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One server lives through a promotion and a roll back, with traffic on it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutTest {
    private static final String XGB = "consumer_apply_xgb_v1.0";
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    private static final String LGBM = "consumer_apply_lgbm_v1.0";

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

    @Test
    @Order(1)
    void aGoodCandidateGoesShadowFiveTwentyFiftyHundredWhileTrafficFlows() throws InterruptedException {
        Instant before = Instant.now();
        long opened = opened();
        JsonNode done;
        try (Traffic traffic = Traffic.flow(lab, XGB)) {
            Lab.Said started = lab.post("/api/v1/rollouts", """
                    rollout:
                      product: consumer_apply
                      candidate: consumer_apply_xgb_v1.0
                      strategy: canary
                      salt: test-1
                      stages:
                        - {mode: shadow, dwell: 1s, gates: ["requests >= 50", "data_age < 30s", "error_rate < 50%"]}
                        - {mode: live, share: 5%, dwell: 1s, gates: ["requests >= 5"]}
                        - {mode: live, share: 20%, dwell: 1s, gates: ["requests >= 10"]}
                        - {mode: live, share: 50%, dwell: 1s, gates: ["requests >= 20"]}
                        - {mode: live, share: 100%, dwell: 1s, gates: ["requests >= 20"]}
                      guards: ["error_rate > 50% for 5s", "health_failures >= 3", "memory_used > 99% for 60s", "breaker = HALTED"]
                      bake: 1s
                    """);
            Lab.expect(201, started);
            String id = started.json().path("id").stringValue();
            done = lab.rollout(id, r -> !r.path("active").asBoolean(true));
            assertThat(traffic.count(XGB + "/model")).isPositive();
            assertThat(traffic.count(SCORECARD + "/model")).isPositive();
            assertThat(traffic.answers().keySet()).allMatch(key -> key.endsWith("/model"));
        }
        assertThat(done.path("state").asString()).as("%s", done).isEqualTo("COMPLETED");
        assertThat(done.path("route_in_force").asBoolean()).isTrue();
        assertThat(opened() - opened)
                .as("health check, checklist and route read it once")
                .isEqualTo(1);
        assertThat(done.path("checklist")).hasSize(5);
        assertThat(done.path("checklist").toString())
                .contains("the deadline is", "swap back took")
                .doesNotContain("\"fail\"");
        assertThat(done.path("history").toString())
                .contains("stage-entered", "gate-judged", "bake-started", "completed");
        JsonNode route = lab.get("/api/v1/routes/consumer_apply").json();
        assertThat(route.at("/model/live").asString()).isEqualTo(XGB);
        assertThat(route.at("/model/warm/0").asString()).isEqualTo(SCORECARD);
        assertThat(lab.get("/api/v1/live?at=" + before).json().toString())
                .contains(SCORECARD)
                .doesNotContain(XGB);
        assertThat(lab.get("/api/v1/live").json().toString()).contains(XGB).doesNotContain(SCORECARD);
    }

    private long opened() {
        return lab.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("tranche_models_opened_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    @Order(2)
    void aSustainedGuardRollsBackByItselfAndTheWayBackIsMeasured() throws InterruptedException {
        try (Traffic traffic = Traffic.flow(lab, LGBM)) {
            Lab.Said started = lab.post("/api/v1/rollouts", """
                    rollout:
                      candidate: consumer_apply_lgbm_v1.0
                      strategy: canary
                      stages: [{mode: live, share: 50%, dwell: 1h}]
                      guards: ["error_rate > 1% for 2s over 5s"]
                    """);
            Lab.expect(201, started);
            String id = started.json().path("id").stringValue();
            lab.rollout(id, r -> r.path("state").asString("").equals("RUNNING") && traffic.count(LGBM + "/model") > 20);
            Lab.expect(200, lab.post("/api/v1/faults", "{\"version\": \"" + LGBM + "\", \"error_share\": 0.5}"));
            JsonNode back = lab.rollout(id, r -> r.path("state").asString("").equals("ROLLED_BACK"));
            assertThat(back.path("reason").asString()).contains("error_rate > 1% for 2s over 5s");
            assertThat(back.path("history").toString()).contains("guard-pending", "guard-broken");
            assertThat(lab.get("/api/v1/routes/consumer_apply")
                            .json()
                            .at("/model/live")
                            .asString())
                    .isEqualTo(XGB);
            JsonNode measured =
                    lab.rollout(id, r -> r.path("history").toString().contains("rollback-measured"));
            assertThat(measured.path("history").toString()).contains("from the verdict to the last request");
            long after = traffic.count(LGBM + "/model") + traffic.count(LGBM + "/fallback_rules");
            lab.score(Lab.applicants(LGBM));
            assertThat(traffic.count("status 503")).as("%s", traffic.answers()).isZero();
            assertThat(traffic.count(LGBM + "/model") + traffic.count(LGBM + "/fallback_rules"))
                    .isEqualTo(after);
        }
    }

    @Test
    @Order(3)
    void aCompletedPromotionIsTakenBackOnceByHand() throws InterruptedException {
        String id = lab.get("/api/v1/rollouts?product=consumer_apply")
                .json()
                .path("rollouts")
                .valueStream()
                .filter(rollout -> rollout.path("candidate").asString().equals(XGB)
                        && rollout.path("state").asString().equals("COMPLETED"))
                .map(rollout -> rollout.path("id").asString())
                .findFirst()
                .orElseThrow();
        String path = "/api/v1/rollouts/" + id + "/rollback";
        Lab.expect(200, lab.post(path, "{\"reason\": \"complaints came in\"}"));
        JsonNode model = lab.get("/api/v1/routes/consumer_apply").json().path("model");
        assertThat(model.path("live").asString()).isEqualTo("consumer_apply_scorecard_v1.0");
        assertThat(model.path("warm").toString()).contains(XGB);
        assertThat(model.path("reason").asString()).contains("complaints came in", id);
        Lab.expect(409, lab.post(path, "{\"reason\": \"twice\"}"));
    }
}
