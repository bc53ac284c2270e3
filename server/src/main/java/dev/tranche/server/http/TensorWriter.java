package dev.tranche.server.http;

import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.InferAnswer;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.Parameter;
import dev.tranche.server.protocol.RawTensor;
import dev.tranche.server.protocol.Tensor;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes the answer to an inference request as JSON, and binary data behind it for the outputs that were
/// asked for so. A number that is NaN or infinite is `null`.
final class TensorWriter {
    private static final String BINARY_SIZE = "binary_data_size";

    private TensorWriter() {}

    /// A body.
    ///
    /// @param jsonLength how many bytes of it are JSON
    @SuppressWarnings("ArrayRecordComponent") // handed over to the one who sends it
    record Written(byte[] body, int jsonLength) {
        boolean binary() {
            return jsonLength != body.length;
        }
    }

    static Written write(InferAnswer answer, InferRequest request) {
        List<byte[]> parts = new ArrayList<>();
        JsonBytes out = JsonBytes.apart().open('{');
        out.name("model_name").text(answer.modelName());
        out.name("model_version").text(answer.modelVersion());
        if (answer.id() != null) {
            out.name("id").text(answer.id());
        }
        if (!answer.parameters().values().isEmpty()) {
            out.name("parameters").open('{');
            for (Map.Entry<String, Parameter> each :
                    answer.parameters().values().entrySet()) {
                out.name(each.getKey());
                parameter(out, each.getValue());
            }
            out.close('}');
        }
        out.name("outputs").open('[');
        for (Tensor tensor : answer.outputs()) {
            tensor(out, tensor, binary(tensor.name(), request), parts);
        }
        byte[] json = out.close(']').close('}').bytes();
        if (parts.isEmpty()) {
            return new Written(json, json.length);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                json.length + parts.stream().mapToInt(part -> part.length).sum());
        body.writeBytes(json);
        parts.forEach(body::writeBytes);
        return new Written(body.toByteArray(), json.length);
    }

    private static boolean binary(String output, InferRequest request) {
        for (InferRequest.Wanted wanted : request.outputs()) {
            if (wanted.name().equals(output) && wanted.parameters().values().containsKey("binary_data")) {
                return wanted.parameters().flag("binary_data");
            }
        }
        return request.parameters().flag("binary_data_output");
    }

    private static void parameter(JsonBytes out, Parameter value) {
        switch (value) {
            case Parameter.Text text -> out.text(text.value());
            case Parameter.Whole whole -> out.whole(whole.value());
            case Parameter.Real real -> out.number(real.value());
            case Parameter.Flag flag -> out.flag(flag.value());
        }
    }

    private static void tensor(JsonBytes out, Tensor tensor, boolean binary, List<byte[]> parts) {
        out.open('{');
        out.name("name").text(tensor.name());
        out.name("datatype").text(tensor.datatype().name());
        out.name("shape").open('[');
        tensor.shape().forEach(out::whole);
        out.close(']');
        if (binary) {
            byte[] part = RawTensor.write(tensor);
            parts.add(part);
            out.name("parameters")
                    .open('{')
                    .name(BINARY_SIZE)
                    .whole(part.length)
                    .close('}');
        } else {
            out.name("data").open('[');
            data(out, tensor.column());
            out.close(']');
        }
        out.close('}');
    }

    private static void data(JsonBytes out, Column column) {
        switch (column) {
            case Column.Reals reals -> {
                for (double value : reals.values()) {
                    out.number(value);
                }
            }
            case Column.Wholes wholes -> {
                for (long value : wholes.values()) {
                    out.whole(value);
                }
            }
            case Column.Flags flags -> {
                for (int i = 0; i < flags.size(); i++) {
                    out.flag(flags.values().get(i));
                }
            }
            case Column.Texts texts -> {
                for (String value : texts.values()) {
                    out.text(value);
                }
            }
        }
    }
}
