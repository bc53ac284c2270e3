package dev.tranche.engine;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.ConfigException;
import dev.tranche.runtime.log.LogFullException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche divergence run`: starts the detector, says READY when its doors are open, and stops cleanly
/// on SIGTERM or Ctrl-C. With recordings alone it ends when they do, unless told to stay. When it cannot
/// start it says why in one sentence on standard error and ends with exit code 1.
@Command(
        name = "run",
        description = "Detects divergences on recorded streams or a venue; signals are read-only.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long LOOK_MILLIS = 100;
    private static final double MILLIS = 1000;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LaunchOptions options;

    @Option(names = "--stay", description = "keep the doors open when all recordings have ended")
    private boolean stay;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Launch launch = options.launch(spec.commandLine(), System.getenv());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitStop(stop, stopped), "stop");
        try (Engine engine = Engine.start(launch, Ticks.system())) {
            Runtime.getRuntime().addShutdownHook(hook);
            long took = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            out.printf(Locale.ROOT, "READY http://127.0.0.1:%d in %.1f s%n", engine.port(), took / MILLIS);
            out.flush();
            while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && (stay || !engine.ended())) {
                LOG.trace("running");
            }
            return engine.failed() ? 1 : 0;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | ConfigException | LogFullException e) {
            LOG.debug("start.failed", e);
            err.println("tranche divergence run: " + e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(10, TimeUnit.SECONDS)) {
                LOG.warn("stop.unfinished");
            }
        } catch (InterruptedException e) {
            LOG.debug("stop.interrupted", e);
        }
    }
}
