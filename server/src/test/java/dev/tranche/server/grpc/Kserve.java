package dev.tranche.server.grpc;

import com.google.protobuf.ByteString;
import dev.tranche.server.protocol.Asked;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// KServe's own stubs, as camel-kserve carries them, over grpc-java.
final class Kserve {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private Kserve() {}

    static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    static GRPCInferenceServiceBlockingStub stub(ManagedChannel channel) {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    static GRPCInferenceServiceBlockingStub stub(ManagedChannel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return stub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /// A request with one tensor for each feature.
    static ModelInferRequest.Builder request(List<JsonNode> rows) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(Asked.PRODUCT);
        for (Map.Entry<String, JsonNode> feature : rows.getFirst().properties()) {
            boolean number = Asked.number(feature.getKey());
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            for (JsonNode row : rows) {
                JsonNode value = row.path(feature.getKey());
                if (number) {
                    contents.addFp64Contents(value.isNumber() ? value.asDouble() : Double.NaN);
                } else {
                    contents.addBytesContents(ByteString.copyFromUtf8(value.asString("")));
                }
            }
            request.addInputs(InferInputTensor.newBuilder()
                    .setName(feature.getKey())
                    .setDatatype(number ? "FP64" : "BYTES")
                    .addShape(rows.size())
                    .setContents(contents));
        }
        return request;
    }

    static ModelInferRequest.Builder request(int rows) {
        return request(Asked.applicants(rows));
    }

    static InferInputTensor.Builder input(ModelInferRequest.Builder request, String name) {
        return request.getInputsBuilderList().stream()
                .filter(input -> input.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static ModelInferResponse.InferOutputTensor output(ModelInferResponse response, String name) {
        return response.getOutputsList().stream()
                .filter(output -> output.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static String text(ModelInferResponse response, String name, int row) {
        return output(response, name).getContents().getBytesContents(row).toStringUtf8();
    }
}
