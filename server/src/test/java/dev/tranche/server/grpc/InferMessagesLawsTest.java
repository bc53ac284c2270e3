package dev.tranche.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.Datatype;
import dev.tranche.server.protocol.InferAnswer;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.Parameter;
import dev.tranche.server.protocol.Parameters;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.RawTensor;
import dev.tranche.server.protocol.Tensor;
import inference.GrpcPredictV2.InferParameter;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Our reading and writing of the wire form against protobuf's own, and against bytes that mean harm.
class InferMessagesLawsTest {
    private static final long SEED = Long.getLong("tranche.seed", 42);

    private static InferMessages.Received read(byte[] bytes) {
        return InferMessages.read(ProtoReader.over(bytes, 0, bytes.length));
    }

    private static ModelInferRequest.Builder request(Random random) {
        int rows = 1 + random.nextInt(5);
        InferTensorContents.Builder wholes = InferTensorContents.newBuilder();
        InferTensorContents.Builder reals = InferTensorContents.newBuilder();
        InferTensorContents.Builder texts = InferTensorContents.newBuilder();
        InferTensorContents.Builder flags = InferTensorContents.newBuilder();
        for (int i = 0; i < rows; i++) {
            wholes.addInt64Contents(random.nextLong());
            reals.addFp32Contents(random.nextFloat());
            texts.addBytesContents(ByteString.copyFromUtf8("é" + random.nextInt()));
            flags.addBoolContents(random.nextBoolean());
        }
        return ModelInferRequest.newBuilder()
                .setModelName("m" + random.nextInt())
                .setModelVersion("v")
                .setId("i" + random.nextLong())
                .putParameters(
                        "timeout",
                        InferParameter.newBuilder()
                                .setInt64Param(random.nextLong())
                                .build())
                .addInputs(input("w", "INT64", rows, wholes))
                .addInputs(input("r", "FP32", rows, reals))
                .addInputs(input("t", "BYTES", rows, texts))
                .addInputs(input("f", "BOOL", rows, flags));
    }

    private static InferInputTensor input(
            String name, String datatype, int rows, InferTensorContents.Builder contents) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(rows)
                .setContents(contents)
                .build();
    }

    @Test
    void whatProtobufWritesIsReadWhole() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 200; trial++) {
            ModelInferRequest sent = request(random).build();
            InferMessages.Received got = read(sent.toByteArray());
            assertThat(got.model()).isEqualTo(sent.getModelName());
            assertThat(got.request().id()).isEqualTo(sent.getId());
            assertThat(got.request().parameters().values())
                    .containsExactly(Map.entry(
                            "timeout",
                            new Parameter.Whole(
                                    sent.getParametersOrThrow("timeout").getInt64Param())));
            List<Tensor> inputs = got.request().inputs();
            assertThat(inputs.get(0).column())
                    .isInstanceOfSatisfying(
                            Column.Wholes.class,
                            wholes -> assertThat(wholes.values())
                                    .containsExactly(sent.getInputs(0).getContents().getInt64ContentsList().stream()
                                            .mapToLong(Long::longValue)
                                            .toArray()));
            assertThat(inputs.get(1).column())
                    .isInstanceOfSatisfying(
                            Column.Reals.class,
                            reals -> assertThat(reals.values())
                                    .containsExactly(sent.getInputs(1).getContents().getFp32ContentsList().stream()
                                            .mapToDouble(Float::doubleValue)
                                            .toArray()));
            assertThat(inputs.get(2).column())
                    .isInstanceOfSatisfying(
                            Column.Texts.class,
                            texts -> assertThat(texts.values())
                                    .containsExactlyElementsOf(
                                            sent.getInputs(2).getContents().getBytesContentsList().stream()
                                                    .map(ByteString::toStringUtf8)
                                                    .toList()));
        }
    }

    @Test
    void whatIsWrittenProtobufReads() throws InvalidProtocolBufferException {
        InferAnswer answer = new InferAnswer(
                "m",
                "v",
                "id",
                new Parameters(Map.of("a", new Parameter.Whole(0), "b", new Parameter.Text(""))),
                List.of(
                        new Tensor("score", Datatype.FP64, List.of(2L), Parameters.NONE, new Column.Reals(new double[] {
                            0, Double.NaN
                        })),
                        new Tensor(
                                "t", Datatype.BYTES, List.of(2L, 1L), Parameters.NONE, new Column.Texts(new String[] {
                                    "", "é"
                                }))));
        ModelInferResponse plain = ModelInferResponse.parseFrom(InferMessages.write(answer, false));
        assertThat(plain.getParametersOrThrow("a").hasInt64Param()).isTrue();
        assertThat(plain.getParametersOrThrow("b").hasStringParam()).isTrue();
        assertThat(plain.getOutputs(0).getContents().getFp64ContentsList()).containsExactly(0.0, Double.NaN);
        assertThat(plain.getOutputs(1).getShapeList()).containsExactly(2L, 1L);
        assertThat(plain.getOutputs(1).getContents().getBytesContents(1).toStringUtf8())
                .isEqualTo("é");
        ModelInferResponse raw = ModelInferResponse.parseFrom(InferMessages.write(answer, true));
        assertThat(raw.getRawOutputContents(0).size()).isEqualTo(16);
        assertThat(raw.getOutputs(0).hasContents()).isFalse();
    }

    @Test
    void bytesThatMeanHarmAreRefusedAndNothingElse() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = trial % 4 == 0
                    ? new byte[random.nextInt(200)]
                    : request(random).build().toByteArray();
            if (trial % 4 == 0) {
                random.nextBytes(bytes);
            }
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(bytes, bytes.length - (bytes.length == 0 ? 0 : random.nextInt(2)));
            try {
                read(cut);
            } catch (ProtocolException refused) {
                assertThat(refused.kind()).isEqualTo(ProtocolException.Kind.INVALID);
            }
        }
    }

    @Test
    void aLengthBeyondTheMessageIsRefusedBeforeAnythingIsMade() {
        for (byte[] lie : List.of(
                new byte[] {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
                new byte[] {0x2A, 0x7F},
                new byte[] {0x0B},
                new byte[] {0x08, (byte) 0x80},
                new byte[] {0x00})) {
            assertThatThrownBy(() -> read(lie)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void everyDatatypeSurvivesItsBinaryForm() {
        Random random = new Random(SEED);
        for (Datatype datatype : Datatype.values()) {
            Column column = switch (datatype) {
                case BOOL -> {
                    BitSet flags = new BitSet();
                    flags.set(1);
                    yield new Column.Flags(flags, 3, null);
                }
                case BYTES -> new Column.Texts(new String[] {"", "é\0", "x".repeat(300)});
                case FP16 -> new Column.Reals(new double[] {1.5, Double.NaN, -65504});
                case FP32 -> new Column.Reals(new double[] {0.1f, Double.NEGATIVE_INFINITY, random.nextFloat()});
                case FP64 -> new Column.Reals(new double[] {0.1, -0.0, random.nextDouble()});
                case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 ->
                    new Column.Wholes(new long[] {datatype.least(), datatype.greatest(), 7}, null);
            };
            Tensor sent = new Tensor("x", datatype, List.of(3L, 1L), Parameters.NONE, column);
            byte[] bytes = RawTensor.write(sent);
            Tensor got = RawTensor.read("x", datatype, List.of(3L, 1L), Parameters.NONE, bytes, 0, bytes.length);
            assertThat(RawTensor.write(got)).as(datatype.name()).isEqualTo(bytes);
            switch (got.column()) {
                case Column.Reals reals -> assertThat(reals.values()).containsExactly(((Column.Reals) column).values());
                case Column.Wholes wholes ->
                    assertThat(wholes.values()).containsExactly(((Column.Wholes) column).values());
                case Column.Texts texts -> assertThat(texts.values()).containsExactly(((Column.Texts) column).values());
                case Column.Flags flags -> assertThat(flags.values()).isEqualTo(((Column.Flags) column).values());
            }
        }
    }

    @Test
    void timeoutsAreReadAsGrpcWritesThem() {
        assertThat(Frame.timeoutNanos(null)).isEqualTo(Long.MAX_VALUE);
        assertThat(Frame.timeoutNanos("2S")).isEqualTo(2_000_000_000L);
        assertThat(Frame.timeoutNanos("99999999H")).isEqualTo(Long.MAX_VALUE);
        assertThat(Frame.timeoutNanos("15n")).isEqualTo(15);
        for (String wrong : List.of("", "S", "1", "-1S", "123456789m", "1s")) {
            assertThatThrownBy(() -> Frame.timeoutNanos(wrong)).isInstanceOf(ProtocolException.class);
        }
        assertThat(Frame.percent("a% é\n")).isEqualTo("a%25 %C3%A9%0A");
    }

    @Test
    void aRequestNamesEachTensorOnce() {
        Tensor tensor =
                new Tensor("x", Datatype.FP64, List.of(1L), Parameters.NONE, new Column.Reals(new double[] {1}));
        assertThatThrownBy(() -> new InferRequest(null, Parameters.NONE, List.of(tensor, tensor), List.of()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new Tensor(
                        "x", Datatype.FP64, List.of(2L), Parameters.NONE, new Column.Reals(new double[] {1})))
                .hasMessageContaining("needs 2 elements");
    }
}
