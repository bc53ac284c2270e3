package dev.tranche.bench.life;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Requests that come at a fixed rate whether or not the ones before were answered. A latency counts from the
/// moment the request was due, so a server that stands still is not measured only by those who waited in
/// vain.
final class SteadyLoad implements AutoCloseable {
    private final Asker asker;
    private final List<String> bodies;
    private final List<Thread> senders = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private volatile Histogram micros = fresh();
    private volatile boolean open = true;

    private SteadyLoad(Asker asker, List<String> bodies) {
        this.asker = asker;
        this.bodies = bodies;
    }

    private static Histogram fresh() {
        return new ConcurrentHistogram(60_000_000L, 3);
    }

    /// Begins to send.
    ///
    /// @param perSecond requests a second, of all senders together
    /// @param count senders
    static SteadyLoad start(Asker asker, List<String> bodies, int perSecond, int count) {
        SteadyLoad load = new SteadyLoad(asker, bodies);
        long pause = 1_000_000_000L * count / perSecond;
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int sender = i;
            load.senders.add(Thread.ofVirtual().start(() -> load.send(sender, begun + sender * pause / count, pause)));
        }
        return load;
    }

    private void send(int sender, long begun, long pause) {
        long due = begun;
        for (int i = sender; open; i++) {
            due += pause;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            try {
                if (asker.status("/score", bodies.get(i % bodies.size())) != 200) {
                    failed.incrementAndGet();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            micros.recordValue(Math.min(60_000_000L, Math.max(0, (System.nanoTime() - due) / 1000)));
        }
    }

    /// What was measured since the last time this was asked.
    Histogram take() {
        Histogram before = micros;
        micros = fresh();
        return before.copy();
    }

    /// Requests that were not answered 200.
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        open = false;
        for (Thread sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
