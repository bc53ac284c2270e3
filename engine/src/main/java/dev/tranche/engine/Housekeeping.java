package dev.tranche.engine;

import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.upstream.Measurements;
import dev.tranche.engine.upstream.TrancheServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done now and then: the record log is kept within its size, and the configuration in force is
/// kept on the server.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    private final SignalLog log;
    private final ScheduledFuture<?> beat;
    private volatile @Nullable Kept kept;
    private volatile boolean unsaid;

    private record Kept(TrancheServer server, String product, Launch launch) {}

    private Housekeeping(SignalLog log) {
        this.log = log;
        this.beat = timer.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    static Housekeeping of(SignalLog log) {
        return new Housekeeping(log);
    }

    /// From here on the configuration in force is kept on the server.
    void keepConfiguration(TrancheServer server, String product, Launch launch) {
        kept = new Kept(server, product, launch);
        unsaid = true;
    }

    /// The configuration in force is another one.
    void configurationChanged() {
        unsaid = true;
    }

    private void beat() {
        try {
            log.trim();
        } catch (IOException | RuntimeException e) {
            LOG.error("log.trim.failed", e);
        }
        Kept server = kept;
        if (server == null || !unsaid) {
            return;
        }
        unsaid = false;
        try {
            Measurements.configuration(
                    server.server(),
                    server.product(),
                    server.launch().place(),
                    String.valueOf(server.launch().config().getFileName()),
                    Files.readString(server.launch().config()));
        } catch (IOException e) {
            unsaid = true;
            LOG.debug("configuration.not-kept", e);
        } catch (InterruptedException e) {
            LOG.debug("housekeeping.ended", e);
        }
    }

    @Override
    public void close() {
        beat.cancel(false);
        timer.shutdownNow();
    }
}
