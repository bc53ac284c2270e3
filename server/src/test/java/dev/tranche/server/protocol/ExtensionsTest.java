package dev.tranche.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.Share;
import dev.tranche.server.Examples;
import dev.tranche.server.RouteWing;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.http.Access;
import dev.tranche.server.http.Principal;
import dev.tranche.server.http.Role;
import dev.tranche.server.serving.Candidate;
import dev.tranche.server.serving.LoadedVersion;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Binary tensors, statistics, the model repository, and what a token may do.
class ExtensionsTest {
    private static final Examples EXAMPLES = new Examples();
    private static final String RISK = "/v2/models/risk/infer";

    @TempDir
    private static Path data;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data, EXAMPLES);
        NumbersModel.live(server.core(), EXAMPLES);
        Map<String, Role> roles = Map.of(
                Access.digest("asks"),
                Role.PREDICT,
                Access.digest("looks"),
                Role.VIEW,
                Access.digest("runs"),
                Role.OPERATE);
        server.core()
                .access()
                .tokens(digest ->
                        Optional.ofNullable(roles.get(digest)).map(role -> new Principal(role.word(), Set.of(role))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Got as(String token, String path, String body) throws Exception {
        return server.send(server.bare(path)
                .header("Authorization", "Bearer " + token)
                .method(body.isEmpty() ? "GET" : "POST", HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Got answered(Got got) {
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        return got;
    }

    private static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    private static HttpResponse<byte[]> binary(String path, String json, byte[]... parts) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        body.writeBytes(header);
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        return server.sendForBytes(server.bare(path)
                .header("Authorization", "Bearer " + server.token())
                .header("Inference-Header-Content-Length", Integer.toString(header.length))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @Test
    void oneTensorCarriesAllNumbers() throws Exception {
        Got flat = answered(server.post(
                RISK, "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP64\",\"data\":[2,4,null,8]}]}"));
        assertThat(Asked.output(flat, "margin").toString())
                .isEqualTo("[" + NumbersModel.z(2, 4) + "," + NumbersModel.z(0, 8) + "]");
        Got nested = answered(server.post(
                RISK,
                "{\"inputs\":[{\"data\":[[2,4],[null,8]],\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\"}]}"));
        assertThat(Asked.output(nested, "margin")).isEqualTo(Asked.output(flat, "margin"));
        Got named = answered(server.post(
                RISK,
                "{\"inputs\":[{\"name\":\"income\",\"shape\":[1,1],\"datatype\":\"INT32\",\"data\":[4]},"
                        + "{\"name\":\"debt\",\"shape\":[1],\"datatype\":\"INT16\",\"data\":[2]}]}"));
        assertThat(Asked.output(named, "margin").get(0))
                .isEqualTo(Asked.output(flat, "margin").get(0));
        assertThat(named.json()
                        .path("outputs")
                        .valueStream()
                        .map(output -> output.path("name").asString()))
                .as("without a policy there is nothing to decide")
                .containsExactly("score", "margin", "source", "model_version", "decision_id", "error");
        for (String shape : List.of("[2,3]", "[4]", "[1,2,2]")) {
            Got wrong = server.post(
                    RISK,
                    "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape
                            + ",\"datatype\":\"FP64\",\"data\":[1,2,3,4,5,6]}]}");
            assertThat(wrong.status()).as(wrong.body()).isEqualTo(400);
        }
        Got twice = server.post(
                RISK,
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[1,2]},"
                        + "{\"name\":\"debt\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.body()).contains("debt", "twice");
    }

    @Test
    void binaryTensorsComeInAndGoOut() throws Exception {
        HttpResponse<byte[]> got = binary(
                RISK,
                "{\"id\":\"b\",\"inputs\":[{\"name\":\"debt\",\"shape\":[2],\"datatype\":\"FP64\","
                        + "\"parameters\":{\"binary_data_size\":16}},{\"name\":\"income\",\"shape\":[2],\"datatype\":\"UINT8\","
                        + "\"parameters\":{\"binary_data_size\":2}}],\"outputs\":[{\"name\":\"margin\","
                        + "\"parameters\":{\"binary_data\":true}},{\"name\":\"source\"},{\"name\":\"error\","
                        + "\"parameters\":{\"binary_data\":true}}]}",
                doubles(2, Double.NaN),
                new byte[] {4, 8});
        assertThat(got.statusCode())
                .as(new String(got.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        int length = Integer.parseInt(
                got.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode json = TestServer.JSON.readTree(new String(got.body(), 0, length, StandardCharsets.UTF_8));
        assertThat(json.path("outputs")
                        .get(0)
                        .path("parameters")
                        .path("binary_data_size")
                        .asInt())
                .isEqualTo(16);
        assertThat(json.path("outputs").get(0).has("data")).isFalse();
        assertThat(json.path("outputs").get(1).path("data").get(0).asString()).isEqualTo("model");
        ByteBuffer rest =
                ByteBuffer.wrap(got.body(), length, got.body().length - length).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(rest.getDouble()).isEqualTo(NumbersModel.z(2, 4));
        assertThat(rest.getDouble()).isEqualTo(NumbersModel.z(0, 8));
        assertThat(rest.getInt()).as("an empty text is its length alone").isZero();
        assertThat(rest.getInt()).isZero();
        assertThat(rest.hasRemaining()).isFalse();
    }

    @Test
    void binaryTensorsMustHaveExactlyTheirBytes() throws Exception {
        String head = "{\"inputs\":[{\"name\":\"debt\",\"shape\":[1],\"datatype\":\"FP64\","
                + "\"parameters\":{\"binary_data_size\":";
        for (String json : List.of(head + "7}}]}", head + "16}}]}", head + "-1}}]}", head + "\"8\"}}]}")) {
            HttpResponse<byte[]> got = binary(RISK, json, doubles(1));
            assertThat(got.statusCode()).as(json).isEqualTo(400);
        }
        HttpResponse<byte[]> both = binary(RISK, head + "8},\"data\":[1]}]}", doubles(1));
        assertThat(new String(both.body(), StandardCharsets.UTF_8)).contains("data and binary_data_size");
        HttpResponse<byte[]> left = binary(RISK, head + "8}}]}", doubles(1, 2));
        assertThat(new String(left.body(), StandardCharsets.UTF_8))
                .contains("8 bytes of binary data belong to no input");
        Got without = server.post(RISK, head + "8}}]}");
        assertThat(without.status()).isEqualTo(400);
    }

    @Test
    void bytesMustBeWholeTexts() throws Exception {
        ObjectNode request = Asked.request(1);
        ObjectNode purpose = Asked.input(request, "purpose");
        purpose.remove("data");
        byte[] text = "radio/tv".getBytes(StandardCharsets.UTF_8);
        byte[] right = ByteBuffer.allocate(4 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(text.length)
                .put(text)
                .array();
        byte[] lies = right.clone();
        lies[3] = (byte) 0x80;
        byte[] notUtf8 = right.clone();
        notUtf8[5] = (byte) 0xFF;
        Map<String, byte[]> sent = Map.of("right", right, "lies", lies, "not UTF-8", notUtf8, "short", new byte[3]);
        for (Map.Entry<String, byte[]> each : sent.entrySet()) {
            purpose.putObject("parameters").put("binary_data_size", each.getValue().length);
            HttpResponse<byte[]> got = binary(Asked.INFER, request.toString(), each.getValue());
            assertThat(got.statusCode())
                    .as(each.getKey())
                    .isEqualTo(each.getKey().equals("right") ? 200 : 400);
        }
    }

    @Test
    void aRawRequestIsRowsOfNumbersAndNothingElse() throws Exception {
        HttpResponse<byte[]> got = binary(RISK, "", doubles(2, 4, 0, 8));
        int length = Integer.parseInt(
                got.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode json = TestServer.JSON.readTree(new String(got.body(), 0, length, StandardCharsets.UTF_8));
        assertThat(json.path("outputs").get(1).path("shape").toString()).isEqualTo("[2]");
        ByteBuffer rest =
                ByteBuffer.wrap(got.body(), length, got.body().length - length).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(rest.position(length + 16).getDouble()).isEqualTo(NumbersModel.z(2, 4));
        assertThat(binary(RISK, "", doubles(1, 2, 3)).statusCode()).isEqualTo(400);
        assertThat(binary(RISK, "").statusCode()).isEqualTo(400);
        assertThat(binary(Asked.INFER, "", doubles(1)).statusCode())
                .as("a model with texts takes no raw request")
                .isEqualTo(400);
    }

    @Test
    void aGzippedBodyIsRead() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Asked.request(2).toString().getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray());
        answered(server.send(
                server.request(Asked.INFER).header("Content-Encoding", "gzip").POST(body)));
        assertThat(server.send(server.request(Asked.INFER)
                                .header("Content-Encoding", "br")
                                .POST(body))
                        .status())
                .isEqualTo(415);
        assertThat(server.send(server.request(Asked.INFER)
                                .header("Content-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void metadataNamesEveryTensor() throws Exception {
        JsonNode model = answered(server.get("/v2/models/consumer_apply")).json();
        assertThat(model.path("name").asString()).isEqualTo("consumer_apply");
        assertThat(model.path("versions").get(0).asString()).isEqualTo(Examples.SCORECARD);
        assertThat(model.path("inputs").size()).isEqualTo(20);
        assertThat(model.path("properties").path("policy").asString()).isEqualTo(Examples.POLICY);
        assertThat(model.path("properties").path("optional_inputs").asString()).isEqualTo("entity,loan_id,unit");
        JsonNode other = answered(server.get("/v2/models/consumer_apply/versions/xgb_v1.0"))
                .json();
        assertThat(other.path("platform").asString()).isEqualTo("tranche_xgboost");
        assertThat(answered(server.get("/v2/models/risk"))
                        .json()
                        .path("properties")
                        .path("dense_input")
                        .asString())
                .startsWith("[-1,2]");
        assertThat(answered(server.get("/v2/models/risk/ready"))
                        .json()
                        .path("ready")
                        .asBoolean())
                .isTrue();
        assertThat(server.send(server.bare("/v2/health/live").GET())
                        .json()
                        .path("live")
                        .asBoolean())
                .isTrue();
        assertThat(server.send(server.bare("/v2/health/ready").GET())
                        .json()
                        .path("ready")
                        .asBoolean())
                .isTrue();
    }

    private static JsonNode stats(String path) throws Exception {
        return answered(server.get(path)).json().path("model_stats").get(0);
    }

    @Test
    void statisticsCountRowsRequestsAndRefusals() throws Exception {
        String path = "/v2/models/risk/versions/risk_lr_v1.0/stats";
        JsonNode before = stats(path);
        answered(server.post(
                RISK, "{\"inputs\":[{\"name\":\"x\",\"shape\":[3,2],\"datatype\":\"FP64\",\"data\":[1,2,3,4,5,6]}]}"));
        assertThat(server.post(RISK, "{\"inputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}")
                        .status())
                .isEqualTo(400);
        JsonNode after = stats(path);
        assertThat(after.path("inference_count").asLong()
                        - before.path("inference_count").asLong())
                .isEqualTo(3);
        assertThat(after.path("execution_count").asLong()
                        - before.path("execution_count").asLong())
                .isEqualTo(1);
        JsonNode spans = after.path("inference_stats");
        assertThat(spans.path("fail").path("count").asLong()).isPositive();
        assertThat(spans.path("success").path("ns").asLong())
                .isGreaterThanOrEqualTo(spans.path("compute_infer").path("ns").asLong());
        assertThat(after.path("last_inference").asLong()).isPositive();
        assertThat(answered(server.get("/v2/models/stats"))
                        .json()
                        .path("model_stats")
                        .valueStream()
                        .map(each -> each.path("version").asString()))
                .contains(Examples.SCORECARD, Examples.XGB, "risk_lr_v1.0");
    }

    @Test
    void loadingIsNotReleasingAndWhatIsInUseStays() throws Exception {
        server.core()
                .inference()
                .library()
                .registered(() -> List.of(
                        new Registered.Known(NumbersModel.LIVE, NumbersModel.DIGEST, true),
                        new Registered.Known(NumbersModel.OTHER, NumbersModel.DIGEST, true)));
        String rows = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[2,4]}]}";
        String named = "/v2/models/risk/versions/risk_lr_v2.0/infer";
        assertThat(index()).containsEntry("risk_lr_v1.0", "READY").containsEntry("risk_lr_v2.0", "UNAVAILABLE");
        assertThat(server.post(named, rows).status()).isEqualTo(503);
        answered(server.post("/v2/repository/models/risk_lr_v2.0/load", "{}"));
        assertThat(index()).containsEntry("risk_lr_v2.0", "READY");
        assertThat(answered(server.post(RISK, rows))
                        .json()
                        .path("model_version")
                        .asString())
                .as("nobody's traffic moved")
                .isEqualTo("risk_lr_v1.0");
        Got asked = answered(server.post(named, rows));
        assertThat(asked.json().path("model_version").asString()).isEqualTo("risk_lr_v2.0");
        String decision = Asked.output(asked, "decision_id").get(0).asString();
        assertThat(server.get("/api/v1/decisions/" + decision)
                        .json()
                        .path("placement")
                        .path("role")
                        .asString())
                .isEqualTo("pinned");
        assertThat(as("asks", named, rows).status()).as("only who may operate").isEqualTo(403);
        assertThat(as("asks", RISK, rows).status()).isEqualTo(200);
        assertThat(server.post("/v2/repository/models/risk_lr_v1.0/unload", "{}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post("/v2/repository/models/risk/unload", "").status())
                .isEqualTo(409);
        long models = server.core().artifacts().census().uses();
        answered(server.post(
                "/v2/repository/models/risk_lr_v2.0/unload", "{\"parameters\":{\"unload_dependents\":true}}"));
        assertThat(server.core().artifacts().census().uses()).isLessThan(models);
        assertThat(index()).containsEntry("risk_lr_v2.0", "UNAVAILABLE");
        answered(server.post("/v2/repository/models/risk_lr_v2.0/unload", ""));
        assertThat(server.post("/v2/repository/models/nobody_x_v1.0/load", "{}").status())
                .isEqualTo(404);
        Got parameters = server.post(
                "/v2/repository/models/risk_lr_v2.0/load", "{\"parameters\":{\"file:1/model.py\":\"aW1wb3J0IG9z\"}}");
        assertThat(parameters.status()).isEqualTo(400);
    }

    private static Map<String, String> index() throws Exception {
        return server.post("/v2/repository/index", "{\"ready\":false}")
                .json()
                .valueStream()
                .collect(Collectors.toMap(
                        entry -> entry.path("version").asString(),
                        entry -> entry.path("state").asString()));
    }

    @Test
    void aTokenMayDoWhatItsRoleSays() throws Exception {
        String rows = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[2,4]}]}";
        assertThat(as("looks", RISK, rows).status()).isEqualTo(403);
        assertThat(as("looks", "/v2/models/risk", "").status()).isEqualTo(200);
        assertThat(as("asks", "/v2/models/risk", "").status()).isEqualTo(200);
        assertThat(as("asks", "/v2/repository/models/risk_lr_v2.0/load", "{}").status())
                .isEqualTo(403);
        assertThat(as("nobody", RISK, rows).status()).isEqualTo(401);
        Got open = server.send(server.bare("/v2/models/risk").GET());
        assertThat(open.status()).isEqualTo(401);
        assertThat(open.raw().headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(server.send(server.bare("/v2").GET()).status()).isEqualTo(200);
    }

    @Test
    void eachRowIsAssignedByItsOwnUnit() throws Exception {
        Bucketing salted = Bucketing.murmur3("oip");
        try (LoadedVersion xgb = EXAMPLES.version(Examples.XGB)) {
            Candidate candidate = new Candidate("r", xgb, Mode.LIVE, new Audience.Units(Share.ofPercent(50)), salted);
            server.core().routes().swap(RouteWing.route(EXAMPLES, 50, Examples.SCORECARD, candidate));
        }
        try {
            ObjectNode request = Asked.request(200);
            ObjectNode unit = request.withArray("inputs").addObject();
            unit.put("name", "unit").put("datatype", "BYTES");
            unit.putArray("shape").add(200);
            ArrayNode units = unit.putArray("data");
            for (int i = 0; i < 200; i++) {
                units.add("U" + i);
            }
            Got got = answered(server.post(Asked.INFER, request.toString()));
            JsonNode versions = Asked.output(got, "model_version");
            for (int i = 0; i < 200; i++) {
                assertThat(versions.get(i).asString())
                        .isEqualTo(salted.slot("U" + i) < 5000 ? Examples.XGB : Examples.SCORECARD);
            }
            assertThat(got.json().path("model_version").asString().split(","))
                    .containsExactlyInAnyOrder(Examples.XGB, Examples.SCORECARD);
            assertThat(got.json().path("parameters").has("decision_id")).isFalse();
        } finally {
            server.core().routes().swap(RouteWing.route(EXAMPLES, 51, Examples.SCORECARD, null));
        }
    }

    @Test
    void manyRowsAreTheSameAsOneByOne() throws Exception {
        int count = 1000;
        Got many = answered(server.post(Asked.INFER, Asked.request(count).toString()));
        JsonNode scores = Asked.output(many, "score");
        assertThat(scores.size()).isEqualTo(count);
        List<JsonNode> applicants = Asked.applicants(count);
        for (int row = 0; row < 20; row++) {
            double alone = server.post(
                            "/score",
                            "{\"product\":\"consumer_apply\",\"loan_id\":\"L\",\"features\":" + applicants.get(row)
                                    + "}")
                    .json()
                    .path("score")
                    .asDouble();
            assertThat(scores.get(row).asDouble()).isCloseTo(alone, within(5e-7));
        }
        Got over = server.post(Asked.INFER, Asked.request(1).toString().replace("[1]", "[10001]"));
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.body()).contains("10001");
    }
}
