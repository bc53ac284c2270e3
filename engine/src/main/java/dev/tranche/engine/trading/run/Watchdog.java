package dev.tranche.engine.trading.run;

import dev.tranche.runtime.clock.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the loop still goes round, on a thread that does nothing else, so that nothing else can hold it
/// up. A loop that stands still for longer than its patience is given up, once: the lines to the venues are cut,
/// and what protects us there takes every order back. Thread-safe.
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_MILLIS = 100;

    private final LongSupplier alive;
    private final Duration patience;
    private final Ticks ticks;
    private final Runnable cut;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String givenUp;

    private Watchdog(LongSupplier alive, Duration patience, Ticks ticks, Runnable cut) {
        this.alive = alive;
        this.patience = patience;
        this.ticks = ticks;
        this.cut = cut;
        this.thread = Thread.ofPlatform().daemon().name("desk-watchdog").unstarted(this::run);
    }

    /// @param alive when the loop went round last, on the monotonic clock
    /// @param cut cuts the lines; must not wait
    static Watchdog start(LongSupplier alive, Duration patience, Ticks ticks, Runnable cut) {
        Watchdog dog = new Watchdog(alive, patience, ticks, cut);
        dog.thread.start();
        return dog;
    }

    private void run() {
        try {
            while (!closed && givenUp == null) {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.debug("watchdog.ended", e);
        }
    }

    private void look() {
        long still = ticks.nanos() - alive.getAsLong();
        if (still > patience.toNanos()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(still);
            givenUp = "the loop has not gone round for " + millis + " ms: the lines to the venues are cut";
            LOG.error("loop.stalled ms={} lines=cut", millis);
            cut.run();
        }
    }

    /// Why the loop was given up; empty while it goes round.
    Optional<String> givenUp() {
        return Optional.ofNullable(givenUp);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
