package dev.tranche.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A packaged market maker at work, as a process of its own.
final class MarketMaker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path data;
    final URI url;

    private MarketMaker(Process process, Path data, URI url) {
        this.process = process;
        this.data = data;
        this.url = url;
    }

    /// Starts `tranche market run` and waits for its READY line.
    ///
    /// @param data its data folder, as the configuration names it
    /// @param options further ones, such as `--role engine`
    static MarketMaker start(Path config, Path data, Path log, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Product.ROOT.resolve("tranche").toString(), "market", "run", "--config", config.toString(), "--stay"));
        words.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                Thread.ofVirtual().start(() -> drain(lines));
                return new MarketMaker(process, data, URI.create(line.split(" ")[1]));
            }
        }
        throw new IOException("tranche market run ended before READY:\n" + Files.readString(log));
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                Thread.onSpinWait();
            }
        } catch (IOException ended) {
            // A killed process closes its output in the middle; there is nothing more to read.
            return;
        }
    }

    /// The status of its desk as the engine tells it itself; an empty object when it does not answer.
    JsonNode desk() {
        try {
            return JSON.readTree(text("/api/v1/desk"));
        } catch (UncheckedIOException away) {
            return JSON.createObjectNode();
        }
    }

    /// What a door says.
    String text(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                    .timeout(REQUEST_LIMIT)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Orders something of the desk on the command line, `kill --who ann --reason …`.
    Product.Ran order(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("market"));
        all.addAll(Arrays.asList(words));
        all.addAll(List.of(
                "--engine",
                url.toString(),
                "--token-file",
                data.resolve("operator.token").toString()));
        return Product.launch(all.toArray(String[]::new));
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Stops the clean way and returns the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }
}
