package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/// What a tensor holds, by its number in `TensorProto.DataType`.
public enum ElementType {
    /// 32-bit floats.
    FLOAT(1, Float.BYTES),
    /// 64-bit floats.
    DOUBLE(11, Double.BYTES),
    /// Signed bytes.
    INT8(3, 1),
    /// Unsigned bytes.
    UINT8(2, 1),
    /// 16-bit whole numbers.
    INT16(5, Short.BYTES),
    /// 32-bit whole numbers.
    INT32(6, Integer.BYTES),
    /// 64-bit whole numbers.
    INT64(7, Long.BYTES),
    /// Truth values.
    BOOL(9, 1),
    /// Texts.
    STRING(8, 0),
    /// Any other type: such a tensor may be inside a graph, but is neither given nor asked for.
    OTHER(0, 0);

    private final int number;
    private final int bytes;

    ElementType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    static ElementType of(int number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElse(OTHER);
    }

    /// Whether the values are floating.
    public boolean real() {
        return this == FLOAT || this == DOUBLE;
    }

    double[] reals(ByteBuffer raw) {
        double[] values = new double[count(raw)];
        for (int i = 0; i < values.length; i++) {
            values[i] = this == FLOAT ? raw.getFloat() : raw.getDouble();
        }
        return values;
    }

    long[] wholes(ByteBuffer raw) {
        long[] values = new long[count(raw)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (this) {
                case INT8, BOOL -> raw.get();
                case UINT8 -> raw.get() & 0xff;
                case INT16 -> raw.getShort();
                case INT32 -> raw.getInt();
                case INT64 -> raw.getLong();
                case FLOAT, DOUBLE, STRING, OTHER -> throw new IllegalStateException(this + " holds no whole numbers");
            };
        }
        return values;
    }

    private int count(ByteBuffer raw) {
        if (bytes == 0 || raw.remaining() % bytes != 0) {
            throw ArtifactException.of(
                    "model_invalid", "a tensor of type " + this + " cannot have " + raw.remaining() + " raw bytes");
        }
        return raw.remaining() / bytes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
