package dev.tranche.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The packaged server as a process of its own, started by the launcher on a free port and a data folder of
/// the test.
final class Product implements AutoCloseable {
    /// The checkout.
    static final Path ROOT =
            Path.of(System.getProperty("tranche.root", "..")).toAbsolutePath().normalize();
    /// The example artifacts.
    static final Path CREDIT = ROOT.resolve("examples/credit");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path data;
    final URI url;

    private Product(Process process, Path data, URI url) {
        this.process = process;
        this.data = data;
        this.url = url;
    }

    /// What a command of the CLI printed, and its exit code.
    record Ran(int exit, String output) {
        JsonNode json() {
            return JSON.readTree(output);
        }
    }

    /// The caches with which the packaged product starts quickly, made before its first start as a user's
    /// first start makes them; the other processes of the build wait for the one that does it.
    private static final class Trained {
        private static boolean done;

        static synchronized void once() throws IOException {
            try {
                if (!done && ran("train").exit() != 0) throw new IOException("tranche train failed");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            done = true;
        }
    }

    /// An HTTP answer.
    record Answer(int status, String type, String text) {
        JsonNode json() {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        }
    }

    /// Starts `tranche serve` and waits for its READY line.
    ///
    /// @param options further options of `serve`; those that begin with `-X` are the JVM's
    static Product start(Path data, String... options) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(ROOT.resolve("tranche").toString(), "serve", "--data", data.toString()));
        if (!List.of(options).contains("--port")) {
            words.addAll(List.of("--port", "0"));
        }
        List<String> jvm =
                Arrays.stream(options).filter(word -> word.startsWith("-X")).toList();
        Arrays.stream(options).filter(word -> !jvm.contains(word)).forEach(words::add);
        Path log = Files.createTempFile("tranche-serve", ".log");
        ProcessBuilder server = new ProcessBuilder(words).redirectError(log.toFile());
        server.environment().put("TRANCHE_JAVA_OPTS", String.join(" ", jvm));
        Trained.once();
        Process process = server.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                Thread.ofVirtual().start(() -> readToTheEnd(lines));
                return new Product(process, data, URI.create(line.split(" ")[1]));
            }
        }
        throw new IOException("tranche serve ended before READY:\n" + Files.readString(log));
    }

    private static void readToTheEnd(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // A killed process closes its output in the middle; there is nothing more to read.
            return;
        }
    }

    /// A server with the example policy and scorecard live on `consumer_apply`. What that takes is done once;
    /// every further server gets a copy of the folder it left.
    static Product startWithScorecard(Path data, String... options) throws IOException, InterruptedException {
        Prepared.copyTo(data);
        return start(data, options);
    }

    /// The same with everything done on this data folder itself.
    static Product prepareScorecard(Path data, String... options) throws IOException, InterruptedException {
        Product product = start(data, options);
        product.must("register", CREDIT.resolve("policy.yaml").toString());
        product.must("register", CREDIT.resolve("consumer_apply_scorecard_v1.0").toString());
        for (String first : List.of("first-policy.yaml", "first-scorecard.yaml")) {
            Ran started = product.must("rollout", "start", CREDIT.resolve(first).toString(), "--json");
            product.ended(started.json().path("id").asString());
        }
        return product;
    }

    /// Waits until a rollout has ended and returns its last state.
    JsonNode ended(String rollout) throws InterruptedException {
        String path = "/api/v1/rollouts/" + rollout;
        await(
                "rollout " + rollout + " to end",
                Duration.ofMinutes(2),
                () -> !read(path).path("active").asBoolean());
        return read(path);
    }

    String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    Path data() {
        return data;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// With what the process ended; it must have.
    int exitCode() {
        return process.exitValue();
    }

    /// Runs `tranche …` against this server.
    Ran run(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--url", url.toString(), "--token", token()));
        return launch(all.toArray(String[]::new));
    }

    /// Runs `tranche …` as it stands.
    static Ran launch(String... words) throws IOException, InterruptedException {
        Trained.once();
        return ran(words);
    }

    private static Ran ran(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(ROOT.resolve("tranche").toString()));
        all.addAll(Arrays.asList(words));
        Process command = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(command.waitFor(), output);
    }

    /// Like [#run], but a non-zero exit is a failure of the test.
    Ran must(String... words) throws IOException, InterruptedException {
        Ran ran = run(words);
        if (ran.exit() != 0) {
            throw new AssertionError(
                    "tranche " + String.join(" ", words) + " exited with " + ran.exit() + ":\n" + ran.output());
        }
        return ran;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// The JSON at a path; anything but 2xx, or no answer, is an empty object.
    JsonNode read(String path) {
        try {
            Answer answer = get(path);
            return answer.status() / 100 == 2 ? answer.json() : JSON.createObjectNode();
        } catch (IOException unreachable) {
            return JSON.createObjectNode();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(REQUEST_LIMIT)
                .header("Authorization", "Bearer " + token());
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body());
    }

    /// Looks again and again until something is so.
    static void await(String what, Duration limit, BooleanSupplier so) {
        long over = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > over) throw new AssertionError("waited " + limit + " in vain for " + what);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /// `kill -9`, and waits until it is gone. Its PostgreSQL is left as a crash leaves it.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Stops the clean way.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server did not stop within " + STOP_LIMIT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
