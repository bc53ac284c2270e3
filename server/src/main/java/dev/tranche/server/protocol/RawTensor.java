package dev.tranche.server.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tensors in binary form, as the binary tensor data extension and the raw contents of gRPC have them:
/// little-endian, row-major, nothing between elements; a boolean is one byte, an element of BYTES follows its
/// length in four.
public final class RawTensor {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RawTensor() {}

    /// Reads a tensor from a part of an array.
    ///
    /// @param from where it begins
    /// @param length how many bytes it has
    /// @throws ProtocolException when the bytes are not exactly what shape and datatype need
    public static Tensor read(
            String name,
            Datatype datatype,
            List<Long> shape,
            Parameters parameters,
            byte[] bytes,
            int from,
            int length) {
        long elements = Tensor.elements(name, shape);
        if (datatype == Datatype.BYTES) {
            return new Tensor(name, datatype, shape, parameters, texts(name, (int) elements, bytes, from, length));
        }
        if (elements * datatype.width() != length) {
            throw ProtocolException.invalid("tensor " + name + ": its shape and datatype need "
                    + elements * datatype.width() + " bytes: " + length);
        }
        int count = (int) elements;
        Column column = switch (datatype.column()) {
            case FLAGS -> flags(name, count, bytes, from);
            case WHOLES -> wholes(datatype, count, bytes, from);
            case REALS -> reals(datatype, count, bytes, from);
            case TEXTS -> throw new IllegalStateException("texts were read before");
        };
        return new Tensor(name, datatype, shape, parameters, column);
    }

    private static Column flags(String name, int count, byte[] bytes, int from) {
        BitSet values = new BitSet(count);
        for (int i = 0; i < count; i++) {
            byte value = bytes[from + i];
            if (value != 0 && value != 1) {
                throw ProtocolException.invalid("tensor " + name + ": a BOOL element must be 0 or 1: " + value);
            }
            values.set(i, value == 1);
        }
        return new Column.Flags(values, count, null);
    }

    private static Column wholes(Datatype datatype, int count, byte[] bytes, int from) {
        long[] values = new long[count];
        int width = datatype.width();
        boolean signed = datatype.least() < 0;
        for (int i = 0; i < count; i++) {
            int at = from + i * width;
            values[i] = switch (width) {
                case 1 -> signed ? bytes[at] : Byte.toUnsignedLong(bytes[at]);
                case 2 -> {
                    short value = (short) SHORT.get(bytes, at);
                    yield signed ? value : Short.toUnsignedLong(value);
                }
                case 4 -> {
                    int value = (int) INT.get(bytes, at);
                    yield signed ? value : Integer.toUnsignedLong(value);
                }
                default -> (long) LONG.get(bytes, at);
            };
        }
        return new Column.Wholes(values, null);
    }

    private static Column reals(Datatype datatype, int count, byte[] bytes, int from) {
        double[] values = new double[count];
        int width = datatype.width();
        for (int i = 0; i < count; i++) {
            int at = from + i * width;
            values[i] = switch (width) {
                case 2 -> Float.float16ToFloat((short) SHORT.get(bytes, at));
                case 4 -> Float.intBitsToFloat((int) INT.get(bytes, at));
                default -> Double.longBitsToDouble((long) LONG.get(bytes, at));
            };
        }
        return new Column.Reals(values);
    }

    private static Column texts(String name, int count, byte[] bytes, int from, int length) {
        if (count * 4L > length) {
            throw ProtocolException.invalid("tensor " + name + ": " + count + " BYTES elements need at least "
                    + count * 4L + " bytes: " + length);
        }
        @Nullable String[] values = new String[count];
        int at = from;
        int end = from + length;
        for (int i = 0; i < count; i++) {
            long size = end - at < 4 ? -1 : Integer.toUnsignedLong((int) INT.get(bytes, at));
            if (size < 0 || size > end - at - 4) {
                throw ProtocolException.invalid("tensor " + name + ": expected " + count
                        + " BYTES elements, each after its length in 4 bytes: the bytes end within element " + i);
            }
            values[i] = text(name, bytes, at + 4, (int) size);
            at += 4 + (int) size;
        }
        if (at != end) {
            throw ProtocolException.invalid(
                    "tensor " + name + ": " + (end - at) + " bytes are left after its " + count + " elements");
        }
        return new Column.Texts(values);
    }

    /// Reads UTF-8 strictly.
    ///
    /// @throws ProtocolException when the bytes are not UTF-8
    public static String text(String name, byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return decoded(name, bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(String name, byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProtocolException.invalid(name + ": texts must be UTF-8");
        }
    }

    /// Writes a tensor's elements.
    public static byte[] write(Tensor tensor) {
        return switch (tensor.column()) {
            case Column.Flags flags -> {
                byte[] bytes = new byte[flags.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (flags.values().get(i) ? 1 : 0);
                }
                yield bytes;
            }
            case Column.Wholes wholes -> write(tensor.datatype(), wholes);
            case Column.Reals reals -> write(tensor.datatype(), reals);
            case Column.Texts texts -> write(texts);
        };
    }

    private static byte[] write(Datatype datatype, Column.Wholes wholes) {
        int width = datatype.width();
        byte[] bytes = new byte[wholes.size() * width];
        for (int i = 0; i < wholes.size(); i++) {
            long value = wholes.values()[i];
            switch (width) {
                case 1 -> bytes[i] = (byte) value;
                case 2 -> SHORT.set(bytes, i * 2, (short) value);
                case 4 -> INT.set(bytes, i * 4, (int) value);
                default -> LONG.set(bytes, i * 8, value);
            }
        }
        return bytes;
    }

    private static byte[] write(Datatype datatype, Column.Reals reals) {
        int width = datatype.width();
        byte[] bytes = new byte[reals.size() * width];
        for (int i = 0; i < reals.size(); i++) {
            double value = reals.values()[i];
            switch (width) {
                case 2 -> SHORT.set(bytes, i * 2, Float.floatToFloat16((float) value));
                case 4 -> INT.set(bytes, i * 4, Float.floatToRawIntBits((float) value));
                default -> LONG.set(bytes, i * 8, Double.doubleToRawLongBits(value));
            }
        }
        return bytes;
    }

    private static byte[] write(Column.Texts texts) {
        byte[][] parts = new byte[texts.size()][];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            String value = texts.values()[i];
            parts[i] = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            size += 4 + parts[i].length;
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            INT.set(bytes, at, part.length);
            System.arraycopy(part, 0, bytes, at + 4, part.length);
            at += 4 + part.length;
        }
        return bytes;
    }
}
