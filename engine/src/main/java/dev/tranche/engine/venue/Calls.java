package dev.tranche.engine.venue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests over a WebSocket whose answers somebody waits for. Their numbers lie far above those of orders.
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final long FIRST = 1L << 40;
    private static final long LOOK_MILLIS = 20;

    private record Waiting(CompletableFuture<JsonNode> answer, Consumer<JsonNode> atOnce) {}

    private final AtomicLong last = new AtomicLong(FIRST);
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    /// Sends `request` with a number of its own and waits for the answer.
    ///
    /// @param what in words, for the message when none comes
    /// @param atOnce is given the answer on the thread that hears, before anything that came after it
    JsonNode ask(Wire wire, ObjectNode request, String what, long millis, Consumer<JsonNode> atOnce)
            throws VenueException, InterruptedException {
        long id = last.incrementAndGet();
        Waiting mine = new Waiting(new CompletableFuture<>(), atOnce);
        waiting.put(id, mine);
        try {
            request.put("id", id);
            if (!wire.send(new Ascii().add(request.toString()))) {
                String ended = wire.ended();
                throw VenueException.of(ended == null ? "too much waits to be sent" : ended);
            }
            for (long left = millis; left > 0 && wire.ended() == null; left -= LOOK_MILLIS) {
                try {
                    return mine.answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    LOG.trace("venue.waiting for=\"{}\"", what, e);
                }
            }
            String ended = wire.ended();
            throw VenueException.of(ended == null ? what + " was not answered within " + millis + " ms" : ended);
        } catch (ExecutionException e) {
            throw VenueException.of(what + ": " + e.getMessage());
        } finally {
            waiting.remove(id);
        }
    }

    /// Whether an answer with this number is one of ours; ours wakes who waits for it.
    boolean answered(long id, JsonNode message) {
        if (id <= FIRST) {
            return false;
        }
        Waiting who = waiting.get(id);
        if (who != null) {
            who.atOnce.accept(message);
            who.answer.complete(message);
        }
        return true;
    }
}
