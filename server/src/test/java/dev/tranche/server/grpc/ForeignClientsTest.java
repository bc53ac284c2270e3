package dev.tranche.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.protocol.Asked;
import inference.GrpcPredictV2;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataRequest;
import inference.GrpcPredictV2.ModelMetadataResponse;
import inference.GrpcPredictV2.ModelReadyRequest;
import inference.GrpcPredictV2.ModelReadyResponse;
import inference.GrpcPredictV2.ServerReadyRequest;
import inference.GrpcPredictV2.ServerReadyResponse;
import io.grpc.CallCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kserve.KServeComponent;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The server asked by clients that nobody here wrote: Apache Camel's KServe component on grpc-java, grpc-js,
/// and Debian's grpcio on gRPC's C core. Each brings or is given the protocol's definition as KServe
/// publishes it.
class ForeignClientsTest {
    private static final Path FOREIGN =
            Path.of(System.getProperty("tranche.root"), "server", "src", "test", "resources", "foreign");
    private static final int ROWS = 3;

    @TempDir
    private static Path data;

    private static TestServer server;
    private static JsonNode rest;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data.resolve("server"), new Examples());
        rest = Asked.output(server.post(Asked.INFER, Asked.request(ROWS).toString()), "score");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String address() {
        return "127.0.0.1:" + server.port();
    }

    /// Sends the token as the metadata `authorization`.
    private static final class Bearer extends CallCredentials {
        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + server.token());
            applier.apply(headers);
        }
    }

    @Test
    void apacheCamelsComponentIsAnswered() throws Exception {
        try (SimpleCamelContext camel = new SimpleCamelContext()) {
            KServeComponent component = new KServeComponent();
            component.getConfiguration().setTarget(address());
            component
                    .getConfiguration()
                    .setCredentials(
                            CompositeChannelCredentials.create(InsecureChannelCredentials.create(), new Bearer()));
            camel.addComponent("kserve", component);
            camel.start();
            try (ProducerTemplate ask = camel.createProducerTemplate()) {
                assertThat(ask.requestBody(
                                        "kserve:server/ready",
                                        ServerReadyRequest.getDefaultInstance(),
                                        ServerReadyResponse.class)
                                .getReady())
                        .isTrue();
                assertThat(ask.requestBody(
                                        "kserve:model/ready?modelName=consumer_apply",
                                        ModelReadyRequest.getDefaultInstance(),
                                        ModelReadyResponse.class)
                                .getReady())
                        .isTrue();
                assertThat(ask.requestBody(
                                        "kserve:model/metadata?modelName=consumer_apply",
                                        ModelMetadataRequest.getDefaultInstance(),
                                        ModelMetadataResponse.class)
                                .getInputsCount())
                        .isEqualTo(20);
                ModelInferResponse answer = ask.requestBody(
                        "kserve:infer?modelName=consumer_apply",
                        Kserve.request(ROWS).clearModelName().build(),
                        ModelInferResponse.class);
                assertThat(answer.getModelVersion()).isEqualTo(Examples.SCORECARD);
                for (int row = 0; row < ROWS; row++) {
                    assertThat(Kserve.output(answer, "score").getContents().getFp64Contents(row))
                            .isEqualTo(rest.get(row).asDouble());
                }
            }
        }
    }

    @Test
    void grpcJsIsAnswered() throws Exception {
        for (String program : List.of("node", "npm")) {
            assumeTrue(found(program), "skipped: no " + program + " here, so grpc-js cannot ask");
        }
        Path folder = Files.createDirectories(data.resolve("grpc-js"));
        for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
            Files.copy(FOREIGN.resolve("grpc-js").resolve(file), folder.resolve(file));
        }
        Ran installed = run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeTrue(installed.code() == 0, () -> "skipped: npm ci cannot fetch grpc-js: " + installed.said());
        Path proto = folder.resolve("kserve.proto");
        try (InputStream in = GrpcPredictV2.class.getResourceAsStream("/grpc_predict_v2.proto")) {
            Files.copy(Objects.requireNonNull(in), proto);
        }
        Path request =
                Files.writeString(folder.resolve("request.json"), javascript().toString());
        for (Path definition : List.of(proto, own())) {
            JsonNode told = told(run(
                    folder,
                    "node",
                    "client.mjs",
                    address(),
                    server.token(),
                    definition.toString(),
                    request.toString()));
            assertThat(told.path("live").asBoolean()).isTrue();
            assertThat(told.path("ready").asBoolean()).isTrue();
            assertThat(told.path("modelReady").asBoolean()).isTrue();
            assertThat(told.path("server").path("name").asString()).isEqualTo("tranche");
            assertThat(told.path("model").path("inputs").size()).isEqualTo(20);
            assertThat(told.path("id").asString()).isEqualTo("js-1");
            assertThat(told.path("version").asString()).isEqualTo(Examples.SCORECARD);
            assertThat(told.path("outputs").path("score")).isEqualTo(rest);
            assertThat(told.path("outputs").path("error").get(0).asString()).isEmpty();
            assertThat(told.path("unknown").path("code").asInt()).isEqualTo(5);
            assertThat(told.path("unknown").path("details").asString()).contains("mortgage");
            assertThat(told.path("nobody").path("code").asInt()).isEqualTo(16);
        }
    }

    /// The definition that this server publishes for its clients.
    private static Path own() {
        return Path.of(
                System.getProperty("tranche.root"),
                "server/src/main/resources/dev/tranche/server/grpc/open_inference.proto");
    }

    /// The request as protobuf's JSON-like objects.
    private static ObjectNode javascript() {
        ObjectNode request = TestServer.JSON.createObjectNode();
        request.put("model_name", Asked.PRODUCT).put("id", "js-1");
        ArrayNode inputs = request.putArray("inputs");
        for (JsonNode input : Asked.request(ROWS).path("inputs")) {
            ObjectNode each = inputs.addObject();
            each.set("name", input.path("name"));
            each.set("datatype", input.path("datatype"));
            each.set("shape", input.path("shape"));
            boolean number = input.path("datatype").asString().equals("FP64");
            ArrayNode contents = each.putObject("contents").putArray(number ? "fp64_contents" : "bytes_contents");
            input.path("data").forEach(contents::add);
        }
        return request;
    }

    @Test
    void debiansGrpcioIsAnswered() throws Exception {
        String python = "/usr/bin/python3";
        assumeTrue(Files.isExecutable(Path.of(python)), "skipped: no " + python + ", so grpcio cannot ask");
        Ran imported = run(data, python, "-c", "import grpc, google.protobuf");
        assumeTrue(
                imported.code() == 0,
                "skipped: " + python + " has no grpcio; install Debian's python3-grpcio and python3-protobuf");
        Path descriptor = Files.write(
                data.resolve("descriptor.bin"),
                GrpcPredictV2.getDescriptor().toProto().toByteArray());
        ModelInferRequest request = Kserve.request(ROWS).build();
        Path message = Files.write(data.resolve("request.bin"), request.toByteArray());
        JsonNode told = told(run(
                data,
                python,
                FOREIGN.resolve("python").resolve("client.py").toString(),
                address(),
                server.token(),
                descriptor.toString(),
                message.toString()));
        assertThat(told.path("live").asBoolean()).isTrue();
        assertThat(told.path("ready").asBoolean()).isTrue();
        assertThat(told.path("modelReady").asBoolean()).isTrue();
        assertThat(told.path("server").asString()).isEqualTo("tranche");
        assertThat(told.path("inputs").asInt()).isEqualTo(20);
        assertThat(told.path("version").asString()).isEqualTo(Examples.SCORECARD);
        assertThat(told.path("scores")).isEqualTo(rest);
        assertThat(told.path("packed")).isEqualTo(rest);
        assertThat(told.path("raw")).isEqualTo(rest);
        assertThat(told.path("unknown").path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(told.path("unknown").path("details").asString()).contains("mortgage");
        assertThat(told.path("nobody").path("code").asString()).isEqualTo("UNAUTHENTICATED");
    }

    private static boolean found(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    /// What a program said, and the code it ended with.
    private record Ran(int code, String said) {}

    private static JsonNode told(Ran ran) {
        assertThat(ran.code()).as(ran.said()).isZero();
        return TestServer.JSON.readTree(ran.said().substring(ran.said().indexOf('{')));
    }

    private static Ran run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " did not end in 60 s: " + said);
        }
        return new Ran(process.exitValue(), said);
    }
}
