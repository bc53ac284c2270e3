package dev.tranche.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The HTTP API as any client would call it. Safe for use by many threads.
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String token;

    private Api(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /// A client of the server at this address.
    public static Api at(URI url, String token) {
        return new Api(url, token);
    }

    /// An answer: the status and the JSON body.
    public record Answer(int status, JsonNode body) {
        /// Whether it is no refusal.
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    Answer ask(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /// Posts a JSON body.
    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// Like [#ask], but a refusal is an error of the demo.
    public JsonNode read(String path) throws IOException, InterruptedException {
        Answer answer = ask(path);
        if (!answer.ok()) throw new IOException(path + " answered " + answer.status() + ": " + answer.body());
        return answer.body();
    }

    static String quote(String text) {
        return JSON.writeValueAsString(text);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        return new Answer(response.statusCode(), JSON.readTree(body.isBlank() ? "{}" : body));
    }
}
