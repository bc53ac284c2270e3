package dev.tranche.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The packaged product, started as anybody would start it: by its launcher, as a process of its own.
public final class Product implements AutoCloseable {
    private final Path root;
    private final Path data;
    private final Process server;
    /// Where it listens.
    public final URI url;
    final String ready;

    private Product(Path root, Path data, Process server, URI url, String ready) {
        this.root = root;
        this.data = data;
        this.server = server;
        this.url = url;
        this.ready = ready;
    }

    /// Starts `tranche serve` on a data folder and waits for its READY line.
    ///
    /// @throws IOException when the server ends before it is ready
    public static Product start(Path root, Path data, int port) throws IOException {
        Process server = new ProcessBuilder(
                        root.resolve("tranche").toString(),
                        "serve",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--test-faults")
                .redirectError(data.resolveSibling("server.log").toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return new Product(root, data, server, URI.create(line.split(" ")[1]), line);
            }
        }
        throw new IOException(
                "the server ended before it was ready:\n" + Files.readString(data.resolveSibling("server.log")));
    }

    /// The administrator's token.
    public String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    /// Runs one command of the CLI and returns what it printed; a non-zero exit is an error.
    public String command(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(root.resolve("tranche").toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", url.toString(), "--token", token()));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0)
            throw new IOException("tranche " + String.join(" ", words) + " exited with " + exit + ":\n" + output);
        return output;
    }

    boolean alive() {
        return server.isAlive();
    }

    void await() throws InterruptedException {
        server.waitFor();
    }

    @Override
    public void close() {
        stop();
    }

    /// Stops the server the clean way and waits until it is gone. A second call changes nothing.
    void stop() {
        server.destroy();
        try {
            if (!server.waitFor(30, TimeUnit.SECONDS)) server.destroyForcibly();
        } catch (InterruptedException stopped) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
