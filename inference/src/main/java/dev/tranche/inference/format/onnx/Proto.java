package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads the fields of one protobuf message in the order in which they stand (protobuf.dev, *Encoding*).
///
/// ```java
/// Proto proto = Proto.of(bytes);
/// while (proto.next()) {
///     switch (proto.field()) {
///         case 7 -> graph(proto.message());
///         default -> proto.skip();
///     }
/// }
/// ```
///
/// Every length is checked against what is left, nesting is bounded, and nothing is allocated that is not
/// there: a number takes at least one byte of the file. Each field must be taken exactly once. For one
/// thread.
public final class Proto {
    /// How deep messages may be nested: a graph within a graph costs three levels.
    static final int DEEPEST = 48;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteBuffer bytes;
    private final int depth;
    private int field;
    private int wire;

    private Proto(ByteBuffer bytes, int depth) {
        this.bytes = bytes;
        this.depth = depth;
    }

    /// The message of a whole file.
    public static Proto of(byte[] bytes) {
        return new Proto(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
    }

    /// Goes to the next field.
    ///
    /// @return false at the end of the message
    public boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 3 < 1 || tag >>> 3 > 0x1fffffff) {
            throw broken("a field number must be within 1.." + 0x1fffffff + ": " + (tag >>> 3));
        }
        return true;
    }

    /// The number of the field.
    public int field() {
        return field;
    }

    /// The field as a whole number.
    public long whole() {
        expect(VARINT);
        return varint();
    }

    /// The field as a message.
    public Proto message() {
        if (depth == DEEPEST) {
            throw broken("messages may be nested " + DEEPEST + " deep");
        }
        return new Proto(slice(), depth + 1);
    }

    /// This message from its beginning.
    Proto again() {
        return new Proto(bytes.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN), depth);
    }

    /// The field as text.
    public String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException broken) {
            throw ArtifactException.of("model_invalid", "field " + field + " must be UTF-8: " + broken, broken);
        }
    }

    /// The field's bytes, as they stand in the file, little-endian.
    ByteBuffer raw() {
        return slice();
    }

    /// Adds the field's whole numbers, packed or not, to those before.
    Longs wholes(Longs before) {
        if (wire != BYTES) {
            before.add(whole());
            return before;
        }
        Proto packed = new Proto(slice(), depth);
        while (packed.bytes.hasRemaining()) {
            before.add(packed.varint());
        }
        return before;
    }

    /// Adds the field's floats, packed or not, to those before.
    Reals floats(Reals before) {
        if (wire == FIXED32) {
            need(Float.BYTES);
            before.add(bytes.getFloat());
            return before;
        }
        ByteBuffer packed = packed(Float.BYTES);
        before.room(packed.remaining() / Float.BYTES);
        while (packed.hasRemaining()) {
            before.add(packed.getFloat());
        }
        return before;
    }

    /// Adds the field's doubles, packed or not, to those before.
    Reals doubles(Reals before) {
        if (wire == FIXED64) {
            need(Double.BYTES);
            before.add(bytes.getDouble());
            return before;
        }
        ByteBuffer packed = packed(Double.BYTES);
        before.room(packed.remaining() / Double.BYTES);
        while (packed.hasRemaining()) {
            before.add(packed.getDouble());
        }
        return before;
    }

    private ByteBuffer packed(int unit) {
        ByteBuffer packed = slice();
        if (packed.remaining() % unit != 0) {
            throw broken("field " + field + " must hold a multiple of " + unit + " bytes: " + packed.remaining());
        }
        return packed;
    }

    /// Passes over the field.
    public void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case BYTES -> slice();
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw broken("field " + field + " has the wire type " + wire + ", allowed are 0, 1, 2 and 5");
        }
    }

    private void advance(int count) {
        need(count);
        bytes.position(bytes.position() + count);
    }

    private ByteBuffer slice() {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw broken("field " + field + " says it has " + length + " bytes, left are " + bytes.remaining());
        }
        ByteBuffer part = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return part;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            need(1);
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a number has at most 10 bytes");
    }

    private void expect(int wanted) {
        if (wire != wanted) {
            throw broken("field " + field + " has the wire type " + wire + ", expected is " + wanted);
        }
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw broken("the file ends within a value: " + count + " bytes needed, left are " + bytes.remaining());
        }
    }

    private static ArtifactException broken(String why) {
        return ArtifactException.of("model_invalid", "this is no ONNX file, or a broken one: " + why);
    }
}
