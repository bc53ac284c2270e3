package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// What nobody should send, sent to the packaged server. It answers with a problem that says what is allowed,
/// and goes on serving.
class HostileHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 8;
    /// The heap of the server under test; ten thousand bodies of 100 kB would not fit in it twice over.
    private static final String SMALL_HEAP = "-Xmx256m";

    private static final int SOCKET_MILLIS = 15_000;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private static Product product;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        product = Product.startWithScorecard(folder.resolve("data"), SMALL_HEAP);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        product.close();
    }

    @AfterEach
    void stillServes() throws Exception {
        Product.Answer answer =
                product.post("/score", Applications.ofTheExample().next().body());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /// A hostile request and what it must be answered with.
    ///
    /// @param value what must be told as the offending value; empty when there is none to tell
    /// @param allowed what must be in the told range; empty when there is none to tell
    private record Hostile(String body, int status, String code, String value, String allowed) {}

    @Test
    @Promise("000 §3.1 bad input gets a clear error with the value and the allowed range")
    void everyBadBodyIsAnsweredByAProblemWithTheValueAndTheAllowedRange() throws Exception {
        for (Hostile hostile : hostile()) {
            Product.Answer answer = product.post("/score", hostile.body());
            String about =
                    hostile.body().substring(0, Math.min(120, hostile.body().length())) + " → " + answer.text();
            JsonNode problem = problem(answer, about);
            assertThat(answer.status()).as(about).isEqualTo(hostile.status());
            assertThat(problem.path("code").asString()).as(about).isEqualTo(hostile.code());
            assertThat(problem.path("value").asString("")).as(about).contains(hostile.value());
            assertThat(problem.path("allowed").asString("")).as(about).contains(hostile.allowed());
        }
    }

    private static List<Hostile> hostile() {
        String nested = "[".repeat(100_000) + "]".repeat(100_000);
        return List.of(
                new Hostile("", 400, "malformed_json", "", ""),
                new Hostile("{", 400, "malformed_json", "", "RFC 8259"),
                new Hostile(
                        "{\"loan_id\":\"A\",\"features\":{\"duration\":12,}}", 400, "malformed_json", "", "RFC 8259"),
                new Hostile("[1,2]", 400, "malformed_json", "", "{"),
                new Hostile("\"text\"", 400, "malformed_json", "", "{"),
                new Hostile("{\"loan_id\":\"A\",\"features\":{}} trailing", 400, "malformed_json", "", ""),
                new Hostile(with("duration", "NaN"), 400, "malformed_json", "", "NaN"),
                new Hostile(with("duration", "Infinity"), 400, "malformed_json", "", "Infinity"),
                new Hostile(with("duration", "1e999"), 400, "not_finite", "1e999", "1.797e308"),
                new Hostile(with("duration", "0"), 422, "feature_rejected", "0.0", "1.0..120.0"),
                new Hostile(with("duration", "{\"a\":1}"), 400, "wrong_type", "{", "a number"),
                new Hostile(with("duration", "\"twelve\""), 422, "feature_rejected", "twelve", "number"),
                new Hostile(with("purpose", "null"), 422, "feature_rejected", "purpose", "required"),
                new Hostile(with("duration", "1" + "0".repeat(500)), 400, "json_limit", "", "digits"),
                new Hostile("{\"features\":{\"duration\":12}}", 400, "missing_field", "", "1..200"),
                new Hostile("{\"loan_id\":\"A\"}", 400, "missing_field", "", "object"),
                new Hostile("{\"loan_id\":\"A\",\"features\":[1]}", 400, "wrong_type", "[", "object"),
                new Hostile("{\"loan_id\":true,\"features\":{}}", 400, "wrong_type", "true", "text"),
                new Hostile("{\"loan_id\":\"\",\"features\":{}}", 400, "invalid_field", "", "1..200"),
                new Hostile("{\"loan_id\":\"A\",\"featurez\":{}}", 400, "unknown_field", "featurez", "features"),
                new Hostile("{\"loan_id\":\"A\",\"features\":" + nested + "}", 400, "wrong_type", "[", "object"),
                new Hostile(with("duration", nested), 400, "json_limit", "", "nesting up to 64"),
                new Hostile(
                        "{\"loan_id\":\"A\",\"product\":\"nobody\",\"features\":{}}",
                        404,
                        "unknown_model",
                        "nobody",
                        "consumer_apply"),
                new Hostile(
                        "{\"loan_id\":\"A\",\"model_id\":\"consumer_apply_xgb_v9.9\",\"features\":"
                                + Applications.ofTheExample().first() + "}",
                        404,
                        "unknown_model",
                        "consumer_apply_xgb_v9.9",
                        ""));
    }

    private static String with(String feature, String json) {
        ObjectNode features = Applications.ofTheExample().first();
        features.put(feature, "HERE");
        return Applications.body("A", features).replace("\"HERE\"", json);
    }

    private static JsonNode problem(Product.Answer answer, String about) {
        assertThat(answer.type()).as(about).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).as(about).isEqualTo(answer.status());
        assertThat(problem.path("type").asString()).as(about).startsWith("urn:tranche:problem:");
        assertThat(problem.path("title").asString()).as(about).isNotBlank();
        assertThat(problem.path("detail").asString()).as(about).isNotBlank();
        assertThat(answer.text()).as("no stack trace").doesNotContain("\tat ").doesNotContain("dev.tranche");
        return problem;
    }

    @Test
    void badRequestsToTheManagementDoorsAreProblemsToo() throws Exception {
        String big = "{\"a\":\"" + "x".repeat(1 << 21) + "\"}";
        for (Product.Answer answer : List.of(
                product.post("/api/v1/rollouts", "application/yaml", "a: [".getBytes(StandardCharsets.UTF_8)),
                product.post("/api/v1/rollouts", "[]"),
                product.post("/api/v1/rollouts", "[".repeat(100_000)),
                product.post("/api/v1/versions", "application/zip", new byte[] {80, 75, 3, 4, 0}),
                product.post("/api/v1/outcomes", "{\"outcome\":7,\"decision_id\":\"d1-0\"}"),
                product.post("/api/v1/outcomes", "{\"outcomes\":\"all\"}"),
                product.post("/abtests", "{}"),
                product.post("/api/v1/signals", "{\"product\":5}"),
                product.post("/api/v1/tokens", "{\"name\":\"../x\",\"roles\":[\"king\"]}"),
                product.post("/healthcheck", "{\"component\":\"moon\"}"),
                product.post("/healthcheck", big),
                product.get("/api/v1/decisions/zzz"),
                product.get("/api/v1/decisions/d1-zzzzzz"),
                product.get("/api/v1/decisions?limit=99999999"),
                product.get("/api/v1/live?at=yesterday"),
                product.get("/api/v1/rollouts/none"),
                product.get("/model/none_v9"),
                product.get("/no/such/door"),
                product.delete("/model/consumer_apply_scorecard_v1.0"),
                product.delete("/score"))) {
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
            problem(answer, answer.text());
        }
    }

    @Test
    @Promise("000 §3.1 a caller without a token or with the wrong role is refused")
    void withoutATokenOrWithTheWrongRoleNothingIsDone() throws Exception {
        Product.Answer made = product.post("/api/v1/tokens", "{\"name\":\"viewer\",\"roles\":[\"view\"]}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String viewer = made.json().path("token").asString();
        String body = Applications.ofTheExample().next().body();

        JsonNode none = problem(send("/score", null, body), "none");
        assertThat(none.path("status").asInt()).isEqualTo(401);
        assertThat(none.path("allowed").asString()).contains("Bearer");
        assertThat(send("/score", "tr_wrong", body).status()).isEqualTo(401);
        JsonNode wrong = problem(send("/score", viewer, body), "viewer");
        assertThat(wrong.path("status").asInt()).isEqualTo(403);
        assertThat(wrong.path("value").asString()).contains("view");
        assertThat(wrong.path("allowed").asString()).isEqualTo("predict");
        assertThat(send("/api/v1/tokens", viewer, "{\"name\":\"more\",\"roles\":[\"admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(send("/api/v1/rollouts", viewer, "{}").status()).isEqualTo(403);
        assertThat(product.read("/api/v1/tokens").path("tokens")).hasSize(1);
    }

    private static Product.Answer send(String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(product.url.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) request.header("Authorization", "Bearer " + token);
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Product.Answer(
                answer.statusCode(), answer.headers().firstValue("content-type").orElse(""), answer.body());
    }

    @Test
    void aBodyDeclaredAsOneGigabyteIsRefusedBeforeItIsRead() throws Exception {
        String head = "POST /score HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + product.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{\"loan_id\":\"";
        String answer = raw(head);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("code").asString()).isEqualTo("body_too_large");
        assertThat(problem.path("allowed").asString()).contains("1048576");
    }

    @Test
    void whatIsNotHttpIsAnsweredOrClosedButNeverKept() throws Exception {
        for (String junk : List.of(
                "GARBAGE\r\n\r\n",
                "POST /score HTTP/1.1\r\nHost: here\r\nContent-Length: -5\r\n\r\n",
                "POST /score HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
                "GET /health HTTP/1.1\r\nHost: here\r\nX: " + "y".repeat(1 << 20) + "\r\n\r\n",
                "GET /" + "a".repeat(1 << 16) + " HTTP/1.1\r\nHost: here\r\n\r\n")) {
            String answer = raw(junk);
            assertThat(answer)
                    .satisfiesAnyOf(
                            silent -> assertThat(silent).isEmpty(),
                            refused -> assertThat(refused).matches("(?s)HTTP/1.1 4\\d\\d .*"));
        }
    }

    /// Sends text and reads until the server closes or has answered; an empty text when it only closed.
    private static String raw(String text) throws IOException {
        try (Socket socket = new Socket(product.url.getHost(), product.url.getPort())) {
            socket.setSoTimeout(SOCKET_MILLIS);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                InputStream in = socket.getInputStream();
                for (int next = in.read(); next >= 0 && !complete(read); next = in.read()) {
                    read.write(next);
                    if (complete(read)) break;
                }
            } catch (SocketTimeoutException kept) {
                throw new AssertionError(
                        "neither answered nor closed: " + text.substring(0, Math.min(60, text.length())), kept);
            } catch (SocketException closed) {
                // It closed while it was being written to, which is its right.
                return read.toString(StandardCharsets.UTF_8);
            }
            return read.toString(StandardCharsets.UTF_8);
        }
    }

    private static boolean complete(ByteArrayOutputStream read) {
        String text = read.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return false;
        Matcher length = CONTENT_LENGTH.matcher(text);
        return length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    @Test
    void slowClientsHoldNobodyElseUp() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(product.url.getHost(), product.url.getPort());
                socket.getOutputStream()
                        .write(("POST /score HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + product.token()
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            try (Load load = Load.on(product, 500, 4)) {
                load.awaitMore(300, "beside the slow ones", reply -> reply.status() == 200);
                load.finish();
                assertThat(load.unanswered()).isEmpty();
            }
        } finally {
            for (Socket socket : slow) socket.close();
        }
    }

    @Test
    void tenThousandHostileRequestsLeaveNothingBehind() throws Exception {
        List<String> bodies = hostile().stream().map(Hostile::body).toList();
        storm(bodies, MANY / 10);
        long threads = tasks();
        long files = openFiles();
        Queue<String> wrong = storm(bodies, MANY);
        assertThat(wrong).isEmpty();
        Product.await("threads to be as before", Duration.ofSeconds(30), () -> tasks() <= threads + 16);
        Product.await("files to be as before", Duration.ofSeconds(30), () -> openFiles() <= files + 32);
        assertThat(Health.state(product, "memory")).isEqualTo("ok");
    }

    /// Sends so many of these in turn; returns what was not answered by a problem of the caller's fault.
    private static Queue<String> storm(List<String> bodies, int count) throws Exception {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        String token = product.token();
        List<Thread> senders = IntStream.range(0, AT_ONCE)
                .mapToObj(sender -> Thread.ofVirtual().start(() -> {
                    for (int i = sender; i < count; i += AT_ONCE) {
                        try {
                            Product.Answer answer = send("/score", token, bodies.get(i % bodies.size()));
                            if (answer.status() / 100 != 4) wrong.add(answer.toString());
                        } catch (IOException | InterruptedException e) {
                            wrong.add(e.toString());
                        }
                    }
                }))
                .toList();
        for (Thread sender : senders) sender.join();
        return wrong;
    }

    private static long tasks() {
        return entries("task");
    }

    private static long openFiles() {
        return entries("fd");
    }

    private static long entries(String folder) {
        try (Stream<Path> entries =
                Files.list(Path.of("/proc", Long.toString(product.handle().pid()), folder))) {
            return entries.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
