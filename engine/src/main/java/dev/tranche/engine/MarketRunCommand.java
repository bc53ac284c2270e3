package dev.tranche.engine;

import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.trading.run.MarketMaker;
import dev.tranche.engine.trading.run.TradingLaunch;
import dev.tranche.engine.trading.store.TradingTables;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.ConfigException;
import dev.tranche.runtime.config.SecretBox;
import dev.tranche.runtime.log.LogFullException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche market run`: starts the engine, the risk monitor, market data, or all of them in one process; says
/// READY when its doors are open; on SIGTERM or Ctrl-C pulls every quote and waits for the venues to confirm.
@Command(
        name = "run",
        description = "Makes markets: an engine, its risk monitor, its market data, or all of them in one process.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MarketRunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(MarketRunCommand.class);
    private static final long LOOK_MILLIS = 50;
    private static final double MILLIS = 1000;
    private static final long STOP_MINUTES = 11;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "trading.yaml")
    private Path config = Path.of("trading.yaml");

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "engine, risk-monitor, market-data; several by commas (default: all in this process)")
    private List<String> roles = List.of();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "keys that open its secrets, mode 0600 (default: the variable TRANCHE_CONFIG_KEYS)")
    private Optional<Path> keys = Optional.empty();

    @Option(names = "--server", paramLabel = "URL", description = "server whose routes are followed")
    private Optional<String> server = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "token for that server, roles view and measure")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the journal")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--host", description = "address to listen on (default: 127.0.0.1)")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--port",
            description =
                    "port to listen on, 0 picks one (default: 8080; the risk monitor alone 8081, market data 8082)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--pace", paramLabel = "real|20x|fast", description = "how fast recorded files are played")
    private Optional<String> pace = Optional.empty();

    @Option(names = "--stay", description = "keep the doors open when everything recorded has been played")
    private boolean stay;

    @Option(names = "--anew", description = "begin a new desk though the journal holds one; its orders must be gone")
    private boolean anew;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private MarketRunCommand() {}

    private TradingLaunch launch() {
        try {
            Set<TradingLaunch.Role> wanted = EnumSet.noneOf(TradingLaunch.Role.class);
            roles.forEach(role -> wanted.add(TradingLaunch.Role.parse(role)));
            SecretBox secrets = keys.isPresent()
                    ? SecretBox.fromFile(keys.get())
                    : Optional.ofNullable(System.getenv("TRANCHE_CONFIG_KEYS"))
                            .map(SecretBox::fromText)
                            .orElseGet(SecretBox::none);
            return new TradingLaunch(
                    config,
                    wanted.isEmpty() ? EnumSet.allOf(TradingLaunch.Role.class) : wanted,
                    secrets,
                    server,
                    tokenFile,
                    data,
                    host,
                    port,
                    pace.map(Pace::parse),
                    anew);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        TradingLaunch launch = launch();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitStop(stop, stopped), "stop");
        try (MarketMaker maker = MarketMaker.start(launch, Ticks.system(), TradingTables::open)) {
            Runtime.getRuntime().addShutdownHook(hook);
            long took = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            out.printf(Locale.ROOT, "READY http://127.0.0.1:%d in %.1f s%n", maker.port(), took / MILLIS);
            out.flush();
            while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && (stay || !maker.ended())) {
                LOG.trace("running");
            }
            return maker.failed() ? 1 : 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | ConfigException | LogFullException e) {
            LOG.debug("start.failed", e);
            err.println("tranche market run: " + e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(STOP_MINUTES, TimeUnit.MINUTES)) {
                LOG.warn("stop.unfinished");
            }
        } catch (InterruptedException e) {
            LOG.debug("stop.interrupted", e);
        }
    }
}
