package dev.tranche.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.server.journal.Windows;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /api/v1/events`: every control event as it is recorded, and the windows once a second, as server-sent
/// events.
///
/// The event's name is the first word of its subject (`rollout`, `version`, `experiment`, `signal`), and
/// `route` once more when a route moved; `desk` says that an engine told how its desk does; its id is the sequence
/// number. A listener that does not keep up is
/// let go and may come again: nothing in the server ever waits for one. Thread-safe.
public final class EventDoor implements HttpService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventDoor.class);
    /// Messages that may wait for one listener.
    private static final int BEHIND = 256;
    /// Listeners at once; each costs one open connection.
    private static final int LISTENERS = 200;

    private static final class Listener {
        private final HttpResponseWriter writer;
        private final AtomicInteger behind = new AtomicInteger();

        private Listener(HttpResponseWriter writer) {
            this.writer = writer;
        }
    }

    private final Windows windows;
    private final InstantSource clock;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledFuture<?> beat;

    private EventDoor(Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("events").factory());
        this.beat = timer.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    /// Opens the door; tell it of events with [#tell].
    public static EventDoor open(Windows windows, InstantSource clock) {
        return new EventDoor(windows, clock);
    }

    /// Passes recorded events on.
    public void tell(List<ControlEvent> events) {
        for (ControlEvent event : events) {
            String name = event.subject().substring(0, event.subject().indexOf('/'));
            if (!name.equals("token")) {
                send(name, event.seq(), view(event));
            }
        }
    }

    /// Tells something that is in no journal, such as how a desk does.
    public void tell(String name, Map<String, Object> body) {
        send(name, -1, body);
    }

    /// Tells that the routes moved.
    public void moved(String product, long epoch) {
        send("route", epoch, Map.of("product", product, "epoch", epoch));
    }

    private static Map<String, Object> view(ControlEvent event) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seq", event.seq());
        tree.put("at", event.at().toString());
        tree.put("actor", event.actor());
        tree.put("subject", event.subject());
        tree.put("kind", event.kind());
        return tree;
    }

    private void beat() {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            Map<String, Object> products = new LinkedHashMap<>();
            for (String product : windows.products()) {
                products.put(product, windows.snapshot(product, clock.instant()));
            }
            send("windows", -1, Map.of("at", clock.instant().toString(), "products", products));
        } catch (RuntimeException e) {
            LOG.warn("the windows could not be sent", e);
        }
    }

    private void send(String name, long id, Map<String, Object> body) {
        if (listeners.isEmpty()) {
            return;
        }
        String head = id < 0 ? "" : "id: " + id + "\n";
        String text = head + "event: " + name + "\ndata: " + Json.MAPPER.writeValueAsString(body) + "\n\n";
        HttpData message = HttpData.ofUtf8(text);
        listeners.forEach(listener -> send(listener, message));
    }

    private void send(Listener listener, HttpData message) {
        int behind = listener.writer.whenConsumed().isDone() ? 0 : listener.behind.get() + 1;
        listener.behind.set(behind);
        if (behind > BEHIND || !listener.writer.tryWrite(message)) {
            listeners.remove(listener);
            listener.writer.close();
        }
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        if (listeners.size() >= LISTENERS) {
            return Problems.render(Problem.of(503, "too_many_listeners", LISTENERS + " listeners are connected already")
                    .retryAfter(5));
        }
        ctx.clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        Listener listener = new Listener(writer);
        send(listener, HttpData.ofUtf8(": connected\n\n"));
        listeners.add(listener);
        return writer;
    }

    @Override
    public void close() {
        beat.cancel(false);
        timer.shutdownNow();
        listeners.forEach(listener -> listener.writer.close());
        listeners.clear();
    }
}
