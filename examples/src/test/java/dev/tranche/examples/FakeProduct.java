package dev.tranche.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A checkout whose launcher starts no server: it writes down its commands and says READY with the address of
/// a small HTTP server of the test, whose doors are set one by one.
public final class FakeProduct implements AutoCloseable {
    private static final String LAUNCHER = """
            #!/bin/sh
            echo "$@" >>"ROOT/commands"
            case $1 in
            serve)
                [ ! -e "ROOT/broken" ] || { echo "no database" >&2; exit 1; }
                mkdir -p "$3" && echo secret >"$3/admin.token"
                echo "starting"
                echo "READY http://127.0.0.1:PORT in 0.1 s"
                exec sleep 600
                ;;
            rollout) echo '{"id":"r1"}' ;;
            refuse) echo "no such command" && exit 2 ;;
            esac
            """;

    private final Path root;
    private final HttpServer server;
    private final Map<String, Function<String, String>> doors = new ConcurrentHashMap<>();

    private FakeProduct(Path root, HttpServer server) {
        this.root = root;
        this.server = server;
    }

    /// Makes the checkout in an empty folder; its examples are the real ones.
    public static FakeProduct in(Path root) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeProduct product = new FakeProduct(root, server);
        Path launcher = Files.writeString(
                root.resolve("tranche"),
                LAUNCHER.replace("ROOT", root.toString())
                        .replace("PORT", Integer.toString(server.getAddress().getPort())));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path real = Path.of(System.getProperty("tranche.root")).toAbsolutePath().normalize();
        Files.createSymbolicLink(root.resolve("examples"), real.resolve("examples"));
        server.createContext("/", product::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return product;
    }

    /// What a path answers to a body; unknown paths answer 404.
    public FakeProduct door(String path, Function<String, String> answer) {
        doors.put(path, answer);
        return this;
    }

    /// The commands that the launcher was given, without the server's address and token.
    public List<String> commands() throws IOException {
        return Files.readAllLines(root.resolve("commands")).stream()
                .map(line -> line.replaceAll(" --url .*", "").replace(root.toString(), "ROOT"))
                .toList();
    }

    /// From now on no server starts.
    public void breakDown() throws IOException {
        Files.createFile(root.resolve("broken"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Function<String, String> door = doors.get(exchange.getRequestURI().getPath());
            byte[] said = (door == null ? "{}" : door.apply(body)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(door == null ? 404 : 200, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        Files.delete(root.resolve("examples"));
    }
}
