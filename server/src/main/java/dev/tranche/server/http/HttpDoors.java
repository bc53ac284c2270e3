package dev.tranche.server.http;

import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.server.bodies.Bodies;
import dev.tranche.server.journal.Decisions;
import dev.tranche.server.serving.Explanations;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The HTTP server with its doors.
///
/// ```java
/// HttpDoors doors = HttpDoors.open("127.0.0.1", 0, limits, hot, rack -> rack.get("/hello", null, _ -> …));
/// int port = doors.port();
/// ```
public final class HttpDoors implements AutoCloseable {

    /// How much a door accepts.
    ///
    /// @param bodyBytes largest body of an ordinary door, in bytes
    /// @param requestsPerSecond hot requests a second for each caller, 0 = no limit
    public record Limits(long bodyBytes, int requestsPerSecond) {
        /// One MiB, no rate.
        public static final Limits DEFAULT = new Limits(1 << 20, 0);

        /// @throws IllegalArgumentException when a limit is outside its range
        public Limits {
            if (bodyBytes < 1024 || bodyBytes > 1L << 30) {
                throw new IllegalArgumentException("body limit must be within 1024..1073741824 bytes: " + bodyBytes);
            }
            if (requestsPerSecond < 0 || requestsPerSecond > 1_000_000) {
                throw new IllegalArgumentException(
                        "rate must be within 0..1000000 requests a second: " + requestsPerSecond);
            }
        }
    }

    /// What the hot doors need.
    ///
    /// @param routes the routes
    /// @param serving answers
    /// @param access who may come in
    /// @param clock the clock
    /// @param readiness whether this node wants requests
    /// @param explanations answers why
    /// @param decisions finds a past decision
    /// @param metrics where refused requests are counted
    public record Hot(
            RouteTable routes,
            Serving serving,
            Access access,
            Ticks clock,
            Readiness readiness,
            Explanations explanations,
            Decisions decisions,
            MeterRegistry metrics) {}

    /// A stop waits until nobody has asked anything for so long, so that a client between two requests on one
    /// connection still learns that it ends; a shorter silence may only mean that the client is slow.
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Server server;
    private final ExecutorService threads;
    private final RateLimit rate;

    /// Where new connections come from; known once there was one.
    private final AtomicReference<@Nullable Channel> listener;

    private final AtomicBoolean ending;

    private HttpDoors(
            Server server,
            ExecutorService threads,
            RateLimit rate,
            AtomicReference<@Nullable Channel> listener,
            AtomicBoolean ending) {
        this.server = server;
        this.threads = threads;
        this.rate = rate;
        this.listener = listener;
        this.ending = ending;
    }

    /// Opens the doors.
    ///
    /// @param port 0 picks a free one
    /// @param cold hangs the cold doors
    /// @throws UncheckedIOException when the port cannot be listened on
    public static HttpDoors open(String host, int port, Limits limits, Hot hot, Consumer<Doors> cold) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Refusals refusals = Refusals.in(hot.metrics());
        AtomicBoolean ending = new AtomicBoolean();
        AtomicReference<@Nullable Channel> listener = new AtomicReference<>();
        RateLimit rate = RateLimit.of(limits.requestsPerSecond());
        ServerBuilder builder = Server.builder()
                .http(new InetSocketAddress(host, port))
                .bossGroupFactory(_ -> EventLoops.start(1, "tranche-accept"))
                .workerGroup(EventLoops.start(workers(), "tranche-eventloop"), true)
                .gracefulShutdown(GracefulShutdown.builder()
                        .quietPeriod(QUIET)
                        .timeout(Duration.ofSeconds(5))
                        .build())
                .childChannelPipelineCustomizer(
                        pipeline -> listener.set(pipeline.channel().parent()))
                .maxRequestLength(Bodies.let(limits.bodyBytes()))
                .idleTimeout(Duration.ofMinutes(1))
                .disableServerHeader()
                .disableDateHeader()
                .errorHandler(new ProtocolErrors(refusals));
        HotDoor score =
                HotDoor.score(hot.routes(), hot.serving(), hot.access(), rate, hot.clock(), hot.readiness(), refusals);
        HotDoor predict = HotDoor.predict(
                hot.routes(), hot.serving(), hot.access(), rate, hot.clock(), hot.readiness(), refusals);
        builder.route().post("/score").requestTimeout(Duration.ofSeconds(30)).build(score);
        builder.route().post("/predict").requestTimeout(Duration.ofSeconds(30)).build(predict);
        builder.decorator((door, ctx, request) -> {
            if (ending.get()) {
                endConnection(ctx);
            }
            return door.serve(ctx, request);
        });
        DoorRack rack = new DoorRack(
                builder,
                hot.access(),
                threads,
                limits.bodyBytes(),
                refusals,
                new InferenceGate(hot.access(), rate, hot.readiness(), hot.clock(), refusals));
        rack.post("/explain", Role.PREDICT, ExplainDoor.of(hot, rate));
        cold.accept(rack);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            threads.close();
            throw new UncheckedIOException("cannot listen on port " + port + " of " + host, new IOException(e));
        }
        return new HttpDoors(server, threads, rate, listener, ending);
    }

    /// Another rate from now on.
    ///
    /// @param requestsPerSecond hot requests a second for each caller, 0..1000000, 0 = no limit
    public void rate(int requestsPerSecond) {
        rate.change(requestsPerSecond);
    }

    /// Tells the client with this answer that the connection ends, so that nobody sends a request into a
    /// closed one.
    @SuppressWarnings("FutureReturnValueIgnored") // the stop itself waits for the connections
    private static void endConnection(ServiceRequestContext ctx) {
        ctx.initiateConnectionShutdown();
    }

    private static int workers() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /// The port that is listened on.
    public int port() {
        return server.activeLocalPort();
    }

    /// Refuses new connections, then answers what is under way, tells each client that its connection ends,
    /// and closes. In this order, because the HTTP library goes on accepting until it closes everything at
    /// once.
    @Override
    public void close() {
        Channel accepting = listener.get();
        if (accepting != null) {
            accepting.close().awaitUninterruptibly();
        }
        ending.set(true);
        server.stop().join();
        threads.close();
    }
}
