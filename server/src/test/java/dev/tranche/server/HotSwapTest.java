package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.VersionName;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions that come and go under people who keep asking: each answer is whole, by the one or by the other.
class HotSwapTest {
    private static final int SWAPS = 16;

    @TempDir
    private Path data;

    private static void asks(TestServer server, int client, AtomicBoolean open, Queue<Got> got) {
        List<String> applicants = Examples.applicants();
        for (int i = 0; open.get(); i++) {
            try {
                got.add(server.score("C" + client + "-" + i, applicants.get(i % 20)));
            } catch (Exception e) {
                throw new IllegalStateException("request " + i + " of client " + client, e);
            }
        }
    }

    private static LoadedVersion load(Examples examples, String name) {
        return examples.artifacts().load(VersionName.parse(name), examples.digest(name));
    }

    @Test
    void versionsAreLoadedSwappedAndUnloadedUnderLoadWithoutAFailedRequest() throws Exception {
        Examples examples = new Examples();
        try (TestServer server = TestServer.start(data, examples)) {
            Queue<Got> got = new ConcurrentLinkedQueue<>();
            Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
            AtomicBoolean open = new AtomicBoolean(true);
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                int number = client;
                clients.add(Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, e) -> broken.add(e))
                        .start(() -> asks(server, number, open, got)));
            }
            for (int epoch = 2; epoch < 2 + SWAPS; epoch++) {
                try (LoadedVersion next = load(examples, epoch % 2 == 0 ? Examples.XGB : Examples.SCORECARD)) {
                    server.core()
                            .routes()
                            .swap(Route.of("consumer_apply", epoch, next, examples.policy(), null, null, List.of()));
                }
                awaitMore(got, broken, 10);
            }
            open.set(false);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(broken).isEmpty();
            assertThat(got)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.body()).isEqualTo(200));
            Map<String, Integer> models = new HashMap<>();
            got.forEach(
                    answer -> models.merge(answer.json().path("model_version").asString(), 1, Integer::sum));
            assertThat(models).containsOnlyKeys(Examples.XGB, Examples.SCORECARD);
            assertThat(models.values()).allMatch(count -> count > SWAPS);
            server.settle();
        }
    }

    private static void awaitMore(Queue<Got> got, Queue<Throwable> broken, int more) {
        int target = got.size() + more;
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (got.size() < target && broken.isEmpty()) {
            assertThat(System.nanoTime()).as("answers go on").isLessThan(due);
            Thread.onSpinWait();
        }
    }
}
