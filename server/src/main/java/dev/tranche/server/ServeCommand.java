package dev.tranche.server;

import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.server.http.HttpDoors;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tranche serve`: starts a server, says READY when it can answer, and stops cleanly on SIGTERM or Ctrl-C.
@Command(name = "serve", description = "Start a server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: data)")
    private Path data = Path.of("data");

    @Option(names = "--host", description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "port to listen on, 0 picks one (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "PostgreSQL to use, jdbc:postgresql://… (default: one of its own in the data folder)")
    private @Nullable String store;

    @Option(
            names = "--journal-durability",
            paramLabel = "async|written|synced",
            description = "what is promised before an answer leaves (default: ${DEFAULT-VALUE})")
    private String durability = "written";

    @Option(names = "--node", description = "number of this node, 0..65535 (default: ${DEFAULT-VALUE})")
    private int node = 1;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description = "answers a second for each token, 0 = no limit (default: ${DEFAULT-VALUE})")
    private int rate = 0;

    @Option(names = "--test-faults", description = "allow slowness and errors to be injected; never in production")
    private boolean testFaults;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Composition server = Composition.start(settings(), Wings.all());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            server.close();
            stopped.countDown();
            // The JVM would end with 143 after SIGTERM and 130 after Ctrl-C; a stop that lost nothing is a success.
            Runtime.getRuntime().halt(0);
        }));
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        PrintStream out = System.out;
        out.printf(Locale.ROOT, "READY http://%s:%d in %.1f s%n", host, server.port(), seconds);
        out.flush();
        stopped.await();
        return 0;
    }

    private Settings settings() {
        try {
            StorePlace place = store == null
                    ? new StorePlace.Embedded(data.resolve("postgres"))
                    : new StorePlace.Server(store, "", "");
            return new Settings(
                    data.toAbsolutePath(),
                    host,
                    port,
                    place,
                    Durability.parse(durability),
                    Settings.SEGMENT_BYTES,
                    node,
                    testFaults,
                    new HttpDoors.Limits(HttpDoors.Limits.DEFAULT.bodyBytes(), rate));
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
