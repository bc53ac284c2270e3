package dev.tranche.engine.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a server whenever its events say that a route moved, and every so often anyhow.
final class ServerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

    /// One look; what goes wrong in it is its own.
    @FunctionalInterface
    interface Look {
        void look() throws InterruptedException;
    }

    private final TrancheServer server;
    private final Duration every;
    private final Look look;
    private final Semaphore wake = new Semaphore(0);
    private final Thread asking;
    private final Thread listening;
    private volatile boolean closed;

    private ServerWatch(TrancheServer server, String name, Duration every, Look look) {
        this.server = server;
        this.every = every;
        this.look = look;
        this.asking = Thread.ofPlatform().daemon().name(name).unstarted(this::ask);
        this.listening = Thread.ofPlatform().daemon().name(name + "-events").unstarted(this::listen);
    }

    /// Begins.
    ///
    /// @param name of its threads
    static ServerWatch start(TrancheServer server, String name, Duration every, Look look) {
        ServerWatch watch = new ServerWatch(server, name, every, look);
        watch.asking.start();
        watch.listening.start();
        return watch;
    }

    private void ask() {
        try {
            while (!closed) {
                boolean told = wake.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                LOG.debug("route.ask told={}", told);
                look.look();
            }
        } catch (InterruptedException e) {
            LOG.debug("route.ended", e);
        }
    }

    private void listen() {
        while (!closed) {
            try (InputStream stream = server.events("/api/v1/events");
                    Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8);
                    BufferedReader lines = new BufferedReader(text)) {
                wake.release();
                for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                    if (line.equals("event: route")) {
                        wake.release();
                    }
                }
            } catch (IOException e) {
                LOG.debug("events.ended", e);
            } catch (InterruptedException e) {
                LOG.debug("events.closed", e);
                return;
            }
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(1000, every.toMillis()));
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        asking.interrupt();
        listening.interrupt();
    }
}
