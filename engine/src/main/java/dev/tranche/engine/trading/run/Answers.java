package dev.tranche.engine.trading.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Brings what the loop answered to who asked. Thread-safe.
final class Answers {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    Answers() {}

    /// Asks and waits.
    ///
    /// @param order without an `id`
    /// @param ask hands the order, as JSON with its id, to the loop; false when the loop has ended
    /// @return why it was refused, blank when it was done; empty when no answer came within the patience
    Optional<String> ask(Map<String, Object> order, Predicate<String> ask, Duration patience)
            throws InterruptedException {
        String id = "" + number.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            Map<String, Object> named = new LinkedHashMap<>(order);
            named.put("id", id);
            if (!ask.test(JSON.writeValueAsString(named))) {
                return Optional.of("the loop has ended");
            }
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            open.remove(id);
        }
    }

    /// The loop has taken an order, or refused it.
    ///
    /// @param refusal blank when it was done
    void answered(byte[] bytes, int from, int to, String refusal) {
        JsonNode order = JSON.readTree(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        CompletableFuture<String> answer = open.get(order.path("id").asString(""));
        if (answer != null) {
            answer.complete(refusal);
        }
    }
}
