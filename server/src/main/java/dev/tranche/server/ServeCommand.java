package dev.tranche.server;

import dev.tranche.runtime.config.SecretBox;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche serve`: starts a server, says READY when it can answer, and stops cleanly on SIGTERM or Ctrl-C.
/// When it cannot start it says why in one sentence on standard error and ends with exit code 1.
@Command(name = "serve", description = "Start a server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration, tranche.yaml, with conf.d/*.yaml beside it; the flags here win over it")
    private @Nullable Path config;

    @Option(
            names = "--config-keys",
            paramLabel = "FILE",
            description = "keys that open its secrets, mode 0600 (default: the variable TRANCHE_CONFIG_KEYS)")
    private @Nullable Path keys;

    @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: data)")
    private @Nullable Path data;

    @Option(names = "--host", description = "address to listen on (default: 127.0.0.1)")
    private @Nullable String host;

    @Option(names = "--port", description = "port to listen on, 0 picks one (default: 8080)")
    private @Nullable Integer port;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "PostgreSQL to use, jdbc:postgresql://… (default: one of its own in the data folder)")
    private @Nullable String store;

    @Option(
            names = "--journal-durability",
            paramLabel = "async|written|synced",
            description = "what is promised before an answer leaves (default: written)")
    private @Nullable String durability;

    @Option(names = "--node", description = "number of this node, 0..65535 (default: 1)")
    private @Nullable Integer node;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description = "answers a second for each token, 0 = no limit (default: 0)")
    private @Nullable Integer rate;

    @Option(names = "--test-faults", description = "allow slowness and errors to be injected; never in production")
    private boolean testFaults;

    @Override
    public Integer call() throws InterruptedException {
        try {
            serve();
            return 0;
        } catch (StartException | IllegalArgumentException | UncheckedIOException e) {
            LOG.debug("the server did not start", e);
            say("tranche: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            return 1;
        }
    }

    private void say(String sentence) {
        if (spec == null) {
            System.err.println(sentence);
        } else {
            spec.commandLine().getErr().println(sentence);
            spec.commandLine().getErr().flush();
        }
    }

    private void serve() throws InterruptedException {
        Flags flags = new Flags(data, host, port, store, durability, node, rate, testFaults);
        try (Configuration configuration = Configuration.open(config, secrets(), flags)) {
            Settings settings = configuration.settings();
            CountDownLatch stopped = new CountDownLatch(1);
            Composition server = Composition.start(settings, Wings.all());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
                        server.close();
                        stopped.countDown();
                        // The JVM would end with 143 after SIGTERM and 130 after Ctrl-C; a stop that lost nothing is a
                        // success.
                        Runtime.getRuntime().halt(0);
                    }));
            configuration.feed(server);
            double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            PrintStream out = System.out;
            out.printf(Locale.ROOT, "READY http://%s:%d in %.1f s%n", settings.host(), server.port(), seconds);
            out.flush();
            stopped.await();
        }
    }

    private SecretBox secrets() {
        if (keys != null) {
            return SecretBox.fromFile(keys);
        }
        String given = System.getenv(Configuration.KEYS_VARIABLE);
        return given == null ? SecretBox.none() : SecretBox.fromText(given);
    }
}
