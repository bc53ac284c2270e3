package dev.tranche.server;

import dev.tranche.server.artifact.Zips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server on a real embedded PostgreSQL and a free port, spoken to over HTTP like any client does.
final class Lab implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path EXAMPLES = Path.of(System.getProperty("tranche.root", ".."), "examples");

    private final Path data;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicLong applicants = new AtomicLong();
    private Composition server;
    private String token = "";

    private Lab(Path data) throws InterruptedException {
        this.data = data;
        this.server = open();
    }

    static Lab start(Path data) throws InterruptedException {
        return new Lab(data);
    }

    private Composition open() throws InterruptedException {
        Composition opened = Composition.start(Settings.of(data).withPort(0).withTestFaults(true), Wings.all());
        try {
            token = Files.readString(data.resolve("admin.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened;
    }

    /// Stops cleanly and starts again on the same folder.
    void restart() throws InterruptedException {
        server.close();
        server = open();
    }

    Composition server() {
        return server;
    }

    /// An answer.
    record Said(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String code() {
            return json().path("code").asString("");
        }
    }

    Said get(String path) {
        return send(request(path, token).GET().build());
    }

    Said post(String path, String body) {
        return post(path, body, token);
    }

    Said post(String path, String body, String as) {
        return send(request(path, as)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Said post(String path, byte[] body) {
        return send(request(path, token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    Said delete(String path) {
        return send(request(path, token).DELETE().build());
    }

    private HttpRequest.Builder request(String path, String as) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(60));
        return as.isEmpty() ? builder : builder.header("Authorization", "Bearer " + as);
    }

    private Said send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Said(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The files of an example artifact.
    static Map<String, byte[]> example(String name) {
        return example("credit", name);
    }

    static Map<String, byte[]> example(String field, String name) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(EXAMPLES.resolve(field).resolve(name))) {
            for (Path file : list.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Map<String, byte[]> policy() {
        try {
            return Map.of("policy.yaml", Files.readAllBytes(EXAMPLES.resolve("credit/policy.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Said register(Map<String, byte[]> files) {
        return post("/api/v1/versions", Zips.of(files));
    }

    /// Registers scorecard, policy and candidates and makes the first two live.
    void scorecardLive() throws InterruptedException {
        for (String name :
                List.of("consumer_apply_scorecard_v1.0", "consumer_apply_xgb_v1.0", "consumer_apply_lgbm_v1.0")) {
            expect(201, register(example(name)));
        }
        expect(201, register(policy()));
        first("consumer_apply_policy_v1.0");
        first("consumer_apply_scorecard_v1.0");
    }

    void first(String candidate) throws InterruptedException {
        first("consumer_apply", candidate);
    }

    /// Makes the first version of a product live; a completed rollout is in force on this node.
    void first(String product, String candidate) throws InterruptedException {
        Said started = post(
                "/api/v1/rollouts",
                "rollout: {product: " + product + ", strategy: first, candidate: " + candidate + "}");
        expect(201, started);
        rollout(
                started.json().path("id").stringValue(),
                r -> r.path("state").asString("").equals("COMPLETED"));
    }

    static void expect(int status, Said said) {
        if (said.status() != status) {
            throw new AssertionError("expected " + status + ", the server said " + said);
        }
    }

    /// Waits until a rollout is as wished.
    JsonNode rollout(String id, Predicate<JsonNode> wished) throws InterruptedException {
        return await(
                "rollout " + id,
                Duration.ofSeconds(60),
                () -> get("/api/v1/rollouts/" + id).json(),
                wished);
    }

    static JsonNode await(
            String what, Duration limit, java.util.function.Supplier<JsonNode> ask, Predicate<JsonNode> wished)
            throws InterruptedException {
        long due = System.nanoTime() + limit.toNanos();
        JsonNode last = ask.get();
        Object beat = new Object();
        while (!wished.test(last)) {
            if (System.nanoTime() > due) {
                throw new AssertionError(what + " is not as wished within " + limit + ": " + last);
            }
            synchronized (beat) {
                beat.wait(50);
            }
            last = ask.get();
        }
        return last;
    }

    /// Inputs of the golden rows of an example.
    static List<JsonNode> applicants(String name) {
        String samples = new String(example(name).getOrDefault("samples.jsonl", new byte[0]), StandardCharsets.UTF_8);
        return samples.lines().map(line -> JSON.readTree(line).path("input")).toList();
    }

    /// Asks for one score of a fresh applicant.
    Said score(List<JsonNode> applicants) {
        long n = applicants.size() == 0 ? 0 : this.applicants.getAndIncrement();
        JsonNode features = applicants.get((int) (n % applicants.size()));
        return post(
                "/score",
                "{\"product\": \"consumer_apply\", \"loan_id\": \"L" + n + "\", \"features\": " + features + "}");
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
