package dev.tranche.engine.feed;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One symbol of a venue that speaks Binance's public market data protocol: a combined WebSocket stream
/// of depth updates, best quotes and trades, and the book's snapshot over HTTP.
///
/// A snapshot is fetched when the stream's worker asks for one, which it does when the first depth update
/// has come, so that the snapshot is newer than the stream's beginning; the book keeps what comes
/// meanwhile. Lost connections, silence and the venue's end of a connection after 24 hours are all the
/// same: `Arrival.Broken`, a wait, a new connection.
public final class Venue implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(Venue.class);
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_SNAPSHOT_TRIES = 5;
    /// After so long without a snapshot the next one need not wait.
    private static final Duration CALM = Duration.ofMinutes(1);

    private final VenueSettings settings;
    private final Ticks ticks;
    private final HttpClient client;
    private final Backoff connecting;
    private final Backoff asking;
    private final BlockingQueue<VenueEvent> events = new LinkedBlockingQueue<>();
    private volatile String state = "not started";
    private volatile boolean closed;
    private long askedNanos;

    private Venue(VenueSettings settings, Ticks ticks, RandomGenerator chance) {
        this.settings = settings;
        this.ticks = ticks;
        this.client =
                HttpClient.newBuilder().connectTimeout(settings.patience()).build();
        this.connecting = Backoff.of(settings.firstWait(), settings.longestWait(), chance);
        this.askedNanos = ticks.nanos() - 2 * CALM.toNanos();
        this.asking = Backoff.of(settings.firstWait(), settings.longestWait(), chance);
    }

    /// A venue that is connected to when it runs.
    public static Venue of(VenueSettings settings, Ticks ticks, RandomGenerator chance) {
        return new Venue(settings, ticks, chance);
    }

    @Override
    public void run(Inbox inbox) throws InterruptedException {
        while (!closed) {
            long began = ticks.nanos();
            String reason = connection(inbox);
            if (ticks.nanos() - began > CALM.toNanos()) {
                connecting.reset();
            }
            if (closed) {
                break;
            }
            inbox.put(new Arrival.Broken(reason, ticks.nanos()));
            Duration wait = connecting.next();
            state = "waiting " + wait.toMillis() + " ms to connect again: " + reason;
            LOG.warn("venue.lost symbol={} reason=\"{}\" again_in_ms={}", settings.symbol(), reason, wait.toMillis());
            waitUnlessClosed(wait);
        }
        state = "closed";
        inbox.put(new Arrival.Ended("closed", false, ticks.nanos()));
    }

    /// One connection from beginning to end; says why it ended.
    private String connection(Inbox inbox) throws InterruptedException {
        state = "connecting to " + settings.stream();
        events.removeIf(VenueEvent.Resynchronise.class::isInstance);
        VenueSocket listener = new VenueSocket(inbox, ticks, events);
        WebSocket socket;
        try {
            socket = client.newWebSocketBuilder()
                    .connectTimeout(settings.patience())
                    .buildAsync(settings.combined(), listener)
                    .get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return "cannot connect to " + settings.stream() + ": " + e.getCause();
        } catch (TimeoutException e) {
            LOG.debug("venue.connect.timeout", e);
            return "cannot connect to " + settings.stream() + " within "
                    + settings.patience().toSeconds() + " s";
        }
        state = "connected";
        try {
            return keep(listener, inbox);
        } finally {
            listener.end("left");
            socket.abort();
        }
    }

    private String keep(VenueSocket socket, Inbox inbox) throws InterruptedException {
        long began = ticks.nanos();
        while (true) {
            VenueEvent event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            @Nullable
            String end = switch (event) {
                case VenueEvent.Over over -> over.socket() == socket ? over.reason() : null;
                case VenueEvent.Resynchronise wanted -> again(inbox, wanted.reason());
                case VenueEvent.Close _ -> "closed";
                case null -> tooOld(socket, began);
            };
            if (end != null) {
                return end;
            }
        }
    }

    private @Nullable String tooOld(VenueSocket socket, long began) {
        long now = ticks.nanos();
        if (now - socket.heardNanos() > settings.silence().toNanos()) {
            return "nothing came for " + settings.silence().toMillis() + " ms";
        }
        return now - began > settings.lifetime().toNanos()
                ? "the connection is " + settings.lifetime().toMinutes() + " min old and is replaced"
                : null;
    }

    private @Nullable String again(Inbox inbox, String reason) throws InterruptedException {
        LOG.info("venue.snapshot.wanted symbol={} reason=\"{}\"", settings.symbol(), reason);
        if (ticks.nanos() - askedNanos > CALM.toNanos()) {
            asking.reset();
        } else {
            Duration wait = asking.next();
            state = "waiting " + wait.toMillis() + " ms to ask for a snapshot: " + reason;
            waitUnlessClosed(wait);
        }
        askedNanos = ticks.nanos();
        events.removeIf(VenueEvent.Resynchronise.class::isInstance);
        return snapshot(inbox);
    }

    private @Nullable String snapshot(Inbox inbox) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(settings.snapshot())
                .timeout(settings.patience())
                .build();
        String problem = "";
        for (int attempt = 0; attempt < MOST_SNAPSHOT_TRIES && !closed; attempt++) {
            try {
                HttpResponse<byte[]> answer = client.send(
                        request,
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), Lines.LONGEST));
                if (answer.statusCode() == 200) {
                    inbox.offer(new Arrival.Message(answer.body(), ticks.epochNanos(), ticks.nanos()));
                    connecting.reset();
                    state = "connected";
                    LOG.info("venue.connected symbol={} stream={}", settings.symbol(), settings.stream());
                    return null;
                }
                problem = "the snapshot was refused with " + answer.statusCode();
                waitUnlessClosed(retryAfter(answer));
            } catch (IOException e) {
                problem = "the snapshot did not come: " + e;
                waitUnlessClosed(asking.next());
            }
            LOG.warn("venue.snapshot.failed symbol={} reason=\"{}\"", settings.symbol(), problem);
        }
        return closed ? "closed" : problem;
    }

    /// What the venue says in `Retry-After` (it says it with 429 and 418, and bans who does not listen),
    /// else our own.
    private Duration retryAfter(HttpResponse<byte[]> answer) {
        Duration ours = asking.next();
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(theirs -> theirs.compareTo(ours) > 0)
                .orElse(ours);
    }

    private void waitUnlessClosed(Duration wait) throws InterruptedException {
        long end = ticks.nanos() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0 && !closed; left = end - ticks.nanos()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
        }
    }

    @Override
    public void resynchronise(String reason) {
        events.add(new VenueEvent.Resynchronise(reason));
    }

    @Override
    public boolean inTime() {
        return true;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public String place() {
        return settings.combined().toString();
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        events.add(new VenueEvent.Close());
        client.shutdownNow();
    }
}
