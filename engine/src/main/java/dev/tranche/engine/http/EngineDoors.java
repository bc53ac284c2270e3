package dev.tranche.engine.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.runtime.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// The engine's doors: `GET /signals`, `/status`, `/health` and `/metrics`. They read, and change
/// nothing. Thread-safe.
public final class EngineDoors implements AutoCloseable {
    /// What the doors show.
    ///
    /// @param log what is told
    /// @param metrics what is counted
    /// @param status how everything does, as JSON
    /// @param health whether it does what it is there for
    /// @param token what `/signals` and `/status` ask for; empty: nothing, which is for the loopback
    ///     interface alone
    public record Shown(
            SignalLog log,
            Metrics metrics,
            Supplier<Map<String, Object>> status,
            Supplier<Health> health,
            Optional<String> token) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_BODY = 4096;
    private static final int MOST_CONNECTIONS = 1000;

    private final Server server;
    private final SignalDoor signals;

    private EngineDoors(Server server, SignalDoor signals) {
        this.server = server;
        this.signals = signals;
    }

    /// Opens the doors.
    ///
    /// @param port 0 picks a free one
    /// @throws UncheckedIOException when the port cannot be listened on
    public static EngineDoors open(String host, int port, Shown shown) {
        SignalDoor signals = SignalDoor.of(shown.log());
        ServerBuilder builder = Server.builder()
                .http(new InetSocketAddress(host, port))
                .bossGroupFactory(_ -> DoorLoops.start(1, "doors-accept"))
                .workerGroup(DoorLoops.start(2, "doors"), true)
                .maxRequestLength(LARGEST_BODY)
                .maxNumConnections(MOST_CONNECTIONS)
                .requestTimeout(Duration.ofSeconds(10))
                .idleTimeout(Duration.ofMinutes(1))
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(1))
                .disableServerHeader()
                .disableDateHeader()
                .errorHandler(Problems.answering());
        builder.route().get("/signals").build(guarded(shown.token(), signals));
        builder.route()
                .get("/status")
                .build(guarded(
                        shown.token(),
                        (_, _) -> json(HttpStatus.OK, shown.status().get())));
        builder.route().get("/health").build((_, _) -> health(shown.health().get()));
        builder.route()
                .get("/metrics")
                .build((_, _) -> HttpResponse.of(
                        HttpStatus.OK,
                        MediaType.parse(Metrics.CONTENT_TYPE),
                        shown.metrics().scrape()));
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            signals.close();
            throw new UncheckedIOException("cannot listen on port " + port + " of " + host, new IOException(e));
        }
        return new EngineDoors(server, signals);
    }

    private static HttpService guarded(Optional<String> token, HttpService door) {
        if (token.isEmpty()) {
            return door;
        }
        byte[] wanted = ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8);
        return (ctx, request) -> {
            byte[] given =
                    request.headers().get(HttpHeaderNames.AUTHORIZATION, "").getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(wanted, given)
                    ? door.serve(ctx, request)
                    : Problems.of(HttpStatus.UNAUTHORIZED, "no_token", "this door asks for a token");
        };
    }

    private static HttpResponse health(Health health) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", health.up() ? "UP" : "DOWN");
        tree.put("problems", health.problems());
        return json(health.up() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, tree);
    }

    private static HttpResponse json(HttpStatus status, Map<String, Object> tree) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, JSON.writeValueAsString(tree));
    }

    /// The port that is listened on.
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        signals.close();
        server.stop().join();
    }
}
