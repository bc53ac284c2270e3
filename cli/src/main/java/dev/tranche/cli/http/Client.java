package dev.tranche.cli.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks a server and returns its JSON. An answer of 400 or more is a [RefusedException]; no answer is an
/// [UnreachableException]. Safe for several threads.
public final class Client {
    /// A connection on a network is made in this time or not at all.
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// Starting a rollout runs its checklist, benchmark and rehearsal included, before it answers.
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI address;
    private final Optional<String> token;
    private final HttpClient http;

    public static Client to(URI address, Optional<String> token) {
        return new Client(address, token);
    }

    private Client(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    public URI address() {
        return address;
    }

    public JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody(), "");
    }

    public JsonNode delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), "");
    }

    public JsonNode post(String path, JsonNode body) {
        return post(path, body.toString().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    public JsonNode post(String path, byte[] body, String type) {
        return send("POST", path, BodyPublishers.ofByteArray(body), type);
    }

    /// A value as one segment of a path or one value of a query.
    public static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body, String type) {
        String base = address.toString();
        URI target = URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) + path : base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(method, body)
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> response = exchange(request.build());
        JsonNode answer = parsed(response.body());
        if (response.statusCode() >= 400) {
            throw RefusedException.because(Problem.of(response.statusCode(), answer));
        }
        return answer;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (HttpTimeoutException late) {
            throw UnreachableException.at(address, "it took longer than " + ANSWER.toSeconds() + " s", late);
        } catch (ConnectException refused) {
            throw UnreachableException.at(
                    address, "nothing listens there (start a server with `tranche serve`, or give --url)", refused);
        } catch (IOException broken) {
            String why = broken.getMessage();
            throw UnreachableException.at(
                    address, why == null ? broken.getClass().getSimpleName() : why, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw UnreachableException.at(address, "interrupted", stopped);
        }
    }

    private static JsonNode parsed(String body) {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            // A proxy's page or a plain sentence: it is shown as it came.
            return JsonNodeFactory.instance.stringNode(body.strip());
        }
    }
}
