package dev.tranche.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.serving.Fault;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server whose inference door is asked over REST: one for all tests of a class.
abstract class RestAsked {
    static final Examples EXAMPLES = new Examples();

    @TempDir
    private static Path data;

    static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data, EXAMPLES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noFaults() {
        server.core().serving().faults().set(Examples.SCORECARD, Fault.NONE);
    }

    static Got infer(JsonNode request) throws Exception {
        return server.post(Asked.INFER, request.toString());
    }

    static Got infer(Consumer<ObjectNode> change) throws Exception {
        ObjectNode request = Asked.request(1);
        change.accept(request);
        return infer(request);
    }

    static Got infer(String feature, Consumer<ObjectNode> change) throws Exception {
        return infer(request -> change.accept(Asked.input(request, feature)));
    }

    static void refused(Got got, int status, String... words) {
        assertThat(got.status()).as(got.body()).isEqualTo(status);
        assertThat(got.raw().headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonNode body = got.json();
        assertThat(body.propertyNames()).as(got.body()).containsExactly("error");
        assertThat(body.path("error").asString())
                .isNotEmpty()
                .doesNotContain("Exception", "\tat ")
                .satisfies(error ->
                        List.of(words).forEach(word -> assertThat(error).contains(word)));
    }

    static Got answered(Got got) {
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        return got;
    }

    static Got sendBinary(String json, byte[]... parts) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        body.writeBytes(header);
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        return server.send(server.request(Asked.INFER)
                .setHeader("Content-Type", "application/octet-stream")
                .header("Inference-Header-Content-Length", Integer.toString(header.length))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }
}
