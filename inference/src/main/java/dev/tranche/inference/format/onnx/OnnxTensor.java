package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The values of a tensor in a file (`TensorProto`). One of the three kinds of values is there, the others
/// are empty.
///
/// @param name its name; may be empty
/// @param type its element type
/// @param dims its shape; empty for a scalar
/// @param wholes the values of the integer types and of booleans
/// @param reals the values of the floating types, widened
/// @param texts the values of strings
@SuppressWarnings("ArrayRecordComponent") // read once, then dropped
public record OnnxTensor(
        String name, ElementType type, List<Long> dims, long[] wholes, double[] reals, List<String> texts) {
    public OnnxTensor {
        dims = List.copyOf(dims);
        texts = List.copyOf(texts);
    }

    /// The tensor of a file that holds one.
    ///
    /// @throws ArtifactException when the bytes are broken, the type is not read, or values and shape differ
    public static OnnxTensor read(byte[] bytes) {
        return read(Proto.of(bytes));
    }

    static OnnxTensor read(Proto proto) {
        Longs dims = new Longs();
        int type = 0;
        String name = "";
        Longs wholes = new Longs();
        Reals reals = new Reals();
        List<String> texts = new ArrayList<>();
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> proto.wholes(dims);
                case 2 -> type = (int) proto.whole();
                case 4 -> proto.floats(reals);
                case 5, 7, 11 -> proto.wholes(wholes);
                case 6 -> texts.add(proto.text());
                case 8 -> name = proto.text();
                case 9 -> raw = proto.raw();
                case 10 -> proto.doubles(reals);
                case 13 -> throw external(name);
                case 14 -> {
                    if (proto.whole() != 0) {
                        throw external(name);
                    }
                }
                default -> proto.skip();
            }
        }
        ElementType element = ElementType.of(type);
        long[] ints = wholes.toArray();
        double[] doubles = reals.toArray();
        if (raw.hasRemaining()) {
            if (element.real()) {
                doubles = element.reals(raw);
            } else {
                ints = element.wholes(raw);
            }
        }
        List<Long> shape = LongStream.of(dims.toArray()).boxed().toList();
        long found = element == ElementType.STRING ? texts.size() : element.real() ? doubles.length : ints.length;
        if (shape.stream().anyMatch(dim -> dim < 0) || size(shape) != found) {
            throw ArtifactException.of(
                    "model_invalid", "tensor \"" + name + "\" of shape " + shape + " has " + found + " values");
        }
        return new OnnxTensor(name, element, shape, ints, doubles, texts);
    }

    private static double size(List<Long> shape) {
        return shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    }

    /// The name of a tensor whose values are of no interest, once it is seen that the file holds them itself.
    static String scan(Proto proto) {
        String name = "";
        boolean elsewhere = false;
        while (proto.next()) {
            switch (proto.field()) {
                case 8 -> name = proto.text();
                case 13 -> {
                    proto.skip();
                    elsewhere = true;
                }
                case 14 -> elsewhere |= proto.whole() != 0;
                default -> proto.skip();
            }
        }
        if (elsewhere) {
            throw external(name);
        }
        return name;
    }

    private static ArtifactException external(String name) {
        return ArtifactException.of(
                "model_external_data",
                "tensor \"" + name + "\" keeps its values in another file, which is never opened; save the model as one"
                        + " file");
    }
}
