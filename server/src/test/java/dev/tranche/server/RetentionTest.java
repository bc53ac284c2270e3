package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.log.Durability;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.Followed;
import dev.tranche.server.journal.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal forgets what PostgreSQL remembers, and nobody sees the difference.
class RetentionTest {
    private static final Examples EXAMPLES = new Examples();
    private static final String PRODUCT = "consumer_apply";
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path data;

    private static List<String> ask(TestServer server, int count) throws Exception {
        List<String> applicants = Examples.applicants();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TestServer.Got got = server.score("L" + i, applicants.get(i % applicants.size()));
            ids.add(got.json().get("decision_id").asString());
        }
        server.settle();
        return ids;
    }

    private static boolean kept(TestServer server, String id) {
        return server.core().journal().decision(DecisionId.parse(id)).isPresent();
    }

    /// Sweeps until what may go has been copied and is gone.
    private static void awaitDropped(TestServer server, Instant now) {
        long first = server.core().journal().start();
        long due = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.composition().trim(now) == first) {
            assertThat(System.nanoTime()).as("within 30 s").isLessThan(due);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatWasDroppedHereIsStillFoundAndReplayed() throws Exception {
        Instant now = Instant.now();
        Instant later = now.plus(Duration.ofDays(100));
        List<String> ids;
        String before;
        try (TestServer server =
                TestServer.start(data, EXAMPLES, each -> each.withJournal(Durability.WRITTEN, SEGMENT))) {
            ids = ask(server, 400);
            server.core().store().awaitUp(Duration.ofSeconds(60));
            before = server.get("/api/v1/decisions/" + ids.getFirst()).body();
            long first = server.core().journal().start();
            assertThat(server.composition().trim(now)).as("a day is counted").isEqualTo(first);
            server.core().windows().follow(PRODUCT, new Followed(Examples.XGB, true, now, now));
            assertThat(server.composition().trim(later))
                    .as("a rollout is counted")
                    .isEqualTo(first);
            server.core().windows().unfollow(PRODUCT);
            awaitDropped(server, later);
            assertThat(kept(server, ids.getFirst())).isFalse();
            assertThat(server.get("/api/v1/decisions/" + ids.getFirst()).body()).isEqualTo(before);
            assertThat(server.post("/api/v1/decisions/" + ids.getFirst() + "/replay", "{}")
                            .body())
                    .contains("EXACT");
        }
        try (TestServer again =
                TestServer.start(data, EXAMPLES, each -> each.withJournal(Durability.WRITTEN, SEGMENT))) {
            assertThat(kept(again, ids.getLast()))
                    .as("its layout was dropped and is still known")
                    .isTrue();
            again.core().store().awaitUp(Duration.ofSeconds(60));
            assertThat(again.post("/api/v1/decisions/" + ids.getLast() + "/replay", "{}")
                            .body())
                    .contains("EXACT");
            assertThat(again.get("/api/v1/decisions/" + ids.getFirst()).body()).isEqualTo(before);
            assertThat(again.get("/api/v1/decisions/d9-zz").status()).isEqualTo(404);
        }
    }

    @Test
    void beyondItsBytesTheOldestGoAndNoMore() throws Exception {
        try (TestServer server =
                TestServer.start(data, EXAMPLES, each -> each.withJournal(Durability.WRITTEN, SEGMENT))) {
            List<String> ids = ask(server, 400);
            server.core().store().awaitUp(Duration.ofSeconds(60));
            long limit = 3L * SEGMENT;
            assertThat(server.core().journal().diskBytes()).isGreaterThan(limit);
            server.composition().tune(0, new Retention(Duration.ofDays(90), limit));
            Instant now = Instant.now().plus(Duration.ofDays(2));
            long due = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (server.core().journal().diskBytes() > limit) {
                server.composition().trim(now);
                assertThat(System.nanoTime()).as("within 30 s").isLessThan(due);
            }
            assertThat(server.core().journal().diskBytes()).isGreaterThan(limit - 2 * SEGMENT);
            assertThat(kept(server, ids.getFirst())).isFalse();
            assertThat(kept(server, ids.getLast())).isTrue();
        }
    }

    @Test
    void whatWasNotCopiedStays() throws Exception {
        try (TestServer server = TestServer.start(
                data,
                EXAMPLES,
                each -> each.withJournal(Durability.WRITTEN, SEGMENT).withPlace(TestServer.AWAY))) {
            List<String> ids = ask(server, 400);
            long first = server.core().journal().start();
            assertThat(server.composition().trim(Instant.now().plus(Duration.ofDays(100))))
                    .isEqualTo(first);
            assertThat(kept(server, ids.getFirst())).isTrue();
        }
    }
}
