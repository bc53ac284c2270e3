package dev.tranche.inference.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tranche.inference.format.onnx.OnnxAnswer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// Reads the numbers of an output: of a tensor, or of the maps that ZipMap makes of a row.
final class Columns {
    private Columns() {}

    /// The output's numbers row by row, each row as wide as the next.
    ///
    /// @throws IllegalStateException when the output has another form than numbers of these rows
    static double[] read(OrtSession.Result result, OnnxAnswer answer, int rows) throws OrtException {
        OnnxValue value = result.get(answer.output().name())
                .orElseThrow(() -> new IllegalStateException("no value for " + answer.output()));
        double[] numbers = switch (value) {
            case OnnxTensor tensor -> numbers(tensor);
            case OnnxSequence maps -> maps(maps, answer.labels());
            default -> throw new IllegalStateException("the output " + answer.output() + " has no numbers");
        };
        if (numbers.length == 0 || numbers.length % rows != 0) {
            throw new IllegalStateException(
                    "the output " + answer.output() + " has " + numbers.length + " numbers for " + rows + " rows");
        }
        return numbers;
    }

    static double[] numbers(OnnxTensor tensor) {
        ByteBuffer bytes = tensor.getByteBuffer();
        int unit = switch (tensor.getInfo().type) {
            case INT8, UINT8, BOOL -> 1;
            case INT16 -> Short.BYTES;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case FLOAT16, BFLOAT16, STRING, UNKNOWN ->
                throw new IllegalStateException("an output of type " + tensor.getInfo().type + " is no number");
        };
        double[] numbers = new double[bytes.remaining() / unit];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (tensor.getInfo().type) {
                case INT8, BOOL -> bytes.get();
                case UINT8 -> bytes.get() & 0xff;
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                case FLOAT -> bytes.getFloat();
                case INT64 -> bytes.getLong();
                case DOUBLE -> bytes.getDouble();
                case FLOAT16, BFLOAT16, STRING, UNKNOWN ->
                    throw new IllegalStateException("an output of type " + tensor.getInfo().type);
            };
        }
        return numbers;
    }

    private static double[] maps(OnnxSequence sequence, List<String> labels) throws OrtException {
        List<? extends OnnxValue> rows = sequence.getValue();
        try {
            double[] numbers = new double[rows.size() * labels.size()];
            for (int row = 0; row < rows.size(); row++) {
                Map<?, ?> map = ((OnnxMap) rows.get(row)).getValue();
                for (int i = 0; i < labels.size(); i++) {
                    numbers[row * labels.size() + i] = number(map, labels.get(i));
                }
            }
            return numbers;
        } finally {
            rows.forEach(OnnxValue::close);
        }
    }

    private static double number(Map<?, ?> map, String label) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (String.valueOf(entry.getKey()).equals(label) && entry.getValue() instanceof Number number) {
                return number.doubleValue();
            }
        }
        throw new IllegalStateException("a map has no class " + label + ": " + map.keySet());
    }
}
