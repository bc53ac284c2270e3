package dev.tranche.e2e;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Applicants that keep coming on several connections at once, one request a connection at a time. Every
/// answer is kept, and every request that was sent and got none.
final class Load implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Applications APPLICATIONS = Applications.ofTheExample();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Product product;
    private final String token;
    private final long pauseNanos;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> senders = new ArrayList<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean open = true;

    private Load(Product product, String token, int perSecond, int connections) {
        this.product = product;
        this.token = token;
        this.pauseNanos = 1_000_000_000L * connections / perSecond;
    }

    /// An answer as the applicant got it.
    record Reply(String loan, int status, JsonNode body, Instant at) {
        String decision() {
            return body.path("decision_id").asString("");
        }

        String model() {
            return body.path("model_version").asString("");
        }

        boolean fallback() {
            return body.path("source").asString("").equals("fallback_rules");
        }
    }

    /// Begins to send at most so many requests a second.
    static Load on(Product product, int perSecond, int connections) throws IOException {
        Load load = new Load(product, product.token(), perSecond, connections);
        for (int i = 0; i < connections; i++) {
            load.senders.add(Thread.ofVirtual().start(load::send));
        }
        return load;
    }

    private void send() {
        boolean reachable = true;
        while (open && reachable) {
            Applications.Application application = APPLICATIONS.next();
            sent.incrementAndGet();
            try {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(product.url.resolve("/score"))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(application.body()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                replies.add(new Reply(
                        application.loan(), answer.statusCode(), JSON.readTree(answer.body()), Instant.now()));
            } catch (ConnectException nobodyListens) {
                // Never accepted, so nobody owes an answer.
                sent.decrementAndGet();
                reachable = false;
            } catch (IOException lost) {
                unanswered.add(application.loan() + ": " + lost);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    /// All answers so far.
    List<Reply> replies() {
        return List.copyOf(replies);
    }

    /// The answers that were not 200.
    List<Reply> refused() {
        return replies.stream().filter(reply -> reply.status() != 200).toList();
    }

    /// The requests that went out and were never answered.
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    long sent() {
        return sent.get();
    }

    /// Waits until so many more answers than now are like this.
    void awaitMore(int count, String what, Predicate<Reply> like) {
        long before = replies.stream().filter(like).count();
        Product.await(
                count + " more answers " + what,
                Duration.ofSeconds(60),
                () -> replies.stream().filter(like).count() >= before + count);
    }

    @Override
    public void close() {
        finish();
        client.close();
    }

    /// Stops to send and waits for what is under way.
    void finish() {
        open = false;
        try {
            for (Thread sender : senders) {
                sender.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
