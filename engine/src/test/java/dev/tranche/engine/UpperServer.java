package dev.tranche.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tranche.inference.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/// The doors of a server that an engine uses, as `docs/reference/metrics-in.md` says, with a route that
/// the test sets.
public final class UpperServer implements AutoCloseable {
    public static final String TOKEN = "tr_secret";

    private final HttpServer server;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(4, Thread.ofVirtual().factory());
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> calibrations = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> folders = new ConcurrentHashMap<>();
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    final BlockingQueue<String> configurations = new LinkedBlockingQueue<>();
    volatile String route = "";
    volatile int writeStatus = 204;
    volatile Instant clock = Instant.now();

    private UpperServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static UpperServer open() throws IOException {
        return new UpperServer(0);
    }

    static UpperServer openAgain(int port) throws IOException {
        return new UpperServer(port);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void calibration(String name, String yaml) {
        calibrations.put(name, yaml.getBytes(StandardCharsets.UTF_8));
    }

    /// A version with these files.
    public void folder(String name, Map<String, byte[]> files) {
        folders.put(name, files);
    }

    /// Sets the route and tells the listeners that it moved.
    public void move(String json) throws IOException {
        route = json;
        for (OutputStream listener : listeners) {
            listener.write("event: route\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
            listener.flush();
        }
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        if (!("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"))) {
            reply(call, 401, "{\"code\":\"no_token\",\"detail\":\"no token\"}");
        } else if (path.equals("/api/v1/events")) {
            call.sendResponseHeaders(200, 0);
            OutputStream out = call.getResponseBody();
            out.write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            listeners.add(out);
        } else if (path.equals("/api/v1/routes")) {
            reply(call, 200, "{\"routes\":[" + route + "]}");
        } else if (path.startsWith("/api/v1/routes/")) {
            reply(call, route.isEmpty() ? 404 : 200, route.isEmpty() ? "{\"code\":\"unknown_product\"}" : route);
        } else if (path.equals("/api/v1/live")) {
            reply(call, 200, "{\"live\":[],\"at\":\"" + clock + "\"}");
        } else if (path.equals("/write")) {
            write(call);
        } else if (path.equals("/api/v1/configurations")) {
            configurations.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reply(call, 200, "{}");
        } else if (path.startsWith("/api/v1/versions/")) {
            version(call, path.split("/", -1));
        } else {
            reply(call, 404, "{}");
        }
    }

    private void write(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (writeStatus == 204) {
            body.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(lines::add);
        }
        reply(call, writeStatus, writeStatus == 204 ? "" : "{\"code\":\"measurements_full\",\"detail\":\"full\"}");
    }

    private void version(HttpExchange call, String[] path) throws IOException {
        byte[] calibration = calibrations.get(path[4]);
        Map<String, byte[]> files = folders.get(path[4]);
        if (files != null && path.length > 5) {
            byte[] file = files.getOrDefault(path[6], new byte[1]);
            call.sendResponseHeaders(200, file.length);
            call.getResponseBody().write(file);
            call.close();
        } else if (files != null) {
            String list = files.entrySet().stream()
                    .map(file -> "\"" + file.getKey() + "\":\"" + sha256(file.getValue()) + "\"")
                    .collect(Collectors.joining(","));
            reply(call, 200, "{\"digest\":\"" + Artifact.digest(files) + "\",\"files\":{" + list + "}}");
        } else if (calibration == null) {
            reply(call, 404, "{\"code\":\"unknown_model\",\"detail\":\"unknown\"}");
        } else if (path.length > 5) {
            call.sendResponseHeaders(200, calibration.length);
            call.getResponseBody().write(calibration);
            call.close();
        } else {
            reply(call, 200, "{\"files\":{\"calibration.yaml\":\"" + sha256(calibration) + "\"}}");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void reply(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            call.getResponseBody().write(bytes);
        }
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
