package dev.tranche.bench.life;

import dev.tranche.bench.serve.Contender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Asks the product over HTTP, one request after the other. Thread-safe.
final class Asker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contender product;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Asker(Contender product) {
        this.product = product;
    }

    /// The status of an answer that is not looked at.
    int status(String path, String body) throws IOException, InterruptedException {
        return client.send(post(path, "application/json", body), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /// @throws IOException when the answer is not 2xx
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return read(post(path, "application/json", body));
    }

    /// @throws IOException when the answer is not 2xx
    JsonNode postYaml(String path, String body) throws IOException, InterruptedException {
        return read(post(path, "application/yaml", body));
    }

    /// @throws IOException when the answer is not 2xx
    JsonNode get(String path) throws IOException, InterruptedException {
        return read(request(path).GET().build());
    }

    private JsonNode read(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest post(String path, String type, String body) {
        return request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(product.urls().getFirst().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + product.token());
    }

    @Override
    public void close() {
        client.close();
    }
}
