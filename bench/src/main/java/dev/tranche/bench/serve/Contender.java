package dev.tranche.bench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.ObjectMapper;

/// A service under load: one or more processes of its own, each in a session of its own, each behind a URL.
public record Contender(String name, List<URI> urls, String token, boolean scores, List<Process> processes)
        implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /// The packaged product: started by the launcher, the model registered and released by its own commands.
    public static Contender tranche(Path root, Path work, SubjectModel model, String durability)
            throws IOException, InterruptedException {
        Path state = work.resolve("state-" + durability);
        Process process = start(
                work,
                List.of(
                        root.resolve("tranche").toString(),
                        "serve",
                        "--data",
                        state.toString(),
                        "--port",
                        "0",
                        "--journal-durability",
                        durability));
        URI url = ready(process);
        String token = Files.readString(state.resolve("admin.token")).strip();
        Path policy = Files.writeString(work.resolve("policy.yaml"), """
                policy:
                  name: bench_policy_v1.0
                  deadline: 200ms
                  unit: loan_id
                  bands: [{name: LOW, below: 0.05}, {name: MEDIUM, below: 0.15}, {name: HIGH}]
                  actions: {LOW: approve, MEDIUM: approve, HIGH: approve}
                  reasons: {max: 4, method: tree_path, map: {%s}}
                  fallback_rules: [{score: 0.1, risk: MEDIUM}]
                """.formatted(SubjectModel.reasons()));
        command(root, url, token, "register", policy.toString());
        command(root, url, token, "register", model.folder.toString());
        for (String version : List.of("bench_policy_v1.0", "bench_xgb_v1.0")) {
            Path first = Files.writeString(work.resolve("first.yaml"), """
                    rollout:
                      product: bench
                      candidate: %s
                      strategy: first
                    """.formatted(version));
            String started = command(root, url, token, "rollout", "start", first.toString(), "--json");
            String id = new ObjectMapper().readTree(started).path("id").asString();
            command(root, url, token, "rollout", "watch", id);
        }
        return new Contender("tranche 0.1.0 (journal " + durability + ")", List.of(url), token, true, List.of(process));
    }

    /// Armeria with an empty handler.
    static Contender empty(Path work) throws IOException {
        Process process = start(
                work,
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyHandler.class.getName()));
        return new Contender("armeria 1.36.0 empty handler", List.of(ready(process)), "", false, List.of(process));
    }

    /// The seed's service, one process a port.
    static Contender fastapi(Path work, SubjectModel model, int count) throws IOException, InterruptedException {
        Path script = work.resolve("fastapi_seed.py");
        Files.write(script, Resources.bytes("peers/fastapi_seed.py"));
        List<Process> processes = new ArrayList<>();
        List<URI> urls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int port = freePort();
            processes.add(start(
                    work,
                    List.of(
                            "/usr/bin/python3",
                            script.toString(),
                            model.folder.resolve("model.json").toString(),
                            model.folder.resolve("features.json").toString(),
                            Integer.toString(port))));
            urls.add(URI.create("http://127.0.0.1:" + port));
        }
        for (URI url : urls) awaitHealth(url, processes);
        String name = "fastapi 0.92 + xgboost 1.7.4 (" + count + (count == 1 ? " process)" : " processes)");
        return new Contender(name, urls, "", true, processes);
    }

    private static Process start(Path work, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(false);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectError(
                        Files.createTempFile(work, "contender", ".log").toFile())
                .start();
    }

    private static URI ready(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return URI.create(line.split(" ")[1]);
            }
        }
        throw new IOException("the contender ended before it was ready: exit " + process.exitValue());
    }

    private static void awaitHealth(URI url, List<Process> processes) throws IOException, InterruptedException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        HttpRequest health = HttpRequest.newBuilder(url.resolve("/health")).build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (System.nanoTime() < until && processes.stream().allMatch(Process::isAlive)) {
                try {
                    if (client.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) return;
                } catch (java.net.ConnectException notYet) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
        }
        throw new IOException("no health from " + url + " within " + START_LIMIT);
    }

    /// Runs a command of the product against a server and returns what it printed.
    public static String command(Path root, URI url, String token, String... words)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(root.resolve("tranche").toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", url.toString(), "--token", token));
        Process process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", words) + ": " + output);
        return output;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
