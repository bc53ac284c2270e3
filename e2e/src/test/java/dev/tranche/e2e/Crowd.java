package dev.tranche.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Applicants of the example whose ids the test chooses. The same id always brings the same features, so what
/// differs between two answers is the version. Thread-safe.
final class Crowd {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTCOME = "bad";
    private static final int CONNECTIONS = 4;
    private static final Duration IN_FORCE_LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 12_000_000;
    private static final List<ObjectNode> ROWS = read();

    private Crowd() {}

    /// An answer of `/score`.
    record Said(String loan, int status, JsonNode body) {
        String version() {
            return body.path("model_version").asString("");
        }

        String decision() {
            return body.path("decision_id").asString("");
        }
    }

    /// Applicants that keep coming until it is closed.
    record Flow(AtomicBoolean open, Thread thread, List<Said> answers) implements AutoCloseable {
        @Override
        public void close() {
            open.set(false);
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<ObjectNode> read() {
        try {
            List<String> lines = Files.readAllLines(Product.CREDIT.resolve("traffic.csv"));
            List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
            return lines.stream()
                    .skip(1)
                    .map(line -> row(header, line.split(",", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode row(List<String> header, String[] fields) {
        ObjectNode row = JSON.createObjectNode();
        for (int column = 0; column < fields.length; column++) {
            if (fields[column].matches("-?[0-9.]+")) row.put(header.get(column), Double.parseDouble(fields[column]));
            else row.put(header.get(column), fields[column]);
        }
        return row;
    }

    private static ObjectNode drawn(String loan) {
        return ROWS.get(Math.floorMod(loan.hashCode(), ROWS.size()));
    }

    /// The features of an applicant; a copy, to be changed at will.
    static ObjectNode features(String loan) {
        ObjectNode features = drawn(loan).deepCopy();
        features.remove(OUTCOME);
        return features;
    }

    /// What became of the applicant: 1 bad, 0 good.
    static int outcome(String loan) {
        return drawn(loan).path(OUTCOME).asInt();
    }

    /// The body of a request to `/score`.
    static ObjectNode body(String loan, JsonNode features) {
        ObjectNode body = JSON.createObjectNode();
        body.put("loan_id", loan);
        body.set("features", features);
        return body;
    }

    /// Ids `prefix-0`, `prefix-1`, …
    static List<String> loans(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    static Said score(Product product, String loan) {
        try {
            Product.Answer answer =
                    product.post("/score", body(loan, features(loan)).toString());
            return new Said(loan, answer.status(), answer.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Scores them all over a few connections and returns the answers in the order of the ids; each must be
    /// 200.
    static List<Said> score(Product product, Collection<String> loans) throws InterruptedException {
        List<Future<Said>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            loans.forEach(loan -> asked.add(threads.submit(() -> score(product, loan))));
        }
        List<Said> said = new ArrayList<>();
        for (Future<Said> each : asked) {
            try {
                said.add(each.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        for (Said each : said) {
            if (each.status() != 200) throw new AssertionError(each.loan() + ": " + each.body());
        }
        return said;
    }

    /// Waits until the requests of a product are answered by the route that the control journal says: it is
    /// put in force a moment after it is recorded.
    static void awaitInForce(Product product, String name) {
        ObjectNode probe = body("probe", features("probe")).put("product", name);
        Product.await("the route of " + name + " to be in force", IN_FORCE_LIMIT, () -> {
            long recorded = product.read("/api/v1/routes/" + name).path("epoch").asLong(-1);
            try {
                String id = product.post("/predict", probe.toString())
                        .json()
                        .path("request_id")
                        .asString("");
                return product.read("/api/v1/decisions/" + id)
                                .at("/placement/route_epoch")
                                .asLong(-2)
                        >= recorded;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
    }

    /// Lets applicants come one after another, about seventy a second, and keeps their answers.
    static Flow flow(Product product, String prefix) {
        AtomicBoolean open = new AtomicBoolean(true);
        List<Said> answers = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            for (int i = 0; open.get(); i++) {
                answers.add(score(product, prefix + "-" + i));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        return new Flow(open, thread, answers);
    }
}
