package dev.tranche.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts of the demo against a small HTTP server of the test; the demo itself runs whole in the
/// end-to-end tests.
class DemoPartsTest {
    @TempDir
    private Path folder = Path.of(".");

    private HttpServer server = server();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Story story = new Story(new PrintStream(screen, true, StandardCharsets.UTF_8), false);

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Api api() {
        return Api.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "secret");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Applicants applicants() throws IOException {
        Path csv = Files.writeString(folder.resolve("rows.csv"), """
                # a remark
                age,purpose,bad
                30,new car,0
                41,"radio",1
                ,furniture,0
                """);
        return Applicants.read(csv, 7);
    }

    @Test
    void applicantsAreDrawnBySeedUnderFreshIdsAndTheClassStaysAtHome() throws IOException {
        Applicants some = applicants();
        assertThat(some.rows()).isEqualTo(3);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Applicants.Applicant applicant = some.draw();
            assertThat(applicant.body())
                    .contains("\"loan_id\":\"" + applicant.id())
                    .doesNotContain("bad");
            assertThat(applicant.body()).containsAnyOf("\"age\":30", "\"age\":41", "\"age\":null");
            ids.add(applicant.id());
        }
        assertThat(ids).hasSize(50);
        assertThat(applicants().draw()).isEqualTo(applicants().draw());
    }

    @Test
    void aFileWithoutTheClassIsRefusedByName() throws IOException {
        Path csv = Files.writeString(folder.resolve("rows.csv"), "age\n30\n");
        assertThatThrownBy(() -> Applicants.read(csv, 7)).hasMessageContaining("no column bad");
    }

    @Test
    void everyRequestIsCountedAndEveryOutcomePosted() throws IOException, InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger outcomes = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(40);
        server.createContext("/score", exchange -> {
            int n = asked.incrementAndGet();
            enough.countDown();
            answer(
                    exchange,
                    n % 10 == 0 ? 503 : 200,
                    "{\"decision_id\":\"d1-" + n + "\",\"source\":\"" + (n % 5 == 0 ? "fallback_rules" : "model")
                            + "\"}");
        });
        server.createContext("/api/v1/outcomes", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            outcomes.addAndGet(body.split("loan_id", -1).length - 1);
            answer(exchange, 200, "{}");
        });
        Traffic traffic = Traffic.start(api(), applicants(), 400);
        try (traffic) {
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(traffic.sent()).isEqualTo(asked.get());
        assertThat(traffic.answered()).isEqualTo(outcomes.get()).isLessThan(traffic.sent());
        assertThat(traffic.bySource().get("HTTP 503")).isEqualTo(traffic.sent() - traffic.answered());
        assertThat(traffic.fallbacks()).isPositive();
        assertThat(traffic.lastDecision()).startsWith("d1-");
    }

    @Test
    void aRefusalIsAnErrorOfTheDemo() {
        server.createContext("/x", exchange -> answer(exchange, 409, "{\"code\":\"ended\"}"));
        assertThatThrownBy(() -> api().read("/x")).hasMessageContaining("409").hasMessageContaining("ended");
    }

    @Test
    void eachChangeOfARolloutIsToldOnceAndWaitingIsNoNews() throws IOException, InterruptedException {
        List<String> states = new ArrayList<>(
                List.of(
                        rollout("RUNNING", true, ""),
                        rollout("RUNNING", true, gate("requests >= 10: wait, requests 0 of 10")),
                        rollout(
                                "ROLLED_BACK",
                                false,
                                gate("requests >= 10: wait, requests 0 of 10") + ","
                                        + gate("error_rate < 1%: fail, 20 of 30")
                                        + ",{\"at\":\"2026-01-01T10:00:01Z\",\"event\":\"rolled-back\",\"reason\":\"gate error_rate\"}")));
        server.createContext(
                "/api/v1/rollouts/p-1",
                exchange -> answer(exchange, 200, states.size() > 1 ? states.removeFirst() : states.getFirst()));
        Watch watch = new Watch(api(), story, "p-1");
        assertThat(watch.untilEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(watch.untilTold("rolled-back", Duration.ofSeconds(1))).isTrue();
        assertThat(watch.untilLive(Duration.ofSeconds(1))).isTrue();
        assertThat(watch.reason("rolled-back")).contains("gate error_rate");
        assertThat(watch.count("gate-judged")).isEqualTo(2);
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("✗ error_rate < 1%", "✓ checklist · benchmark")
                .doesNotContain("requests 0 of 10")
                .containsOnlyOnce("rolled-back");
    }

    private static String gate(String reason) {
        return "{\"at\":\"2026-01-01T10:00:00Z\",\"event\":\"gate-judged\",\"reason\":\"" + reason + "\"}";
    }

    private static String rollout(String state, boolean active, String history) {
        return "{\"id\":\"p-1\",\"state\":\"" + state + "\",\"active\":" + active
                + ",\"checklist\":[{\"name\":\"benchmark\",\"verdict\":\"pass\",\"detail\":\"" + "quick ".repeat(40)
                + "\"}],\"history\":[" + history + "]}";
    }

    @Test
    void aBrokenPromiseIsMarkedAndCounted() {
        story.chapter("One");
        story.expect(true, "kept %d", 1);
        story.expect(false, "broken %d", 2);
        assertThat(story.broken()).isEqualTo(1);
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("── One", "✓ kept 1", "✗ broken 2");
    }
}
