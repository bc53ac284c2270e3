package dev.tranche.server.grpc;

import dev.tranche.server.protocol.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Writes the wire form of protocol buffers. Values that a field has by itself (zero, empty, false) are left
/// out, as proto3 does. One thread.
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private byte[] bytes = new byte[256];
    private int size;

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    ProtoWriter flag(int field, boolean value) {
        if (value) {
            tag(field, VARINT);
            varint(1);
        }
        return this;
    }

    ProtoWriter whole(int field, long value) {
        if (value != 0) {
            tag(field, VARINT);
            varint(value);
        }
        return this;
    }

    ProtoWriter text(int field, String value) {
        return value.isEmpty() ? this : element(field, value);
    }

    /// A text of a repeated field or a oneof; there an empty one is written too.
    ProtoWriter element(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter texts(int field, List<String> values) {
        values.forEach(value -> element(field, value));
        return this;
    }

    /// Bytes of a repeated field; an empty one is written too.
    ProtoWriter block(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /// A flag of a oneof, where false is written too.
    ProtoWriter chosen(int field, boolean value) {
        tag(field, VARINT);
        varint(value ? 1 : 0);
        return this;
    }

    /// A whole number of a oneof, where zero is written too.
    ProtoWriter chosen(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /// A fraction of a oneof, where zero is written too.
    ProtoWriter chosen(int field, double value) {
        tag(field, FIXED64);
        word(Double.doubleToRawLongBits(value));
        return this;
    }

    /// A message within this one.
    ProtoWriter message(int field, Consumer<ProtoWriter> content) {
        ProtoWriter inner = new ProtoWriter();
        content.accept(inner);
        tag(field, BYTES);
        varint(inner.size);
        room(inner.size);
        System.arraycopy(inner.bytes, 0, bytes, size, inner.size);
        size += inner.size;
        return this;
    }

    /// A packed list of whole numbers.
    ProtoWriter packed(int field, List<Long> values) {
        return values.isEmpty() ? this : message(field, inner -> values.forEach(inner::varint));
    }

    /// A packed list of fractions of 64 bits.
    ProtoWriter packed(int field, Column.Reals reals) {
        tag(field, BYTES);
        varint(8L * reals.size());
        room(8 * reals.size());
        for (double value : reals.values()) {
            word(Double.doubleToRawLongBits(value));
        }
        return this;
    }

    private void tag(int field, int wire) {
        varint(((long) field << 3) | wire);
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void word(long value) {
        room(8);
        for (int i = 0; i < 8; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
