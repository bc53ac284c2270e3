package dev.tranche.cli;

import com.sun.net.httpserver.HttpServer;
import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Screen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/// The training run of the AOT cache: a few commands against a door of its own that knows one answer, so that
/// the classes they need are loaded when the cache is written. Nothing is printed and no server is asked.
public final class Rehearsal {
    /// Enough of every shape that parsing and drawing happen; what it says is nobody's.
    private static final String ANSWER = """
            {"id":"r","status":"ok","state":"COMPLETED","candidate":"p_x_v1.0","product":"p","strategy":"canary",
             "stage":{"index":0,"count":1,"mode":"shadow","entered_at":"2026-01-01T00:00:00Z","dwell_seconds":60,"elapsed_seconds":6.5},
             "stages":[{"mode":"shadow"}],"items":[{"name":"p_x_v1.0"}],"gates":[{"text":"requests >= 1","verdict":"pass"}],
             "guards":[{"text":"error_rate > 1% for 10m","verdict":"pass","bad_for_seconds":1,"limit_seconds":600}],
             "history":[{"at":"2026-01-01T00:00:00Z","event":"started","actor":"training"}],
             "versions":[{"version":"p_x_v1.0","requests_per_second":1.5,"latency_ms":{"p50":0.2}}]}
            """;

    private static final String[][] COMMANDS = {
        {"health"},
        {"models", "list"},
        {"models", "list", "--json"},
        {"route"},
        {"rollout", "list"},
        {"rollout", "watch", "r"},
        {"decisions", "list"},
        {"score"},
    };

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        door.start();
        int failed = 0;
        for (String[] command : COMMANDS) {
            failed += Main.run(world("http://127.0.0.1:" + door.getAddress().getPort()), command);
        }
        door.stop(0);
        System.exit(failed);
    }

    private static World world(String url) {
        Screen.Size size = new Screen.Size(100, 40);
        return new World(
                new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new ByteArrayInputStream("{\"features\":{\"a\":1}}".getBytes(StandardCharsets.UTF_8)),
                Map.of("TRANCHE_URL", url, "TRANCHE_TOKEN", "training"),
                Path.of(""),
                new Screen(true, new Ink(true), () -> size),
                InstantSource.system(),
                ZoneOffset.UTC,
                Thread::sleep);
    }
}
