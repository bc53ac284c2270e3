package dev.tranche.engine.trading.doors;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.tranche.engine.http.DoorLoops;
import dev.tranche.engine.http.Health;
import dev.tranche.engine.http.Problems;
import dev.tranche.runtime.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The doors of a process of market making: `/health`, `/ready`, `/metrics`, and what its roles hang beside
/// them. Thread-safe.
public final class TradingDoors implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_BODY = 64 << 10;
    private static final int MOST_CONNECTIONS = 1000;

    /// An order of a person.
    @FunctionalInterface
    public interface Order {
        /// @param verb last part of the path
        /// @param body `who`, `reason` and what the verb needs
        /// @return what is answered
        Outcome on(String verb, JsonNode body) throws InterruptedException;
    }

    /// What became of an order.
    ///
    /// @param status of HTTP
    /// @param code stable, blank when it was done
    /// @param detail one sentence, or the word for what was done
    public record Outcome(int status, String code, String detail) {}

    /// What hangs at the doors.
    ///
    /// @param health whether the process lives
    /// @param ready whether it does what it is there for
    /// @param open whether doors that show are open without the token
    /// @param token what the others ask for
    public record Terms(
            String host,
            int port,
            Metrics metrics,
            Supplier<Health> health,
            Supplier<Health> ready,
            boolean open,
            String token) {}

    private final Terms terms;
    private final ServerBuilder builder;
    private final List<AutoCloseable> closing = new ArrayList<>();
    private Server server =
            Server.builder().service("/", (_, _) -> HttpResponse.of(200)).build();

    private TradingDoors(Terms terms) {
        this.terms = terms;
        this.builder = Server.builder()
                .http(new InetSocketAddress(terms.host(), terms.port()))
                .bossGroupFactory(_ -> DoorLoops.start(1, "doors-accept"))
                .workerGroup(DoorLoops.start(2, "doors"), true)
                .maxRequestLength(LARGEST_BODY)
                .maxNumConnections(MOST_CONNECTIONS)
                .requestTimeout(Duration.ofSeconds(15))
                .idleTimeout(Duration.ofMinutes(1))
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(1))
                .disableServerHeader()
                .disableDateHeader()
                .errorHandler(Problems.answering());
        builder.route().get("/health").build((_, _) -> health(terms.health().get()));
        builder.route().get("/ready").build((_, _) -> health(terms.ready().get()));
        builder.route()
                .get("/metrics")
                .build((_, _) -> HttpResponse.of(
                        HttpStatus.OK,
                        MediaType.parse(Metrics.CONTENT_TYPE),
                        terms.metrics().scrape()));
    }

    /// Doors that open with [#open].
    public static TradingDoors of(Terms terms) {
        return new TradingDoors(terms);
    }

    /// Hangs a document.
    public TradingDoors show(String path, Supplier<Map<String, Object>> tree) {
        builder.route().get(path).build(shown((_, _) -> json(HttpStatus.OK, tree.get())));
        return this;
    }

    /// Hangs a document once a second as server-sent events.
    public TradingDoors stream(String path, String name, Supplier<Map<String, Object>> tree) {
        EventStream stream = EventStream.each(Duration.ofSeconds(1), name, tree);
        closing.add(stream);
        builder.route().get(path).build(shown(stream));
        return this;
    }

    /// Hangs a stream of bytes.
    public TradingDoors bytes(String path, HttpService service) {
        builder.route().get(path).build(shown(service));
        return this;
    }

    /// Hangs the orders of people: `POST path/{verb}`, always with the token.
    public TradingDoors orders(String path, Order order) {
        builder.route()
                .post(path + "/{verb}")
                .build(guarded((ctx, request) -> HttpResponse.of(request.aggregate()
                        .thenApplyAsync(
                                whole -> answered(String.valueOf(ctx.pathParam("verb")), whole, order),
                                ctx.blockingTaskExecutor()))));
        return this;
    }

    private static HttpResponse answered(String verb, AggregatedHttpRequest request, Order order) {
        try {
            JsonNode body =
                    request.content().isEmpty() ? JSON.createObjectNode() : JSON.readTree(request.contentUtf8());
            Outcome outcome = order.on(verb, body);
            if (outcome.code().isEmpty()) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("done", verb);
                tree.put("detail", outcome.detail());
                return json(HttpStatus.valueOf(outcome.status()), tree);
            }
            return Problems.of(HttpStatus.valueOf(outcome.status()), outcome.code(), outcome.detail());
        } catch (JacksonException e) {
            return Problems.of(HttpStatus.BAD_REQUEST, "malformed", "the body is no JSON: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "not_available", "the process ends");
        }
    }

    private HttpService shown(HttpService door) {
        return terms.open() ? door : guarded(door);
    }

    private HttpService guarded(HttpService door) {
        byte[] wanted = ("Bearer " + terms.token()).getBytes(StandardCharsets.UTF_8);
        return (ctx, request) -> allowed(request, wanted)
                ? door.serve(ctx, request)
                : Problems.of(HttpStatus.UNAUTHORIZED, "no_token", "this door asks for a token");
    }

    private static boolean allowed(HttpRequest request, byte[] wanted) {
        byte[] given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(wanted, given);
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

    /// Opens the doors.
    ///
    /// @throws UncheckedIOException when the port cannot be listened on
    public TradingDoors open() {
        server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(
                    "cannot listen on port " + terms.port() + " of " + terms.host(), new IOException(e));
        }
        return this;
    }

    /// The port that is listened on.
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        server.stop().join();
    }
}
