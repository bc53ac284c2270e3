package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.TestServer.Got;
import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.serving.Fault;
import java.nio.file.Path;
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
}
