package dev.tranche.server.grpc;

import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.RawTensor;

/// Reads the wire form of protocol buffers field by field from a part of an array. Nothing is allocated for
/// lengths that the bytes do not have, and a field nobody asks for is skipped.
///
/// ```java
/// ProtoReader in = ProtoReader.over(bytes, 0, bytes.length);
/// while (in.next()) {
///     switch (in.field()) {
///         case 1 -> name = in.text();
///         default -> in.skip();
///     }
/// }
/// ```
///
/// Source: the encoding as protobuf.dev describes it. One thread.
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int wire;

    private ProtoReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /// A reader of a message.
    static ProtoReader over(byte[] bytes, int from, int length) {
        return new ProtoReader(bytes, from, from + length);
    }

    /// Goes to the next field.
    ///
    /// @return false at the end of the message
    boolean next() {
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("a field's number must be within 1..536870911");
        }
        return true;
    }

    /// The number of the field.
    int field() {
        return field;
    }

    /// The value as a whole number of 64 bits.
    long whole() {
        require(VARINT);
        return varint();
    }

    boolean flag() {
        return whole() != 0;
    }

    double real64() {
        require(FIXED64);
        return Double.longBitsToDouble(fixed(8));
    }

    /// The value as a message of its own.
    ProtoReader message() {
        int length = length();
        ProtoReader inner = new ProtoReader(bytes, at, at + length);
        at += length;
        return inner;
    }

    /// The value as a text.
    String text() {
        int length = length();
        String text = RawTensor.text("field " + field, bytes, at, length);
        at += length;
        return text;
    }

    /// The array that this reader reads from.
    byte[] array() {
        return bytes;
    }

    /// Where the reader stands in its array.
    int position() {
        return at;
    }

    /// How many bytes are left of this message.
    int left() {
        return end - at;
    }

    /// Takes numbers of a repeated field, packed or one by one, as varints.
    void wholes(Growing into) {
        if (wire == VARINT) {
            into.add(varint());
            return;
        }
        ProtoReader packed = message();
        while (packed.left() > 0) {
            into.add(packed.varint());
        }
    }

    /// Takes numbers of a repeated field, packed or one by one, as fixed words.
    ///
    /// @param width 4 or 8 bytes
    void fixed(Growing into, int width) {
        if (wire == (width == 4 ? FIXED32 : FIXED64)) {
            into.add(fixed(width));
            return;
        }
        ProtoReader packed = message();
        if (packed.left() % width != 0) {
            throw malformed("field " + field + " holds " + packed.left() + " bytes, not a multiple of " + width);
        }
        into.room(packed.left() / width);
        while (packed.left() > 0) {
            into.add(packed.fixed(width));
        }
    }

    /// Passes over the value.
    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> fixed(8);
            case BYTES -> at += length();
            case FIXED32 -> fixed(4);
            default -> throw malformed("field " + field + " has the wire type " + wire);
        }
    }

    private int length() {
        require(BYTES);
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed("field " + field + " is longer than its message");
        }
        return (int) length;
    }

    private void require(int expected) {
        if (wire != expected) {
            throw malformed("field " + field + " has the wire type " + wire + ", not " + expected);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == end) {
                throw malformed("it ends within a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number has more than ten bytes");
    }

    private long fixed(int width) {
        if (end - at < width) {
            throw malformed("it ends within a number");
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    private static ProtocolException malformed(String why) {
        return ProtocolException.invalid("the message is not a protocol buffer: " + why);
    }
}
