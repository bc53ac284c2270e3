package dev.tranche.engine.trading.doors;

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
import dev.tranche.engine.http.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// A document told again and again as server-sent events. Nothing waits for a listener: one that has not taken
/// the one before misses this one. Thread-safe.
final class EventStream implements HttpService, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LISTENERS = 200;

    private final String name;
    private final Supplier<Map<String, Object>> tree;
    private final Set<HttpResponseWriter> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("desk-events").factory());
    private final ScheduledFuture<?> beat;

    private EventStream(Duration every, String name, Supplier<Map<String, Object>> tree) {
        this.name = name;
        this.tree = tree;
        this.beat = timer.scheduleAtFixedRate(this::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    static EventStream each(Duration every, String name, Supplier<Map<String, Object>> tree) {
        return new EventStream(every, name, tree);
    }

    private void beat() {
        if (listeners.isEmpty()) {
            return;
        }
        HttpData data = HttpData.ofUtf8(text());
        listeners.forEach(listener -> {
            if (listener.whenConsumed().isDone() && !listener.tryWrite(data)) {
                listeners.remove(listener);
            }
        });
    }

    private String text() {
        return "event: " + name + "\ndata: " + JSON.writeValueAsString(tree.get()) + "\n\n";
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done with a listener that has left
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        if (listeners.size() >= LISTENERS) {
            return Problems.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "too_many_listeners", LISTENERS + " listeners are connected");
        }
        ctx.clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        writer.write(HttpData.ofUtf8(text()));
        listeners.add(writer);
        writer.whenComplete().handle((_, _) -> listeners.remove(writer));
        return writer;
    }

    @Override
    public void close() {
        beat.cancel(false);
        timer.shutdownNow();
        listeners.forEach(HttpResponseWriter::close);
        listeners.clear();
    }
}
