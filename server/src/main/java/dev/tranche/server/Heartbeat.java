package dev.tranche.server;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the components' health every second, so that "three failures in a row" has a beat.
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("heartbeat").factory());

    private final ScheduledFuture<?> beat;

    private Heartbeat(Core core) {
        beat = timer.scheduleWithFixedDelay(() -> beat(core), 1, 1, TimeUnit.SECONDS);
    }

    static Heartbeat start(Core core) {
        return new Heartbeat(core);
    }

    private static void beat(Core core) {
        int failures = core.health().beat();
        if (Integer.bitCount(failures) == 1) {
            LOG.warn(
                    "health check failed {} times in a row: {}",
                    failures,
                    core.health().check());
        }
    }

    @Override
    public void close() {
        beat.cancel(true);
        timer.shutdownNow();
    }
}
