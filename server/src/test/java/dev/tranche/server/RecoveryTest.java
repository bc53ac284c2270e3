package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.runtime.log.Durability;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.journal.DecisionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an answer is worth when the process is killed, or the disk runs full.
class RecoveryTest {
    private static final List<String> APPLICANTS = Examples.applicants();

    @TempDir
    private Path data;

    /// A server process of its own, without a database; ends when it is killed.
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            Composition server = Composition.start(
                    Settings.of(Path.of(arguments[0])).withPort(0).withPlace(TestServer.AWAY),
                    RouteWing.builder(new Examples()));
            System.out.println("PORT " + server.port());
            Thread.currentThread().join();
        }
    }

    @Test
    void killedUnderLoadNoAnsweredDecisionIsLost() throws Exception {
        Process victim = start();
        Map<String, String> answered = new HashMap<>();
        try {
            int port = port(victim);
            String token = Files.readString(data.resolve("admin.token")).strip();
            answered = askUntilKilled(victim, port, token);
        } finally {
            victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(answered).hasSizeGreaterThan(50);
        try (TestServer again = TestServer.start(data, new Examples())) {
            for (Map.Entry<String, String> each : answered.entrySet()) {
                assertThat(again.core().journal().decision(DecisionId.parse(each.getKey())))
                        .hasValueSatisfying(
                                decision -> assertThat(decision.loanId()).isEqualTo(each.getValue()));
            }
            String id = answered.keySet().iterator().next();
            assertThat(again.post("/api/v1/decisions/" + id + "/replay", "{}").body())
                    .contains("EXACT");
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dtranche.root=" + System.getProperty("tranche.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process victim) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("PORT ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new AssertionError("the server process ended before it said its port");
    }

    /// Asks one question after another, kills the process in the middle, and returns what was answered.
    private static Map<String, String> askUntilKilled(Process victim, int port, String token)
            throws InterruptedException {
        Map<String, String> answered = new HashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 1000; i++) {
                if (i == 200) {
                    victim.destroyForcibly();
                }
                String loan = "K" + i;
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/score"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"loan_id\":\"" + loan + "\",\"features\":"
                                + APPLICANTS.get(i % APPLICANTS.size()) + "}"))
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    answered.put(
                            TestServer.JSON
                                    .readTree(response.body())
                                    .get("decision_id")
                                    .asString(),
                            loan);
                }
            }
            throw new AssertionError("the process answered 800 requests after it was killed");
        } catch (IOException killed) {
            assertThat(killed).isNotNull();
            return answered;
        }
    }

    @Test
    void aFullDiskRefusesWithAReasonAndKeepsEveryAnswer() throws Exception {
        Path disk = Files.createDirectories(data.resolve("journal"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mount")), "needs /usr/bin/mount to make a small disk");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
                "needs the right to mount a tmpfs (root) to fill a disk");
        try (TestServer server = TestServer.start(
                data,
                new Examples(),
                settings -> settings.withPlace(TestServer.AWAY).withJournal(Durability.WRITTEN, 64 << 10))) {
            List<String> ids = new ArrayList<>();
            Got got = server.score("F0", APPLICANTS.getFirst());
            for (int i = 1; got.status() == 200 && i < 20_000; i++) {
                ids.add(got.json().get("decision_id").asString());
                got = server.score("F" + i, APPLICANTS.getFirst());
            }
            assertThat(got.status()).isEqualTo(503);
            assertThat(got.json().get("code").asString()).isEqualTo("journal_unavailable");
            assertThat(got.raw().headers().firstValue("retry-after")).contains("5");
            assertThat(ids)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(id -> assertThat(server.core().journal().decision(DecisionId.parse(id)))
                            .isPresent());
            Got health = server.post("/healthcheck", "{\"component\":\"journal\"}");
            assertThat(health.status()).isEqualTo(503);
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
