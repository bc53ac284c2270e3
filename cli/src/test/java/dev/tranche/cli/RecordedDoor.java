package dev.tranche.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small real HTTP server on this machine that answers from files and remembers what it was asked.
public final class RecordedDoor implements AutoCloseable {
    /// What was asked.
    ///
    /// @param method GET, POST, DELETE
    /// @param target path and query
    /// @param token  the Authorization header, empty when there was none
    /// @param type   the content type, empty when there was none
    /// @param body   the bytes
    @SuppressWarnings("ArrayRecordComponent") // read once, by one test
    public record Asked(String method, String target, String token, String type, byte[] body) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private record Said(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Said>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    public static RecordedDoor open() {
        return new RecordedDoor();
    }

    private RecordedDoor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /// Answers a question with a file of `recorded/`; given several times, one after the other, the last for
    /// ever.
    public RecordedDoor says(String question, String file) {
        return says(question, 200, read(file));
    }

    public RecordedDoor says(String question, int status, String body) {
        answers.computeIfAbsent(question, _ -> new ArrayDeque<>()).add(new Said(status, body));
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public static String read(String file) {
        try (InputStream stream = RecordedDoor.class.getResourceAsStream("/recorded/" + file)) {
            return new String(
                    Objects.requireNonNull(stream, "no recorded answer " + file).readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                target,
                header(exchange, "Authorization"),
                header(exchange, "Content-Type"),
                body));
        Said said = next(exchange.getRequestMethod() + " " + target);
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", said.status() >= 400 ? "application/problem+json" : "application/json");
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Said next(String question) {
        Deque<Said> queue = answers.get(question);
        if (queue == null) {
            return new Said(
                    404,
                    "{\"status\":404,\"code\":\"not_found\",\"detail\":\"nothing recorded for " + question + "\"}");
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
