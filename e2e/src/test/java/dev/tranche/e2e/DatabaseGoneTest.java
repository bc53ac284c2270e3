package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database dies, and stays away for a while.
class DatabaseGoneTest {
    private static final String CANDIDATE = "consumer_apply_xgb_v1.0";

    /// Kills the database whenever it runs, until closed.
    private static final class Killer implements AutoCloseable {
        private final Postgres database;
        private final Thread thread;
        private volatile boolean open = true;

        Killer(Path data) {
            this.database = Postgres.of(data);
            this.thread = Thread.ofPlatform().daemon().start(this::run);
        }

        private void run() {
            while (open) {
                try {
                    database.kill();
                } catch (IOException beingWritten) {
                    // Looked at again at once.
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(5_000_000);
            }
        }

        boolean active() {
            return thread.isAlive();
        }

        @Override
        public void close() {
            open = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    @Promise({
        "001 §2.2 a part of the system that is away degrades the service and does not stop it",
        "000 §6.2 recovery from a failure takes less than 30 s"
    })
    void aDeadDatabaseStopsNothingThatServesAndIsStartedAgain(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        try (Product product = Product.startWithScorecard(data)) {
            product.must("register", Product.CREDIT.resolve(CANDIDATE).toString());
            Optional<ProcessHandle> before = Postgres.of(data).running();
            try (Load load = Load.on(product, 200, 4)) {
                load.awaitMore(100, "before", reply -> reply.status() == 200);
                String plan = Rollouts.plan(CANDIDATE, "50%", "error_rate > 50% for 1m");
                List<Product.Answer> refused = new ArrayList<>();
                try (Killer killer = new Killer(data)) {
                    Product.await(
                            "the store to be seen away",
                            Duration.ofSeconds(20),
                            () -> !Health.state(product, "store").equals("ok"));
                    refused.add(product.post(
                            "/api/v1/rollouts", "application/yaml", plan.getBytes(StandardCharsets.UTF_8)));
                    refused.add(product.post("/api/v1/tokens", "{\"name\":\"late\",\"roles\":[\"view\"]}"));
                    load.awaitMore(400, "without the database", reply -> reply.status() == 200);
                    assertThat(killer.active()).isTrue();
                    assertThat(product.get("/api/v1/routes").status()).isEqualTo(200);
                    assertThat(product.get("/health").status()).isEqualTo(200);
                    assertThat(Health.state(product, "journal")).isEqualTo("ok");
                }
                assertThat(refused).allSatisfy(answer -> {
                    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                    assertThat(answer.type()).startsWith("application/problem+json");
                    assertThat(answer.json().path("code").asString()).isEqualTo("store_unavailable");
                    assertThat(answer.json().path("detail").asString()).contains("store");
                });
                Product.await(
                        "the store to be back",
                        Duration.ofSeconds(30),
                        () -> Health.state(product, "store").equals("ok"));
                assertThat(Postgres.of(data).running()).isPresent().isNotEqualTo(before);
                assertThat(product.read("/api/v1/rollouts").path("rollouts")).hasSize(2);
                assertThat(product.read("/api/v1/tokens").path("tokens")).isEmpty();

                Product.await(
                        "the leader to be back",
                        Duration.ofSeconds(30),
                        () -> Health.detail(product, "leader").startsWith("this node leads"));
                // Health may still speak of the moment before the last kill; a change that is taken speaks for itself.
                Product.await("a change to be taken", Duration.ofSeconds(30), () -> taken(product));
                String rollout = Rollouts.start(product, plan);
                load.awaitMore(50, "by the candidate", reply -> reply.model().equals(CANDIDATE));
                product.must("rollout", "abort", rollout, "--reason", "seen enough");
                load.finish();
                assertThat(load.unanswered()).isEmpty();
                assertThat(load.refused()).isEmpty();
                assertThat(load.replies()).hasSize((int) load.sent());
                assertThat(load.replies().parallelStream()
                                .filter(reply -> product.read("/api/v1/decisions/" + reply.decision())
                                        .path("id")
                                        .isMissingNode())
                                .toList())
                        .isEmpty();
            }
        }
    }

    @Test
    @Promise("001 §2.2 a node that cannot reach the database starts from its last good copy and serves")
    void aStartWithoutTheDatabaseServesFromTheLastGoodCopy(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product.startWithScorecard(data).close();

        try (Product product = Product.start(data, "--store", "jdbc:postgresql://127.0.0.1:1/nobody")) {
            Product.Answer answer =
                    product.post("/score", Applications.ofTheExample().next().body());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("model_version").asString()).isEqualTo("consumer_apply_scorecard_v1.0");
            assertThat(answer.json().path("source").asString()).isEqualTo("model");
            assertThat(product.read("/api/v1/decisions/"
                                    + answer.json().path("decision_id").asString())
                            .path("score")
                            .asDouble())
                    .isCloseTo(answer.json().path("score").asDouble(), within(1e-6));
            assertThat(Health.state(product, "store")).isEqualTo("degraded");
            Product.Answer refused = product.post("/api/v1/tokens", "{\"name\":\"late\",\"roles\":[\"view\"]}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("code").asString()).isEqualTo("store_unavailable");
        }
    }

    private static boolean taken(Product product) {
        try {
            return product.post("/api/v1/tokens", "{\"name\":\"back\",\"roles\":[\"view\"]}")
                            .status()
                    == 201;
        } catch (IOException unreachable) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
