package dev.tranche.engine.http;

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
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.signal.Told;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// `GET /signals`: what is told, as server-sent events, from the moment it is recorded.
///
/// The event's name is `signal`, `outcome` or `notice`, with `?shadow=true` also `shadow`; its id is its
/// place in the record log. A listener that comes back with `Last-Event-ID` gets what it missed, first an
/// event `missed` when part of that is no longer in memory. Nothing ever waits for a listener: one that
/// does not keep up is let go. Thread-safe.
final class SignalDoor implements HttpService, AutoCloseable {
    /// Messages that may wait for one listener.
    private static final int BEHIND = 1024;
    /// Listeners at once; each costs one open connection.
    private static final int LISTENERS = 200;
    private static final long BEAT_SECONDS = 15;

    private static final class Listener implements Consumer<Told> {
        private final HttpResponseWriter writer;
        private final boolean shadow;
        private final Consumer<Listener> leave;
        /// Written by one thread at a time, each after the other.
        private final AtomicInteger behind = new AtomicInteger();

        private Listener(HttpResponseWriter writer, boolean shadow, Consumer<Listener> leave) {
            this.writer = writer;
            this.shadow = shadow;
            this.leave = leave;
        }

        @Override
        public void accept(Told told) {
            if (wants(told)) {
                send(text(told));
            }
        }

        private boolean wants(Told told) {
            return shadow || told.type() != Told.Type.SHADOW;
        }

        private void send(String text) {
            int waiting = writer.whenConsumed().isDone() ? 0 : behind.get() + 1;
            behind.set(waiting);
            if (waiting > BEHIND || !writer.tryWrite(HttpData.ofUtf8(text))) {
                leave.accept(this);
                writer.close();
            }
        }
    }

    private final SignalLog log;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("signals-beat").factory());
    private final ScheduledFuture<?> beat;

    private SignalDoor(SignalLog log) {
        this.log = log;
        this.beat = timer.scheduleAtFixedRate(
                () -> listeners.forEach(each -> each.send(": beat\n\n")), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    static SignalDoor of(SignalLog log) {
        return new SignalDoor(log);
    }

    private static String text(Told told) {
        return "id: " + told.id() + "\nevent: " + told.type().word() + "\ndata: " + told.json() + "\n\n";
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        if (listeners.size() >= LISTENERS) {
            return Problems.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too_many_listeners",
                    LISTENERS + " listeners are connected already");
        }
        String last = request.headers().get("last-event-id", ctx.queryParams().get("last_event_id", ""));
        if (!last.matches("[0-9]{0,18}")) {
            return Problems.of(
                    HttpStatus.BAD_REQUEST,
                    "bad_value",
                    "Last-Event-ID must be a whole number of at most 18 digits, the id of an event of this stream");
        }
        Optional<Long> lastId = last.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(last));
        ctx.clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        boolean shadow = Boolean.parseBoolean(ctx.queryParams().get("shadow", "false"));
        Listener listener = new Listener(writer, shadow, this::leave);
        listeners.add(listener);
        log.listen(lastId, backlog -> listener.send(text(backlog, listener)), listener);
        leaveAtTheEnd(writer, listener);
        return writer;
    }

    private static String text(SignalLog.Backlog backlog, Listener listener) {
        StringBuilder text = new StringBuilder(": connected\n\n");
        if (!backlog.whole()) {
            text.append("event: missed\ndata: {\"detail\":\"older events are only in the record log\"}\n\n");
        }
        backlog.told().stream().filter(listener::wants).forEach(told -> text.append(text(told)));
        return text.toString();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done with a listener that has left
    private void leaveAtTheEnd(HttpResponseWriter writer, Listener listener) {
        writer.whenComplete().handle((_, _) -> {
            leave(listener);
            return listener;
        });
    }

    private void leave(Listener listener) {
        listeners.remove(listener);
        log.leave(listener);
    }

    @Override
    public void close() {
        beat.cancel(false);
        timer.shutdownNow();
        listeners.forEach(each -> each.writer.close());
        listeners.clear();
    }
}
