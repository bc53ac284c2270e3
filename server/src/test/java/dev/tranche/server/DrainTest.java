package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.TestServer.Got;
import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.serving.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clean stop: what was taken in is answered, and what was answered is kept.
class DrainTest {
    @TempDir
    private Path data;

    @Test
    void aRequestThatIsUnderWayWhenTheServerStopsIsAnsweredAndKept() throws Exception {
        Examples examples = new Examples();
        List<String> applicants = Examples.applicants();
        TestServer server = TestServer.start(data, examples);
        CompletableFuture<Got> under = new CompletableFuture<>();
        try {
            server.score("WARM", applicants.getFirst());
            server.core().serving().faults().set(Examples.SCORECARD, new Fault(150, 0, -1));
            Thread asker = Thread.ofVirtual().start(() -> {
                try {
                    under.complete(server.score("LAST", applicants.getFirst()));
                } catch (Exception e) {
                    under.completeExceptionally(e);
                }
            });
            long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (server.core().serving().inFlight() == 0 && System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            assertThat(server.core().readiness().state()).isEqualTo(Readiness.State.READY);
            server.stop();
            asker.join();
        } finally {
            server.close();
        }
        assertThat(server.core().readiness().state()).isEqualTo(Readiness.State.STOPPED);
        Got answer = under.get(5, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        DecisionId id = DecisionId.parse(answer.json().get("decision_id").asString());
        try (TestServer again = TestServer.start(data, examples)) {
            assertThat(again.core().journal().decision(id))
                    .hasValueSatisfying(kept -> assertThat(kept.loanId()).isEqualTo("LAST"));
        }
    }

    @Test
    void aServerThatIsBeingAskedSaysThatItIsNotReadyBeforeItsDoorsClose() throws Exception {
        String applicant = Examples.applicants().getFirst();
        try (TestServer server = TestServer.start(
                data, new Examples(), each -> each.withPlace(TestServer.AWAY).withDrainGrace(Duration.ofSeconds(3)))) {
            assertThat(server.score("A", applicant).status()).isEqualTo(200);
            server.settle();
            Thread stop = Thread.ofVirtual().start(server::stop);
            long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            int health = 200;
            while (health != 503 && System.nanoTime() < due) {
                health = server.get("/health").status();
            }
            assertThat(health).isEqualTo(503);
            assertThat(server.score("B", applicant).status())
                    .as("still answered")
                    .isEqualTo(200);
            stop.join();
        }
    }

    @Test
    void aServerThatNobodyAsksStopsAtOnce() throws Exception {
        try (TestServer server = TestServer.start(
                data, new Examples(), each -> each.withPlace(TestServer.AWAY).withDrainGrace(Duration.ofMinutes(5)))) {
            long begun = System.nanoTime();
            server.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
        }
    }
}
