package dev.tranche.engine;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running detector that is asked how it does over its doors: one that runs anyhow, or one started on
/// the side with a data folder of its own, no server, and its files played as fast as can be.
final class Probe implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 50;

    private final URI address;
    private final Optional<Engine> engine;
    private final Optional<Path> data;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private Probe(URI address, Optional<Engine> engine, Optional<Path> data) {
        this.address = address;
        this.engine = engine;
        this.data = data;
    }

    static Probe at(String url) {
        return new Probe(URI.create(url), Optional.empty(), Optional.empty());
    }

    static Probe onTheSide(Launch launch, Ticks ticks) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("preflight");
        try {
            Engine engine = Engine.start(PreflightRun.fast(launch, data), ticks);
            return new Probe(URI.create("http://127.0.0.1:" + engine.port()), Optional.of(engine), Optional.of(data));
        } catch (IOException | RuntimeException | InterruptedException e) {
            delete(data);
            throw e;
        }
    }

    private String ask(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address.resolve(path) + " answers with " + answer.statusCode());
        }
        return answer.body();
    }

    String metrics() throws IOException, InterruptedException {
        return ask("/metrics");
    }

    /// How the streams do, as soon as each has data, or when `patience` is over.
    List<JsonNode> streams(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            List<JsonNode> streams = new ArrayList<>();
            JSON.readTree(ask("/status")).path("streams").forEach(streams::add);
            boolean known = streams.stream().allMatch(Probe::known);
            if (known || System.nanoTime() > end) {
                return streams;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /// A recording is known when it has ended, a venue when its data flow.
    private static boolean known(JsonNode stream) {
        return switch (stream.path("condition").asString("")) {
            case "ended", "failed" -> true;
            case "up" -> stream.path("place").asString("").contains("://");
            default -> false;
        };
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        if (engine.isPresent()) {
            engine.get().close();
        }
        if (data.isPresent()) {
            delete(data.get());
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
