package dev.tranche.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.protocol.Asked;
import dev.tranche.server.protocol.Intake;
import dev.tranche.server.serving.Fault;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.GrpcPredictV2.InferParameter;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferRequest.InferRequestedOutputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataRequest;
import inference.GrpcPredictV2.ModelMetadataResponse;
import inference.GrpcPredictV2.ModelReadyRequest;
import inference.GrpcPredictV2.ServerLiveRequest;
import inference.GrpcPredictV2.ServerMetadataRequest;
import inference.GrpcPredictV2.ServerReadyRequest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The corner cases of docs/reference/open-inference-protocol.md over gRPC, asked with KServe's own stubs.
class GrpcCornerCasesTest {
    @TempDir
    private static Path data;

    private static TestServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceBlockingStub stub;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(data, new Examples());
        channel = Kserve.channel(server.port());
        stub = Kserve.stub(channel, server.token());
    }

    @AfterAll
    static void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.close();
    }

    @AfterEach
    void noFaults() {
        server.core().serving().faults().set(Examples.SCORECARD, Fault.NONE);
    }

    private static ModelInferResponse infer(Consumer<ModelInferRequest.Builder> change) {
        ModelInferRequest.Builder request = Kserve.request(1);
        change.accept(request);
        return stub.modelInfer(request.build());
    }

    private static void refused(Status.Code code, Runnable call, String... words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            assertThat(refusal.getStatus().getCode()).as(refusal.getMessage()).isEqualTo(code);
            for (String word : words) {
                assertThat(refusal.getStatus().getDescription()).contains(word);
            }
        });
    }

    @Test
    void theServerSaysThatItLivesAndWhoItIsWithoutAToken() {
        GRPCInferenceServiceBlockingStub nobody = Kserve.stub(channel);
        assertThat(nobody.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(nobody.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(nobody.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getExtensionsList())
                .contains("statistics", "model_repository");
    }

    @Test
    void theTokenComesAsMetadata() {
        ModelInferRequest request = Kserve.request(1).build();
        refused(Status.Code.UNAUTHENTICATED, () -> Kserve.stub(channel).modelInfer(request), "needs a token");
        refused(
                Status.Code.UNAUTHENTICATED,
                () -> Kserve.stub(channel, "wrong").modelReady(ModelReadyRequest.getDefaultInstance()),
                "not known");
    }

    @Test
    void aModelDescribesItsTensors() {
        ModelMetadataResponse model = stub.modelMetadata(
                ModelMetadataRequest.newBuilder().setName(Asked.PRODUCT).build());
        assertThat(model.getVersionsList()).containsExactly(Examples.SCORECARD, Examples.XGB);
        assertThat(model.getPlatform()).isEqualTo("tranche_scorecard");
        assertThat(model.getInputsList())
                .anySatisfy(input -> {
                    assertThat(input.getName()).isEqualTo("age");
                    assertThat(input.getDatatype()).isEqualTo("FP64");
                    assertThat(input.getShapeList()).containsExactly(-1L);
                })
                .anySatisfy(input -> {
                    assertThat(input.getName()).isEqualTo("purpose");
                    assertThat(input.getDatatype()).isEqualTo("BYTES");
                });
        assertThat(stub.modelReady(ModelReadyRequest.newBuilder()
                                .setName(Asked.PRODUCT)
                                .build())
                        .getReady())
                .isTrue();
    }

    @Test
    void theSameRowsGetTheSameAnswersAsOverRest() throws Exception {
        ModelInferResponse grpc = stub.modelInfer(Kserve.request(3)
                .setId("r1")
                .putParameters(
                        "unit", InferParameter.newBuilder().setStringParam("U1").build())
                .build());
        assertThat(grpc.getId()).isEqualTo("r1");
        assertThat(grpc.getModelVersion()).isEqualTo(Examples.SCORECARD);
        TestServer.Got rest = server.post(Asked.INFER, Asked.request(3).toString());
        for (int row = 0; row < 3; row++) {
            assertThat(Kserve.output(grpc, "score").getContents().getFp64Contents(row))
                    .isEqualTo(Asked.output(rest, "score").get(row).asDouble());
            assertThat(Kserve.text(grpc, "action", row))
                    .isEqualTo(Asked.output(rest, "action").get(row).asString());
            String id = Kserve.text(grpc, "decision_id", row);
            assertThat(server.get("/api/v1/decisions/" + id).json().path("unit").asString())
                    .isEqualTo("U1");
        }
    }

    @Test
    void case01AnUnknownModelIsNotFound() {
        refused(Status.Code.NOT_FOUND, () -> infer(request -> request.setModelName("mortgage")), "mortgage");
        refused(Status.Code.NOT_FOUND, () -> infer(request -> request.setModelVersion("xgb_v9.0")), "xgb_v9.0");
        refused(
                Status.Code.NOT_FOUND,
                () -> stub.modelReady(
                        ModelReadyRequest.newBuilder().setName("é / ü").build()),
                "é / ü");
    }

    @Test
    void case03ContentsMustStandWhereTheDatatypeHasThem() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "age")
                        .setContents(InferTensorContents.newBuilder().addFp32Contents(30))),
                "fp32_contents",
                "fp64_contents");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "age").setDatatype("DOUBLE")),
                "DOUBLE");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "age").clearContents()),
                "1 elements");
        for (String datatype : List.of("INT8", "INT16", "INT32")) {
            ModelInferResponse got = infer(request -> Kserve.input(request, "age")
                    .setDatatype(datatype)
                    .setContents(InferTensorContents.newBuilder().addIntContents(30)));
            assertThat(Kserve.text(got, "error", 0)).isEmpty();
        }
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "age")
                        .setDatatype("INT8")
                        .setContents(InferTensorContents.newBuilder().addIntContents(-129))),
                "-128..127");
        infer(request -> Kserve.input(request, "age")
                .setDatatype("UINT32")
                .setContents(InferTensorContents.newBuilder().addUintContents(30)));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "credit_amount")
                        .setDatatype("UINT64")
                        .setContents(InferTensorContents.newBuilder().addUint64Contents(-1))),
                "18446744073709551615");
    }

    @Test
    void case05And14OutputsAreChosenByName() {
        ModelInferResponse some = infer(request -> request.addOutputs(
                        InferRequestedOutputTensor.newBuilder().setName("action"))
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("score")));
        assertThat(some.getOutputsList().stream().map(ModelInferResponse.InferOutputTensor::getName))
                .containsExactly("action", "score");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> request.addOutputs(
                                InferRequestedOutputTensor.newBuilder().setName("score"))
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("score"))),
                "twice");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> request.addOutputs(
                        InferRequestedOutputTensor.newBuilder().setName("scores"))),
                "scores");
    }

    @Test
    void case06And07ShapesAreChecked() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request ->
                        Kserve.input(request, "age").addShape(1L << 32).addShape(1L << 32)),
                "at most");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "age").clearShape().addShape(-1)),
                "at least 0");
    }

    @Test
    void case09AMessageOverTheLimitIsRefused() {
        refused(
                Status.Code.RESOURCE_EXHAUSTED,
                () -> infer(request -> request.setId("x".repeat(Intake.BODY_LIMIT))),
                Integer.toString(Intake.BODY_LIMIT));
        refused(
                Status.Code.RESOURCE_EXHAUSTED,
                () -> stub.withCompression("gzip")
                        .modelInfer(Kserve.request(1)
                                .setId("x".repeat(Intake.BODY_LIMIT))
                                .build()),
                "inflates");
        assertThat(server.core().inference().intake().taken()).isZero();
        infer(_ -> {});
    }

    @Test
    void aCompressedMessageIsReadAndItsAnswerCompressed() {
        ModelInferResponse plain = stub.modelInfer(Kserve.request(50).build());
        ModelInferResponse packed =
                stub.withCompression("gzip").modelInfer(Kserve.request(50).build());
        assertThat(Kserve.output(packed, "score")).isEqualTo(Kserve.output(plain, "score"));
    }

    @Test
    void case15NanIsMissing() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "duration")
                        .setContents(InferTensorContents.newBuilder().addFp64Contents(Double.NaN))),
                "duration",
                "is required");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> infer(request -> Kserve.input(request, "duration")
                        .setContents(InferTensorContents.newBuilder().addFp64Contents(Double.POSITIVE_INFINITY))),
                "finite");
        ModelInferResponse marked = infer(request -> Kserve.input(request, "credit_history")
                .setContents(InferTensorContents.newBuilder().addBytesContents(ByteString.copyFromUtf8("?")))
                .putParameters(
                        "missing",
                        InferParameter.newBuilder().setStringParam("?").build()));
        assertThat(Kserve.text(marked, "source", 0)).isEqualTo("fallback_rules");
        assertThat(Kserve.output(marked, "margin").getContents().getFp64Contents(0))
                .isNaN();
    }

    private static byte[] raw(InferInputTensor input) {
        if (input.getDatatype().equals("FP64")) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * input.getContents().getFp64ContentsCount())
                    .order(ByteOrder.LITTLE_ENDIAN);
            input.getContents().getFp64ContentsList().forEach(bytes::putDouble);
            return bytes.array();
        }
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (ByteString each : input.getContents().getBytesContentsList()) {
            bytes.putInt(each.size()).put(each.toByteArray());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static ModelInferRequest.Builder rawRequest(int rows) {
        ModelInferRequest.Builder request = Kserve.request(rows);
        for (InferInputTensor.Builder input : request.getInputsBuilderList()) {
            request.addRawInputContents(ByteString.copyFrom(raw(input.build())));
            input.clearContents();
        }
        return request;
    }

    @Test
    void case19RawContentsAreReadAndAnsweredRaw() {
        ModelInferResponse plain = stub.modelInfer(Kserve.request(2).build());
        ModelInferResponse raw = stub.modelInfer(rawRequest(2).build());
        assertThat(raw.getRawOutputContentsCount()).isEqualTo(raw.getOutputsCount());
        assertThat(raw.getOutputs(0).hasContents()).isFalse();
        ByteBuffer scores = raw.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(scores.getDouble())
                .isEqualTo(Kserve.output(plain, "score").getContents().getFp64Contents(0));
        assertThat(scores.getDouble())
                .isEqualTo(Kserve.output(plain, "score").getContents().getFp64Contents(1));
        ByteBuffer bands = raw.getRawOutputContents(2).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        byte[] band = new byte[bands.getInt()];
        bands.get(band);
        assertThat(new String(band, StandardCharsets.UTF_8)).isEqualTo(Kserve.text(plain, "band", 0));
    }

    @Test
    void case19RawContentsAreForAllInputsOrNone() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> {
                    ModelInferRequest.Builder request = rawRequest(1);
                    Kserve.input(request, "age")
                            .setContents(InferTensorContents.newBuilder().addFp64Contents(30));
                    stub.modelInfer(request.build());
                },
                "contents beside raw_input_contents");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> stub.modelInfer(
                        rawRequest(1).addRawInputContents(ByteString.EMPTY).build()),
                "one entry for each");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> {
                    ModelInferRequest.Builder request = rawRequest(1);
                    int age = request.getInputsList().stream()
                            .map(InferInputTensor::getName)
                            .toList()
                            .indexOf("age");
                    stub.modelInfer(request.setRawInputContents(age, ByteString.copyFrom(new byte[7]))
                            .build());
                },
                "8 bytes",
                "7");
    }

    @Test
    void case20EachRefusalHasItsStatus() {
        refused(Status.Code.INVALID_ARGUMENT, () -> infer(ModelInferRequest.Builder::clearInputs), "no inputs");
        refused(
                Status.Code.UNIMPLEMENTED,
                () -> ClientCalls.blockingUnaryCall(
                        channel,
                        GRPCInferenceServiceGrpc.getServerLiveMethod().toBuilder()
                                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                                        GRPCInferenceServiceGrpc.SERVICE_NAME, "ModelStreamInfer"))
                                .build(),
                        CallOptions.DEFAULT,
                        ServerLiveRequest.getDefaultInstance()),
                "ModelStreamInfer");
        server.core().serving().faults().set(Examples.SCORECARD, new Fault(2000, 0, -1));
        assertThatThrownBy(() -> stub.withDeadlineAfter(1, TimeUnit.MILLISECONDS)
                        .modelInfer(Kserve.request(1).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        late -> assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }

    @Test
    void case24ABadRowFailsAlone() {
        ModelInferRequest.Builder request = Kserve.request(3);
        InferInputTensor.Builder age = Kserve.input(request, "age");
        age.setContents(age.getContents().toBuilder().setFp64Contents(1, 999));
        ModelInferResponse got = stub.modelInfer(request.build());
        assertThat(got.getParametersOrThrow("failed_rows").getInt64Param()).isEqualTo(1);
        assertThat(Kserve.output(got, "score").getContents().getFp64Contents(1)).isNaN();
        assertThat(Kserve.text(got, "error", 1)).contains("age", "999");
        assertThat(Kserve.text(got, "error", 0)).isEmpty();
        assertThat(Kserve.text(got, "action", 2)).isNotEmpty();
    }

    @Test
    void timeoutIsADeadlineInMicroseconds() {
        // The first answers of a busy machine may miss the policy's own deadline.
        String source = "";
        for (int i = 0; i < 20 && !source.equals("model"); i++) {
            source = Kserve.text(infer(_ -> {}), "source", 0);
        }
        assertThat(source).isEqualTo("model");
        ModelInferResponse hasty = infer(request -> request.putParameters(
                "timeout", InferParameter.newBuilder().setInt64Param(1).build()));
        assertThat(Kserve.text(hasty, "source", 0))
                .as("a microsecond is over before a model is asked")
                .isEqualTo("fallback_rules");
        assertThat(Kserve.text(
                        infer(request -> request.putParameters(
                                "priority",
                                InferParameter.newBuilder().setInt64Param(1).build())),
                        "source",
                        0))
                .isEqualTo("model");
    }
}
