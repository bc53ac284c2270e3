package dev.tranche.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Candidates and rollouts of a product under test, and what its journal says about them.
final class Rollouts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Rollouts() {}

    /// A link of the control journal.
    record Event(long seq, Instant at, String kind, String hash, JsonNode payload) {
        /// How long a guard had been bad in measured time when this was recorded.
        Duration held() {
            return Duration.ofMillis(Long.parseLong(payload.path("held").asString()));
        }
    }

    /// Registers a copy of an example artifact under another name, which makes it another version.
    static String register(Product product, Path work, String example, String name)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name));
        try (Stream<Path> files = Files.list(Product.CREDIT.resolve(example))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String fileName = file.getFileName().toString();
                if (fileName.equals("model.yaml")) {
                    bytes = new String(bytes, StandardCharsets.UTF_8)
                            .replace(example, name)
                            .getBytes(StandardCharsets.UTF_8);
                }
                Files.write(folder.resolve(fileName), bytes);
            }
        }
        product.must("register", folder.toString());
        return name;
    }

    /// The file of a rollout that puts the candidate before a share of the live traffic at once and stays
    /// there.
    static String plan(String candidate, String share, String... guards) {
        return "rollout:\n  product: consumer_apply\n  candidate: " + candidate
                + "\n  strategy: canary\n  unit: loan_id\n  salt: e2e\n  stages:\n    - {mode: live, share: " + share
                + ", dwell: 1h}\n  guards: ["
                + String.join(
                        ", ", Stream.of(guards).map(guard -> '"' + guard + '"').toList()) + "]\n  bake: 1s\n";
    }

    /// Starts a rollout and waits until its candidate answers its share of the traffic.
    static String start(Product product, String plan) throws IOException, InterruptedException {
        Product.Answer started =
                product.post("/api/v1/rollouts", "application/yaml", plan.getBytes(StandardCharsets.UTF_8));
        if (started.status() != 201) throw new AssertionError(started.text());
        String id = started.json().path("id").asString();
        awaitState(product, id, "RUNNING");
        Product.await(
                "the candidate on the route",
                LIMIT,
                () -> product.read("/api/v1/routes/consumer_apply")
                        .path("model")
                        .path("candidate")
                        .has("version"));
        return id;
    }

    static JsonNode look(Product product, String id) {
        return product.read("/api/v1/rollouts/" + id);
    }

    static String state(Product product, String id) {
        return look(product, id).path("state").asString("");
    }

    static void awaitState(Product product, String id, String state) {
        Product.await("rollout " + id + " to be " + state, LIMIT, () -> {
            JsonNode now = look(product, id);
            String found = now.path("state").asString("");
            if (!found.equals(state) && !found.isEmpty() && !now.path("active").asBoolean()) {
                throw new AssertionError("rollout " + id + " is " + found + " and not " + state + ": " + now);
            }
            return found.equals(state);
        });
    }

    /// The reason of the newest line of the history of this kind; empty when there is none.
    static String told(Product product, String id, String event) {
        String reason = "";
        for (JsonNode line : look(product, id).path("history")) {
            if (line.path("event").asString().equals(event))
                reason = line.path("reason").asString();
        }
        return reason;
    }

    /// The events of a rollout in their order, as its evidence has them.
    static List<Event> events(Product product, String id) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event :
                product.read("/api/v1/rollouts/" + id + "/evidence").path("events")) {
            if (event.path("subject").asString().equals("rollout/" + id)) {
                events.add(new Event(
                        event.path("seq").asLong(),
                        Instant.parse(event.path("at").asString()),
                        event.path("kind").asString(),
                        event.path("hash").asString(),
                        JSON.readTree(event.path("payload").asString())));
            }
        }
        return events;
    }

    /// Slowness and errors on purpose, until taken back by zeros.
    static void fault(Product product, String version, int delayMillis, double errorShare)
            throws IOException, InterruptedException {
        Product.Answer set = product.post(
                "/api/v1/faults",
                "{\"version\":\"" + version + "\",\"delay_ms\":" + delayMillis + ",\"error_share\":" + errorShare
                        + ",\"remaining\":-1}");
        if (set.status() != 200) throw new AssertionError(set.text());
    }
}
