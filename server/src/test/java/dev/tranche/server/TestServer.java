package dev.tranche.server;

import dev.tranche.runtime.store.StorePlace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server on a free port, asked over real HTTP.
public final class TestServer implements AutoCloseable {
    /// A database that is away: nothing listens on port 1.
    public static final StorePlace AWAY = new StorePlace.Server("jdbc:postgresql://127.0.0.1:1/none", "none", "none");

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final Composition server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;
    private boolean stopped;

    private TestServer(Composition server, String token) {
        this.server = server;
        this.token = token;
    }

    /// A server without a database.
    public static TestServer start(Path data, Examples examples) throws Exception {
        return start(data, examples, settings -> settings.withPlace(AWAY));
    }

    public static TestServer start(Path data, Examples examples, UnaryOperator<Settings> how) throws Exception {
        Settings settings = how.apply(Settings.of(data).withPort(0).withTestFaults(true));
        Composition server = Composition.start(settings, RouteWing.builder(examples));
        return new TestServer(
                server, Files.readString(data.resolve("admin.token")).strip());
    }

    /// An answer.
    public record Got(int status, String body, HttpResponse<String> raw) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Core core() {
        return server.core();
    }

    Composition composition() {
        return server;
    }

    public String token() {
        return token;
    }

    public int port() {
        return server.port();
    }

    public Got post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Got get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Got send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Got(response.statusCode(), response.body(), response);
    }

    /// An answer that is not text.
    public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /// A request with the admin's token.
    public HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    /// A request without a token.
    public HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    public Got score(String loan, String features) throws IOException, InterruptedException {
        return post("/score", "{\"loan_id\":\"" + loan + "\",\"features\":" + features + "}");
    }

    /// Waits until the windows have seen everything answered so far.
    public void settle() throws InterruptedException {
        if (!core().serving().shadows().await(Duration.ofSeconds(20))
                || !core().tail().await(core().journal().end(), Duration.ofSeconds(20))) {
            throw new AssertionError("the journal's tail did not catch up in 20 s");
        }
    }

    /// Stops the server; the client stays, so that an answer under way can still arrive. A second stop
    /// does nothing.
    public void stop() {
        if (!stopped) {
            stopped = true;
            server.close();
        }
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
