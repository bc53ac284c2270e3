package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A candidate on half of the live traffic goes bad while applicants come in, and is taken back without a
/// person.
class RollbackTest {
    private static final String LIVE = "consumer_apply_scorecard_v1.0";
    private static final String EXAMPLE = "consumer_apply_xgb_v1.0";
    private static final int PER_SECOND = 200;
    private static final int CONNECTIONS = 16;
    /// From the journal: `7ms from the verdict to the last request on the candidate, which answered 3 after
    /// it`.
    private static final Pattern MEASURED =
            Pattern.compile("(\\S+) from the verdict to the last request .* answered" + " (\\d+) after it");

    private static Product product;
    private static Path work;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        work = folder;
        product = Product.startWithScorecard(folder.resolve("data"), "--test-faults");
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @Promise({
        "001 §3.2 rolls back by itself when the error rate stays above its limit for its duration",
        "003 §5.1 an error rate above its limit for its duration rolls back while traffic flows",
        "004 §8.6 a model that fails is answered by the fallback rules, and the answer says so"
    })
    void errorsRollBackWhileTrafficFlowsAndNoRequestStaysUnanswered() throws Exception {
        String candidate = Rollouts.register(product, work, EXAMPLE, "consumer_apply_xgb_v1.1");
        String id = Rollouts.start(product, Rollouts.plan(candidate, "50%", "error_rate > 5% for 3s over 5s"));
        try (Load load = Load.on(product, PER_SECOND, CONNECTIONS)) {
            load.awaitMore(50, "by the candidate", reply -> reply.model().equals(candidate) && !reply.fallback());
            Rollouts.fault(product, candidate, 0, 1);
            load.awaitMore(20, "by the fallback rules", Load.Reply::fallback);
            assertTakenBack(load, id, "error_rate > 5% for 3s over 5s");
            Load.Reply fallback = load.replies().stream()
                    .filter(Load.Reply::fallback)
                    .findFirst()
                    .orElseThrow();
            assertThat(fallback.body().path("source").asString()).isEqualTo("fallback_rules");
            assertThat(fallback.body().path("decision").asString()).isIn("REVIEW", "DECLINE");
            JsonNode kept = product.read("/api/v1/decisions/" + fallback.decision());
            assertThat(kept.path("fallback_cause").asString()).isEqualTo("failure");
        }
    }

    @Test
    @Promise({
        "002 §7.1 rolls back when the 95th percentile of the latency stays above its limit for its duration",
        "004 §8.6 a model slower than 200 ms is answered by the fallback rules, and the answer says so"
    })
    void slownessBeyondTheDeadlineIsAnsweredByTheFallbackRulesAndRolledBackByItsLatency() throws Exception {
        String candidate = Rollouts.register(product, work, EXAMPLE, "consumer_apply_xgb_v1.2");
        String id = Rollouts.start(product, Rollouts.plan(candidate, "50%", "latency_p95 > 150ms for 3s over 5s"));
        try (Load load = Load.on(product, PER_SECOND / 2, CONNECTIONS)) {
            load.awaitMore(20, "by the candidate", reply -> reply.model().equals(candidate) && !reply.fallback());
            Rollouts.fault(product, candidate, 5000, 0);
            load.awaitMore(10, "by the fallback rules", Load.Reply::fallback);
            assertTakenBack(load, id, "latency_p95 > 150ms for 3s over 5s");
            List<Load.Reply> late =
                    load.replies().stream().filter(Load.Reply::fallback).toList();
            assertThat(late).allSatisfy(reply -> {
                assertThat(reply.body().path("latency_ms").asDouble()).isBetween(200.0, 2000.0);
                assertThat(reply.model()).isEqualTo(candidate);
            });
            assertThat(product.read("/api/v1/decisions/" + late.getFirst().decision())
                            .path("fallback_cause")
                            .asString())
                    .isEqualTo("deadline");
        }
    }

    @Test
    @Promise("002 §7.1 rolls back when the circuit breaker is reported HALTED")
    void aBreakerReportedHaltedRollsBackAtOnce() throws Exception {
        String candidate = Rollouts.register(product, work, EXAMPLE, "consumer_apply_xgb_v1.3");
        String id = Rollouts.start(product, Rollouts.plan(candidate, "50%", "breaker = HALTED"));
        try (Load load = Load.on(product, PER_SECOND, CONNECTIONS)) {
            load.awaitMore(20, "by the candidate", reply -> reply.model().equals(candidate));
            signal("NORMAL");
            load.awaitMore(200, "with the breaker closed", reply -> true);
            assertThat(Rollouts.state(product, id)).isEqualTo("RUNNING");
            signal("HALTED");
            assertTakenBack(load, id, "breaker = HALTED");
        } finally {
            signal("NORMAL");
        }
    }

    @Test
    @Promise({
        "002 §7.1 rolls back after three failed health checks in a row",
        "003 §5.1 a version that does not answer its health check is taken back"
    })
    void threeFailedHealthChecksInARowRollBack() throws Exception {
        String candidate = Rollouts.register(product, work, EXAMPLE, "consumer_apply_xgb_v1.4");
        String id = Rollouts.start(product, Rollouts.plan(candidate, "50%", "health_failures >= 3"));
        try (Load load = Load.on(product, PER_SECOND, CONNECTIONS)) {
            load.awaitMore(400, "while it is healthy", reply -> true);
            assertThat(Rollouts.state(product, id)).isEqualTo("RUNNING");
            Rollouts.fault(product, candidate, 0, 1);
            assertTakenBack(load, id, "health_failures >= 3");
        }
    }

    private static void signal(String state) throws Exception {
        Product.Answer answer = product.post(
                "/api/v1/signals", "{\"product\":\"consumer_apply\",\"name\":\"breaker\",\"state\":\"" + state + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    /// The rollout ends rolled back by this guard, everybody got an answer, and the candidate answers nobody
    /// any more.
    private static void assertTakenBack(Load load, String id, String guard) {
        Rollouts.awaitState(product, id, "ROLLED_BACK");
        assertThat(Rollouts.told(product, id, "guard-broken")).contains(guard);
        Product.await(
                "the measurement of the way back",
                Duration.ofSeconds(30),
                () -> !Rollouts.told(product, id, "rollback-measured").isEmpty());
        Matcher measured = MEASURED.matcher(Rollouts.told(product, id, "rollback-measured"));
        assertThat(measured.matches())
                .as(Rollouts.told(product, id, "rollback-measured"))
                .isTrue();
        Instant measuredAt = Rollouts.events(product, id).getLast().at();
        load.awaitMore(200, "by the live version", reply -> reply.model().equals(LIVE));
        assertThat(load.replies().stream()
                        .filter(reply -> reply.at().isAfter(measuredAt))
                        .map(Load.Reply::model))
                .isNotEmpty()
                .containsOnly(LIVE);
        assertThat(product.read("/api/v1/routes/consumer_apply")
                        .path("model")
                        .path("live")
                        .asString())
                .isEqualTo(LIVE);
        load.finish();
        assertThat(load.unanswered()).isEmpty();
        assertThat(load.refused()).isEmpty();
        assertThat(load.replies()).hasSize((int) load.sent());
    }
}
