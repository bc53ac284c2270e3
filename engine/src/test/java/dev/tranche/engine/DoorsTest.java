package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.engine.http.EngineDoors;
import dev.tranche.engine.http.Health;
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.signal.Told;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorsTest {
    private static final LogSettings SETTINGS = LogSettings.of(Durability.ASYNC).withSegmentBytes(64 << 10);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SignalLog log;

    @SuppressWarnings("NullAway.Init")
    private EngineDoors doors;

    @SuppressWarnings("NullAway.Init")
    private Asked asked;

    private final Metrics metrics = Metrics.create();

    @BeforeEach
    void open() throws IOException {
        log = SignalLog.open(folder, SETTINGS, 100, 1 << 20, false, Ticks.system());
        doors = doors(Optional.empty(), List.of());
        asked = new Asked(doors.port());
    }

    private EngineDoors doors(Optional<String> token, List<String> problems) {
        return EngineDoors.open(
                "127.0.0.1",
                0,
                new EngineDoors.Shown(log, metrics, () -> Map.of("a", 1), () -> new Health(problems), token));
    }

    @AfterEach
    void close() {
        asked.close();
        doors.close();
        log.close();
        metrics.close();
    }

    private static String one(int number) {
        return "{\"number\":" + number + "}";
    }

    @Test
    void whatIsToldComesToAListenerWhoIsThereAndToOneWhoComesBack() throws Exception {
        long first = log.tell(Told.Type.SIGNAL, one(1));
        CompletableFuture<List<Asked.Event>> listener = CompletableFuture.supplyAsync(() -> {
            try {
                return asked.events("", "", event -> event.data().path("number").asInt() == 3);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Asked.await(() -> log.listeners() == 1);
        log.tell(Told.Type.SHADOW, one(2));
        log.tell(Told.Type.OUTCOME, one(3));
        assertThat(listener.join()).extracting(Asked.Event::name).containsExactly("outcome");
        assertThat(asked.events("", "" + first, event -> event.name().equals("outcome")))
                .extracting(Asked.Event::name)
                .containsExactly("outcome");
        assertThat(asked.events("?shadow=true", "0", event -> event.name().equals("outcome")))
                .extracting(Asked.Event::name)
                .containsExactly("signal", "shadow", "outcome");
        Asked.await(() -> {
            log.tell(Told.Type.SIGNAL, one(4)); // a listener that left is found out when something is written to it
            return log.listeners() == 0;
        });
    }

    @Test
    void onlyTheNewestAreKeptAndAListenerIsToldThatItMissedSome() throws Exception {
        for (int i = 0; i < 250; i++) {
            log.tell(Told.Type.SIGNAL, one(i));
        }
        List<Asked.Event> events =
                asked.events("", "0", event -> event.data().path("number").asInt(-1) == 249);
        assertThat(events.getFirst().name()).isEqualTo("missed");
        assertThat(events).hasSize(101);
        assertThat(log.newest(3)).extracting(Told::json).containsExactly(one(247), one(248), one(249));
    }

    @Test
    void theLogIsKeptWithinItsSizeAndReadBackAfterARestart() throws Exception {
        String long1 = "{\"text\":\"" + "x".repeat(10_000) + "\"}";
        for (int i = 0; i < 300; i++) {
            log.tell(Told.Type.SIGNAL, long1);
            log.trim();
        }
        assertThat(log.diskBytes()).isLessThan((1 << 20) + 3 * (64 << 10));
        List<Told> newest = log.newest(100);
        log.close();
        log = SignalLog.open(folder, SETTINGS, 60, 1 << 20, false, Ticks.system());
        assertThat(log.newest(100)).isEqualTo(newest.subList(40, 100));
    }

    @Test
    void hostileRequestsAreRefusedAsProblemsAndHarmNobody() throws Exception {
        assertThat(problem(asked.get("/nothing"))).isEqualTo("404 unknown_path");
        assertThat(problem(asked.get("/signals", "Last-Event-ID", "-1"))).isEqualTo("400 bad_value");
        assertThat(problem(asked.get("/signals", "Last-Event-ID", "9".repeat(19))))
                .isEqualTo("400 bad_value");
        assertThat(raw("POST /status HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .contains(" 405 ");
        assertThat(raw("GET /status HTTP/1.1\r\nHost: a\r\nX-Long: " + "y".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ");
        assertThat(raw("\u0001\u0002nonsense\r\n\r\n")).contains(" 400 ");
        assertThat(asked.get("/status").body()).isEqualTo("{\"a\":1}");
        assertThat(asked.get("/metrics").statusCode()).isEqualTo(200);
    }

    private static String problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return answer.statusCode() + " " + answer.body().replaceFirst(".*\"code\":\"([a-z_]+)\".*", "$1");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), doors.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(40), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void withATokenSignalsAndStatusAreShownToItsBearerAlone() throws Exception {
        try (EngineDoors closed = doors(Optional.of("secret"), List.of("something is wrong"));
                Asked visitor = new Asked(closed.port())) {
            assertThat(visitor.get("/status").statusCode()).isEqualTo(401);
            assertThat(visitor.get("/signals").statusCode()).isEqualTo(401);
            assertThat(visitor.get("/status", "Authorization", "Bearer secret").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> health = visitor.get("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).isEqualTo("{\"status\":\"DOWN\",\"problems\":[\"something is wrong\"]}");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> EngineDoors.open(
                        "127.0.0.1",
                        doors.port(),
                        new EngineDoors.Shown(log, metrics, Map::of, () -> new Health(List.of()), Optional.empty())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on port " + doors.port());
    }
}
