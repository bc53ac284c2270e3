package dev.tranche.engine.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of Tranche, asked over HTTP like by any other client. Every call is an `IOException` when it
/// cannot be reached and a `ServerException` when it refuses. Thread-safe.
public final class TrancheServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LARGEST_ANSWER = 64L << 20;
    /// Anything else no header can carry, and the client would say it in its error.
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

    private final URI base;
    private final Path tokenFile;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private TrancheServer(URI base, Path tokenFile) {
        this.base = base;
        this.tokenFile = tokenFile;
    }

    /// The server at an address.
    ///
    /// @param tokenFile read at each call, so that a token can be replaced
    public static TrancheServer at(URI base, Path tokenFile) {
        if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw new IllegalArgumentException("a server's address begins with http:// or https://: " + base);
        }
        return new TrancheServer(base, tokenFile);
    }

    /// Its address.
    public URI base() {
        return base;
    }

    /// A JSON document.
    public JsonNode json(String path) throws IOException, InterruptedException {
        return parsed(send(request(path).GET()).body());
    }

    /// A file as it is.
    public byte[] bytes(String path) throws IOException, InterruptedException {
        return send(request(path).GET()).body();
    }

    /// Hands over a text; what it was answered, a JSON document or nothing.
    public JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        byte[] answer = send(request).body();
        return answer.length == 0 ? JSON.createObjectNode() : parsed(answer);
    }

    /// Opens a stream of server-sent events, to be closed by the caller.
    InputStream events(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).timeout(PATIENCE).GET().build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            try (InputStream body = answer.body()) {
                throw refused(answer.statusCode(), body.readNBytes(64 << 10));
            }
        }
        return answer.body();
    }

    /// The server's clock as its answers tell it; empty when they do not.
    public Optional<Instant> clock() throws IOException, InterruptedException {
        JsonNode live = json("/api/v1/live");
        String at = live.path("at").asString("");
        return at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(tokenFile).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException("the token file " + tokenFile + " does not hold one token of printable characters");
        }
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer;
    }

    private static ServerException refused(int status, byte[] body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String detail = problem.path("detail").asString("");
            String value = problem.path("value").asString("");
            return new ServerException(
                    status,
                    problem.path("code").asString(""),
                    "the server refuses with " + status + " "
                            + problem.path("code").asString("") + ": " + detail
                            + (value.isEmpty() ? "" : " (" + value + ")"));
        } catch (JacksonException e) {
            ServerException refusal =
                    new ServerException(status, "", "the server answers with " + status + " and no reason");
            refusal.addSuppressed(e);
            return refusal;
        }
    }

    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("the server's answer is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// A word as a segment of a path.
    static String segment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
