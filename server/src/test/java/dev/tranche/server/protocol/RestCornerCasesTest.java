package dev.tranche.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.VersionName;
import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The corner cases of docs/reference/open-inference-protocol.md over REST, in the order of that page.
class RestCornerCasesTest extends RestAsked {
    @Test
    void case01AnUnknownModelOrVersionIsNotFound() throws Exception {
        String body = Asked.request(1).toString();
        refused(server.post("/v2/models/mortgage/infer", body), 404, "mortgage", "[consumer_apply]");
        refused(server.post("/v2/models/consumer_apply/versions/xgb_v9.0/infer", body), 404, "xgb_v9.0");
        refused(server.post("/v2/models/consumer_apply_xgb_v9.0/infer", body), 404, "consumer_apply_xgb_v9.0");
        refused(server.get("/v2/models/no%20such%20model"), 404, "no such model");
        refused(server.get("/v2/models/mortgage/ready"), 404, "mortgage");
    }

    @Test
    void case02ARegisteredVersionThatIsNotLoadedIsNotReadyYet() throws Exception {
        server.core()
                .inference()
                .library()
                .registered(() -> List.of(new Registered.Known(
                        VersionName.parse("consumer_apply_xgb_v7.0"), EXAMPLES.digest(Examples.XGB), true)));
        try {
            refused(server.get("/v2/models/consumer_apply/versions/xgb_v7.0/ready"), 503, "not loaded", "rollout");
            refused(
                    server.post(
                            "/v2/models/consumer_apply_xgb_v7.0/infer",
                            Asked.request(1).toString()),
                    503,
                    "not loaded");
        } finally {
            server.core().inference().library().registered(List::of);
        }
    }

    @Test
    void case03ABadDatatypeOrFormIsABadRequestInTheProtocolsForm() throws Exception {
        refused(infer("age", input -> input.put("datatype", "FLOAT")), 400, "age", "FLOAT", "FP64");
        refused(infer("age", input -> input.put("datatype", "fp64")), 400, "fp64");
        refused(
                infer(
                        "age",
                        input -> input.put("datatype", "BYTES").putArray("data").add("30")),
                400,
                "age",
                "number");
        refused(
                infer(
                        "purpose",
                        input -> input.put("datatype", "INT64").putArray("data").add(1)),
                400,
                "BYTES");
        refused(infer("age", input -> input.putArray("data").add("30")), 400, "age", "30");
        refused(infer("age", input -> input.remove("shape")), 400, "age", "shape");
        refused(infer("age", input -> input.remove("data")), 400, "age", "data");
        refused(infer("age", input -> input.putArray("shape").add(1).add(2)), 400, "age", "2 elements");
        refused(infer("age", input -> input.putArray("shape").add("1")), 400, "age", "whole numbers");
        refused(infer("age", input -> input.remove("name")), 400, "name");
        refused(infer(request -> request.put("parameters", 7)), 400, "parameters");
        refused(infer(request -> request.putObject("parameters").putObject("a")), 400, "a text, a number or a boolean");
        refused(server.post(Asked.INFER, "{"), 400, "JSON");
        refused(server.post(Asked.INFER, "[]"), 400, "JSON object");
        refused(server.post(Asked.INFER, "{} {}"), 400, "follows");
        refused(server.post(Asked.INFER, "{\"inputs\":[],\"inputs\":[]}"), 400, "twice");
        refused(server.post(Asked.INFER, ""), 400);
    }

    @Test
    void case04AMissingInputIsNamed() throws Exception {
        refused(server.post(Asked.INFER, "{}"), 400, "no inputs");
        refused(infer(request -> request.putArray("inputs")), 400, "no inputs");
        Got without = infer(request -> request.withArray("inputs")
                .removeIf(input -> input.path("name").asString().equals("duration")));
        refused(without, 400, "duration", "is required");
        refused(infer("age", input -> input.put("name", "agee")), 400, "agee", "duration");
        refused(
                infer(request -> {
                    request.putArray("inputs");
                    request.withArray("inputs")
                            .addObject()
                            .put("name", "loan_id")
                            .put("datatype", "BYTES")
                            .set("shape", TestServer.JSON.readTree("[1]"));
                    ((ObjectNode) request.path("inputs").get(0))
                            .putArray("data")
                            .add("L1");
                }),
                400,
                "no feature",
                "duration");
    }

    @Test
    void case05AnInputOrOutputNamedTwiceIsRefused() throws Exception {
        refused(infer(request -> request.withArray("inputs").add(Asked.input(request, "age"))), 400, "age", "twice");
        refused(
                infer(request -> request.set(
                        "outputs", TestServer.JSON.readTree("[{\"name\":\"score\"},{\"name\":\"score\"}]"))),
                400,
                "score",
                "twice");
    }

    @Test
    void case06AShapeWhoseProductOverflowsIsRefused() throws Exception {
        refused(infer("age", input -> input.putArray("shape").add(4294967296L).add(4294967296L)), 400, "at most");
        refused(
                infer(
                        "age",
                        input -> input.putArray("shape").add(Long.MAX_VALUE).add(2)),
                400,
                "at most");
        refused(infer("age", input -> input.putArray("shape").add(9_999_999)), 400, "more than the body can hold");
        refused(
                infer("age", input -> input.set("shape", TestServer.JSON.readTree("[18446744073709551616]"))),
                400,
                "64 bits");
        refused(
                infer("age", input -> input.set("shape", TestServer.JSON.readTree("[1,1,1,1,1,1,1,1,1]"))),
                400,
                "1..8");
    }

    @Test
    void case07ANegativeDimensionIsRefused() throws Exception {
        refused(infer("age", input -> input.putArray("shape").add(-1)), 400, "at least 0", "-1");
        refused(
                infer("age", input -> {
                    input.putArray("shape").add(0);
                    input.putArray("data");
                }),
                400,
                "0");
    }

    @Test
    void case08DeepJsonIsRefused() throws Exception {
        String deep = "[".repeat(200) + "]".repeat(200);
        refused(server.post(Asked.INFER, "{\"inputs\":" + deep + "}"), 400);
        refused(server.post(Asked.INFER, "{\"x\":" + deep + "}"), 400, "deeper");
        refused(server.post("/v2/repository/index", "{\"x\":" + deep + "}"), 400, "deeper");
        refused(infer("age", input -> input.set("data", TestServer.JSON.readTree("[[[1]]]"))), 400, "[…]");
    }

    @Test
    void case09ABodyOverTheLimitIsRefused() throws Exception {
        byte[] large = new byte[Intake.BODY_LIMIT + 1];
        Arrays.fill(large, (byte) ' ');
        refused(
                server.send(server.request(Asked.INFER).POST(HttpRequest.BodyPublishers.ofByteArray(large))),
                413,
                Integer.toString(Intake.BODY_LIMIT));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(large);
        }
        refused(
                server.send(server.request(Asked.INFER)
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray()))),
                413,
                "inflates");
        assertThat(server.core().inference().intake().taken()).isZero();
        answered(infer(Asked.request(1)));
    }

    @Test
    void case10ALyingHeaderLengthIsRefusedAndTheServerLives() throws Exception {
        for (String length : List.of("99999999999", "-1", "1e3", "100000", "x", "")) {
            Got got = server.send(server.request(Asked.INFER)
                    .header("Inference-Header-Content-Length", length)
                    .POST(HttpRequest.BodyPublishers.ofString(Asked.request(1).toString())));
            refused(got, 400, "Inference-Header-Content-Length");
        }
        answered(infer(Asked.request(1)));
    }

    @Test
    void case11ABusyServerSaysSo() throws Exception {
        Intake.Body room = server.core().inference().intake().body();
        List<Intake.Body> taken = new ArrayList<>(List.of(room));
        try {
            for (int i = 0; i < 1000; i++) {
                Intake.Body more = server.core().inference().intake().body();
                taken.add(more);
                more.take(Intake.BODY_LIMIT);
            }
            throw new AssertionError("a thousand bodies of 16 MiB fit");
        } catch (ProtocolException full) {
            assertThat(full.kind()).isEqualTo(ProtocolException.Kind.UNAVAILABLE);
            Got got = infer(request -> request.put("id", "x".repeat(100)));
            if (got.status() != 200) { // what is left of the room may hold one small body
                refused(got, 503, "try again");
                assertThat(got.raw().headers().firstValue("retry-after")).isPresent();
            }
        } finally {
            taken.forEach(Intake.Body::close);
        }
        answered(infer(Asked.request(1)));
    }

    @Test
    void case12AWrongMethodIsNotAllowed() throws Exception {
        refused(server.get(Asked.INFER), 405, "POST");
        refused(server.post("/v2/models/consumer_apply", "{}"), 405, "GET");
        refused(server.get("/v2/repository/index"), 405, "POST");
        refused(server.get("/v2/nowhere"), 404, "/v2/nowhere");
        refused(server.get("/v2/models/consumer_apply/explain"), 404, "no door");
        refused(server.get("/v2/models/"), 404);
    }

    @Test
    void case13TheIdIsEchoedAndNeverInvented() throws Exception {
        Got echoed = answered(infer(request -> request.put("id", "r-\"1\" é")));
        assertThat(echoed.json().path("id").asString()).isEqualTo("r-\"1\" é");
        assertThat(answered(infer(Asked.request(1))).json().has("id")).isFalse();
        refused(infer(request -> request.put("id", 7)), 400, "id");
        refused(infer(request -> request.put("id", "x".repeat(1001))), 400, "1000");
    }

    @Test
    void case14NoOutputsMeansAllAndAnUnknownOneIsRefused() throws Exception {
        JsonNode all = answered(infer(Asked.request(1))).json().path("outputs");
        assertThat(all.valueStream().map(output -> output.path("name").asString()))
                .containsExactly(
                        "score",
                        "margin",
                        "band",
                        "action",
                        "reasons",
                        "source",
                        "model_version",
                        "decision_id",
                        "error");
        Got some = answered(infer(request ->
                request.set("outputs", TestServer.JSON.readTree("[{\"name\":\"action\"},{\"name\":\"score\"}]"))));
        assertThat(some.json()
                        .path("outputs")
                        .valueStream()
                        .map(output -> output.path("name").asString()))
                .containsExactly("action", "score");
        assertThat(answered(infer(request -> request.putArray("outputs")))
                        .json()
                        .path("outputs")
                        .size())
                .isEqualTo(all.size());
        refused(
                infer(request -> request.set("outputs", TestServer.JSON.readTree("[{\"name\":\"scores\"}]"))),
                400,
                "scores",
                "score, margin");
        refused(
                infer(request -> request.set(
                        "outputs",
                        TestServer.JSON.readTree("[{\"name\":\"score\",\"parameters\":{\"classification\":1}}]"))),
                400,
                "classification");
    }

    @Test
    void case15MissingIsNullAndNothingElse() throws Exception {
        Got missing = answered(
                infer("checking_status", input -> input.putArray("data").addNull()));
        assertThat(Asked.output(missing, "source").get(0).asString()).isEqualTo("model");
        Got required = infer("duration", input -> input.putArray("data").addNull());
        refused(required, 400, "duration", "is required");
        String text = Asked.request(1).toString();
        for (String token : List.of("NaN", "Infinity", "-Infinity", "\"NaN\"", "1e999")) {
            String changed = text.replaceFirst(
                    "(\"name\":\"age\",\"datatype\":\"FP64\",\"shape\":\\[1],\"data\":\\[)[^]]*", "$1" + token);
            assertThat(changed).isNotEqualTo(text);
            refused(server.post(Asked.INFER, changed), 400);
        }
        Got fallback =
                answered(infer("credit_history", input -> input.putArray("data").addNull()));
        assertThat(Asked.output(fallback, "source").get(0).asString()).isEqualTo("fallback_rules");
        assertThat(Asked.output(fallback, "margin").get(0).isNull())
                .as("no model, no margin: NaN, which JSON has as null")
                .isTrue();
        assertThat(fallback.body()).doesNotContain("NaN");
        Got marked = answered(infer("checking_status", input -> {
            input.putArray("data").add("?");
            input.putObject("parameters").put("missing", "?");
        }));
        assertThat(Asked.output(marked, "score")).isEqualTo(Asked.output(missing, "score"));
    }

    @Test
    void case16WholeNumbersStayWhole() throws Exception {
        Got exact = infer(
                "credit_amount",
                input -> input.put("datatype", "INT64").putArray("data").add(9007199254740993L));
        refused(exact, 400, "credit_amount", "9007199254740993");
        Got unsigned = infer("credit_amount", input -> {
            input.put("datatype", "UINT64");
            input.set("data", TestServer.JSON.readTree("[18446744073709551615]"));
        });
        refused(unsigned, 400, "18446744073709551615");
        refused(
                infer(
                        "age",
                        input -> input.put("datatype", "INT64").putArray("data").add(30.5)),
                400,
                "30.5");
        refused(
                infer(
                        "age",
                        input -> input.put("datatype", "INT8").putArray("data").add(128)),
                400,
                "-128..127");
        refused(
                infer(
                        "age",
                        input -> input.put("datatype", "UINT8").putArray("data").add(-1)),
                400,
                "0..255");
        refused(
                infer("age", input -> {
                    input.put("datatype", "UINT64");
                    input.set("data", TestServer.JSON.readTree("[18446744073709551616]"));
                }),
                400,
                "18446744073709551616");
        Got whole = answered(infer(
                "age", input -> input.put("datatype", "UINT8").putArray("data").add(30)));
        Got real = answered(infer("age", input -> input.putArray("data").add(30.0)));
        assertThat(Asked.output(whole, "margin")).isEqualTo(Asked.output(real, "margin"));
        Got loan = answered(infer(request -> {
            ObjectNode id = request.withArray("inputs").addObject();
            id.put("name", "loan_id").put("datatype", "UINT64");
            id.putArray("shape").add(1);
            id.set("data", TestServer.JSON.readTree("[18446744073709551615]"));
        }));
        String decision = Asked.output(loan, "decision_id").get(0).asString();
        assertThat(server.get("/api/v1/decisions/" + decision).body()).contains("18446744073709551615");
    }

    @Test
    void case17AnFp32IsNarrowedOnce() throws Exception {
        Got got = answered(infer(
                "credit_amount",
                input -> input.put("datatype", "FP32").putArray("data").add(2171.1)));
        String decision = got.json().path("parameters").path("decision_id").asString();
        assertThat(server.get("/api/v1/decisions/" + decision)
                        .json()
                        .path("features")
                        .path("credit_amount")
                        .asDouble())
                .isEqualTo((double) 2171.1f);
        refused(
                infer(
                        "age",
                        input -> input.put("datatype", "FP32").putArray("data").add(1e39)),
                400,
                "range");
    }

    @Test
    void case18Fp16HasNoFormInJsonButInBinary() throws Exception {
        refused(infer("age", input -> input.put("datatype", "FP16")), 400, "FP16");
        ObjectNode request = Asked.request(1);
        ObjectNode age = Asked.input(request, "age");
        age.put("datatype", "FP16").remove("data");
        age.putObject("parameters").put("binary_data_size", 2);
        byte[] half = ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(Float.floatToFloat16(30f))
                .array();
        Got binary = answered(sendBinary(request.toString(), half));
        Got plain = answered(infer("age", input -> input.putArray("data").add(30)));
        assertThat(Asked.output(binary, "margin")).isEqualTo(Asked.output(plain, "margin"));
    }

    @Test
    void case21TheRootIsTheSameWithAndWithoutASlash() throws Exception {
        assertThat(answered(server.get("/v2")).json())
                .isEqualTo(answered(server.get("/v2/")).json());
        assertThat(server.get("/v2").json().path("extensions").toString())
                .contains("binary_tensor_data", "model_repository", "statistics", "schedule_policy");
    }

    @Test
    void case22AVersionIsAnyText() throws Exception {
        String body = Asked.request(1).toString();
        for (String version : List.of(
                "consumer_apply_xgb_v1.0", "xgb_v1.0", "consumer_apply_xgb_v1", "consumer_apply_scorecard_v1.0")) {
            Got got = answered(server.post("/v2/models/consumer_apply/versions/" + version + "/infer", body));
            assertThat(got.json().path("model_version").asString())
                    .isEqualTo(version.contains("xgb") ? Examples.XGB : Examples.SCORECARD);
        }
        refused(
                server.post("/v2/models/consumer_apply/versions/1.0/infer", body),
                404,
                "say which",
                "xgb",
                "scorecard");
        refused(server.post("/v2/models/consumer_apply/versions/1/infer", body), 404);
        Got byName = answered(server.post("/v2/models/consumer_apply_xgb_v1.0/infer", body));
        assertThat(byName.json().path("model_name").asString()).isEqualTo("consumer_apply_xgb_v1.0");
    }

    @Test
    void case23WithoutAVersionTheRouteDecidesAndTheAnswerSaysWhoItWas() throws Exception {
        Got got = answered(infer(
                request -> request.putObject("parameters").put("unit", "U7").put("loan_id", "L7")));
        assertThat(got.json().path("model_name").asString()).isEqualTo("consumer_apply");
        assertThat(got.json().path("model_version").asString()).isEqualTo(Examples.SCORECARD);
        assertThat(Asked.output(got, "model_version").get(0).asString()).isEqualTo(Examples.SCORECARD);
        JsonNode decision = server.get("/api/v1/decisions/"
                        + got.json().path("parameters").path("decision_id").asString())
                .json();
        assertThat(decision.path("unit").asString()).isEqualTo("U7");
        assertThat(decision.path("loan_id").asString()).isEqualTo("L7");
        assertThat(decision.path("placement").path("role").asString()).isEqualTo("live");
    }

    @Test
    void case24ABadRowFailsAlone() throws Exception {
        ObjectNode request = Asked.request(3);
        ((ArrayNode) Asked.input(request, "age").path("data")).set(1, 999);
        Got got = answered(infer(request));
        assertThat(got.json().path("parameters").path("failed_rows").asInt()).isEqualTo(1);
        assertThat(Asked.output(got, "score").get(1).isNull()).isTrue();
        assertThat(Asked.output(got, "error").get(1).asString()).contains("age", "999");
        assertThat(Asked.output(got, "decision_id").get(1).asString()).isEmpty();
        List<JsonNode> alone = Asked.applicants(3);
        for (int row : List.of(0, 2)) {
            assertThat(Asked.output(got, "error").get(row).asString()).isEmpty();
            Got single = answered(infer(Asked.request(List.of(alone.get(row)))));
            assertThat(Asked.output(got, "score").get(row))
                    .isEqualTo(Asked.output(single, "score").get(0));
            String id = Asked.output(got, "decision_id").get(row).asString();
            assertThat(server.post("/api/v1/decisions/" + id + "/replay", "{}").body())
                    .contains("EXACT");
        }
        for (int row = 0; row < 3; row++) {
            ((ArrayNode) Asked.input(request, "age").path("data")).set(row, 999);
        }
        refused(infer(request), 400, "none of the 3 rows", "age");
    }

    @Test
    void case25BytesAreTextsAndAreCounted() throws Exception {
        refused(infer("purpose", input -> input.putArray("data")), 400, "purpose", "1 elements", "0");
        refused(infer("purpose", input -> input.putArray("data").add("a").add("b")), 400, "purpose", "more");
        refused(infer("purpose", input -> input.putArray("data").add(1)), 400, "purpose", "a text");
        ObjectNode nested = Asked.request(2);
        for (JsonNode input : nested.path("inputs")) {
            ((ObjectNode) input).set("shape", TestServer.JSON.readTree("[2,1]"));
            JsonNode flat = input.path("data");
            ((ObjectNode) input)
                    .set(
                            "data",
                            TestServer.JSON
                                    .createArrayNode()
                                    .add(TestServer.JSON.createArrayNode().add(flat.get(0)))
                                    .add(TestServer.JSON.createArrayNode().add(flat.get(1))));
        }
        assertThat(Asked.output(answered(infer(nested)), "score"))
                .isEqualTo(Asked.output(answered(infer(Asked.request(2))), "score"));
        Asked.input(nested, "purpose").set("data", TestServer.JSON.readTree("[[\"a\",\"b\"],[]]"));
        refused(infer(nested), 400, "dimension 1");
    }
}
