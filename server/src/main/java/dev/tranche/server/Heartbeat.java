package dev.tranche.server;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the components' health every second, so that "three failures in a row" has a beat.
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("heartbeat").factory());

    private Heartbeat() {}

    static Heartbeat start(Core core) {
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.timer.scheduleWithFixedDelay(
                () -> {
                    int failures = core.health().beat();
                    if (failures > 0) {
                        LOG.warn(
                                "health check failed {} times in a row: {}",
                                failures,
                                core.health().check());
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
        return heartbeat;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
