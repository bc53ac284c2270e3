package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `kill -9` of the server while applicants come in and a rollout is under way.
class CrashTest {
    private static final String CANDIDATE = "consumer_apply_xgb_v1.0";
    private static final int ANSWERS = 2000;
    private static final int OUTCOMES = 200;

    @Test
    @Promise({
        "000 §6.2 recovery from a failure takes less than 30 s",
        "001 §2.2 disaster recovery: nothing that was answered is lost in a crash"
    })
    void aKillUnderLoadLosesNoAnsweredDecisionAndTheNextStartGoesOn(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product first = Product.startWithScorecard(data);
        first.must("register", Product.CREDIT.resolve(CANDIDATE).toString());
        String rollout = Rollouts.start(first, Rollouts.plan(CANDIDATE, "50%", "error_rate > 50% for 1m"));
        Load load = Load.on(first, 2000, 8);
        load.awaitMore(ANSWERS, "before the kill", reply -> reply.status() == 200);
        List<String> rated = load.replies().stream()
                .limit(OUTCOMES)
                .map(Load.Reply::decision)
                .toList();
        JsonNode accepted = first.post("/api/v1/outcomes", outcomes(rated)).json();
        assertThat(accepted.path("accepted").asInt()).isEqualTo(OUTCOMES);
        List<Rollouts.Event> before = Rollouts.events(first, rollout);
        Optional<ProcessHandle> database = Postgres.of(data).running();

        first.kill();
        load.close();
        List<Load.Reply> answered = load.replies();
        assertThat(load.refused()).isEmpty();
        assertThat(database)
                .isPresent()
                .hasValueSatisfying(left -> assertThat(Postgres.runs(left))
                        .as("a crash leaves PostgreSQL running")
                        .isTrue());

        long started = System.nanoTime();
        try (Product second = Product.start(data)) {
            assertThat(second.post("/score", Applications.ofTheExample().next().body())
                            .status())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
            Product.await(
                    "the store",
                    Duration.ofSeconds(30),
                    () -> Health.state(second, "store").equals("ok"));
            assertThat(Postgres.of(data).running()).as("adopted").isEqualTo(database);
            assertThat(lost(second, answered)).isEmpty();
            JsonNode again = second.post("/api/v1/outcomes", outcomes(rated)).json();
            assertThat(again.path("duplicates").asInt()).as(again.toString()).isEqualTo(OUTCOMES);

            Rollouts.awaitState(second, rollout, "RUNNING");
            assertThat(Rollouts.events(second, rollout)).startsWith(before.toArray(Rollouts.Event[]::new));
            Product.await(
                    "the new leader to look at the rollout",
                    Duration.ofSeconds(30),
                    () -> !Rollouts.told(second, rollout, "measuring-interrupted")
                            .isEmpty());
            second.must("rollout", "promote", rollout, "--reason", "goes on after the crash");
            assertThat(second.ended(rollout).path("state").asString()).isEqualTo("COMPLETED");
        }
        assertThat(Postgres.runs(database.orElseThrow()))
                .as("a clean stop leaves nothing behind")
                .isFalse();
    }

    private static String outcomes(List<String> decisions) {
        return decisions.stream()
                .map(decision -> "{\"decision_id\":\"" + decision + "\",\"outcome\":0}")
                .collect(Collectors.joining(",", "{\"outcomes\":[", "]}"));
    }

    /// The answers that a restarted server does not know, or knows otherwise than they were given.
    private static List<String> lost(Product product, List<Load.Reply> answered) {
        return answered.parallelStream()
                .filter(reply -> {
                    JsonNode kept = product.read("/api/v1/decisions/" + reply.decision());
                    return !kept.path("loan_id").asString("").equals(reply.loan())
                            || !kept.path("model").path("name").asString("").equals(reply.model())
                            || Math.abs(kept.path("score").asDouble()
                                            - reply.body().path("score").asDouble())
                                    > 1e-6;
                })
                .map(Load.Reply::toString)
                .toList();
    }
}
