package dev.tranche.bench.life;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tranche.bench.serve.Contender;
import dev.tranche.bench.serve.SubjectModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;

/// A server that answers like the product: it knows the scores of the subject's requests, and its rollouts
/// end when they have been looked at twice.
final class FakeServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, Float> scores = new HashMap<>();
    private final Map<String, Integer> looks = new ConcurrentHashMap<>();
    private final Map<String, String> ends = new ConcurrentHashMap<>();
    private final AtomicInteger rollouts = new AtomicInteger();
    final AtomicInteger scored = new AtomicInteger();
    volatile int scoreStatus = 200;
    volatile String end = "COMPLETED";

    private FakeServer(HttpServer server) {
        this.server = server;
    }

    static FakeServer of(SubjectModel model) throws IOException {
        FakeServer fake =
                new FakeServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        List<String> requests = Files.readAllLines(model.requests);
        for (int i = 0; i < requests.size(); i++) {
            fake.scores.put(key(JSON.readTree(requests.get(i)).path("features"), -1), model.answers[i]);
        }
        fake.server.createContext("/", fake::answer);
        fake.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        fake.server.start();
        return fake;
    }

    Contender contender() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Contender("fake", List.of(url), "secret", true, List.of());
    }

    /// The values of a row: by name, or at a position of one tensor for each feature.
    private static String key(JsonNode row, int at) {
        List<String> values = new ArrayList<>();
        for (int f = 0; f < SubjectModel.FEATURES; f++) {
            JsonNode value =
                    at < 0 ? row.path("feature_" + f) : row.path(f).path("data").path(at);
            values.add(value.isNumber() ? Double.toString(value.asDouble()) : "-");
        }
        return String.join(" ", values);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            boolean permitted =
                    "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String said = !permitted ? "{}" : path.equals("/score") ? "{}" : door(path, body);
            if (path.equals("/score")) scored.incrementAndGet();
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!permitted ? 401 : path.equals("/score") ? scoreStatus : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String door(String path, String body) {
        if (path.endsWith("/infer")) return infer(JSON.readTree(body).path("inputs"));
        if (path.equals("/api/v1/rollouts")) {
            String id = "r" + rollouts.incrementAndGet();
            ends.put(id, end);
            return "{\"id\":\"" + id + "\"}";
        }
        String id = path.split("/")[4];
        if (path.endsWith("/rollback")) {
            ends.put(id, "ROLLED_BACK");
            looks.remove(id);
            return "{}";
        }
        boolean over = looks.merge(id, 1, Integer::sum) > 1;
        return "{\"state\":\"" + (over ? ends.get(id) : "RUNNING") + "\",\"active\":" + !over + "}";
    }

    private String infer(JsonNode inputs) {
        ArrayNode data = JSON.createArrayNode();
        for (int row = 0; row < inputs.path(0).path("data").size(); row++) {
            Float score = scores.get(key(inputs, row));
            if (score == null) data.addNull();
            else data.add(score.doubleValue());
        }
        return "{\"outputs\":[{\"name\":\"score\",\"data\":" + data + "}]}";
    }

    /// Forgets a score: its row is answered without one.
    void forget(String request) {
        scores.remove(key(JSON.readTree(request).path("features"), -1));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
