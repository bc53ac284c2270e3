package dev.tranche.engine.venue;

import dev.tranche.engine.feed.Backoff;
import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one connection to a venue: connects, lets its role prepare it, watches it, and connects again with
/// growing waits. All but the hearing happens on the line's own thread, so a role that asks the venue and
/// waits for the answer keeps nobody else waiting.
final class Line {
    /// What a connection is for.
    interface Role extends Wire.Hearer {
        /// Where to connect; may ask the venue for it.
        URI address() throws VenueException, InterruptedException;

        /// The connection is there and shall be made ready; after this it is.
        void prepare(Wire wire) throws VenueException, InterruptedException;

        /// Called every few milliseconds while it is ready.
        void due(Wire wire, long nanos) throws VenueException, InterruptedException;

        /// It is over, ready or not.
        void lost(String reason);
    }

    /// Something that the line's thread shall do.
    interface Task {
        void run(Wire wire) throws VenueException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long LOOK_MILLIS = 10;
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final URI shown;
    private final LinkSettings settings;
    private final HttpClient client;
    private final Ticks ticks;
    private final Role role;
    private final Backoff again;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Link.State state = Link.State.CLOSED;
    private volatile String reason = "not started";
    private volatile @Nullable Wire wire;

    Line(
            String name,
            URI shown,
            LinkSettings settings,
            HttpClient client,
            Ticks ticks,
            RandomGenerator chance,
            Role role) {
        this.name = name;
        this.shown = shown;
        this.settings = settings;
        this.client = client;
        this.ticks = ticks;
        this.role = role;
        this.again = Backoff.of(settings.firstWait(), settings.longestWait(), chance);
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Ends the connection for good; returns when the line's thread has ended.
    void close() {
        closed = true;
        Wire open = wire;
        if (open != null) {
            open.end("closed");
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        state = Link.State.CLOSED;
        reason = "closed";
    }

    Link.State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    boolean ready() {
        return state == Link.State.READY;
    }

    /// The line's thread shall do this when the connection is ready; what waits when a connection is lost is
    /// forgotten.
    void later(Task task) {
        tasks.add(task);
    }

    /// @return false when no byte of it will leave
    boolean send(Ascii message) {
        Wire open = wire;
        return open != null && open.send(message);
    }

    /// Ends this connection and makes another.
    void renew(String why) {
        Wire open = wire;
        if (open != null) {
            open.end(why);
        }
    }

    private void run() {
        try {
            while (!closed) {
                long began = ticks.nanos();
                String why = connection();
                wire = null;
                state = Link.State.WAITING;
                reason = why;
                tasks.clear();
                role.lost(why);
                if (closed) {
                    return;
                }
                if (ticks.nanos() - began > CALM_NANOS) {
                    again.reset();
                }
                long wait = again.next().toMillis();
                LOG.warn("venue.lost line={} reason=\"{}\" again_in_ms={}", name, why, wait);
                TimeUnit.MILLISECONDS.sleep(Math.max(1, wait));
            }
        } catch (InterruptedException e) {
            LOG.debug("venue.interrupted line={}", name, e);
            wire = null;
            state = Link.State.CLOSED;
            reason = "closed";
            role.lost("closed");
        }
    }

    private String connection() throws InterruptedException {
        state = Link.State.CONNECTING;
        reason = "connecting to " + shown;
        Wire open = null;
        try {
            open = Wire.open(client, role.address(), shown.toString(), settings, ticks, role);
            wire = open;
            state = Link.State.PREPARING;
            role.prepare(open);
            state = Link.State.READY;
            reason = "ready";
            LOG.info("venue.ready line={} at={}", name, shown);
            return keep(open);
        } catch (VenueException e) {
            String ended = open == null ? null : open.ended();
            return ended == null ? String.valueOf(e.getMessage()) : ended;
        } catch (RuntimeException e) {
            // An answer that this version of us cannot read: the thread lives on, and the next one may be another.
            LOG.error("venue.unreadable line={}", name, e);
            return "an answer could not be understood: " + e.getClass().getSimpleName() + " " + e.getMessage();
        } finally {
            if (open != null) {
                open.end("left");
            }
        }
    }

    private String keep(Wire open) throws VenueException, InterruptedException {
        long began = ticks.nanos();
        while (true) {
            Task task = tasks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            String ended = open.ended();
            if (ended != null) {
                return ended;
            }
            if (task != null) {
                task.run(open);
            }
            long now = ticks.nanos();
            if (now - began > settings.lifetime().toNanos()) {
                return "the connection is " + settings.lifetime().toMinutes() + " min old and is replaced";
            }
            role.due(open, now);
        }
    }
}
