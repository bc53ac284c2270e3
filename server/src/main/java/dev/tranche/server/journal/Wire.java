package dev.tranche.server.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A growing little-endian buffer with the few forms that journal records are made of: fixed numbers,
/// variable-length counts, texts in UTF-8 with their length in front, and optional texts with a length one
/// higher (0 = absent).
///
/// One writer; the bytes handed out by [#written()] are valid until the next [#reset()].
final class Wire {
    private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    Wire reset() {
        bytes.clear();
        return this;
    }

    ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, bytes.position() + more))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
    }

    Wire oneByte(int value) {
        room(1);
        bytes.put((byte) value);
        return this;
    }

    Wire int64(long value) {
        room(8);
        bytes.putLong(value);
        return this;
    }

    Wire float64(double value) {
        room(8);
        bytes.putDouble(value);
        return this;
    }

    Wire count(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
        return this;
    }

    Wire text(String value) {
        return chars(value, 0);
    }

    Wire optional(@Nullable String value) {
        return value == null ? oneByte(0) : chars(value, 1);
    }

    private Wire chars(String value, int shift) {
        int length = value.length();
        if (length < 100) {
            room(length + 1);
            int start = bytes.position() + 1;
            int i = 0;
            for (; i < length && value.charAt(i) < 0x80; i++) {
                bytes.put(start + i, (byte) value.charAt(i));
            }
            if (i == length) {
                bytes.put((byte) (length + shift)).position(start + length);
                return this;
            }
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        count(utf8.length + (long) shift);
        room(utf8.length);
        bytes.put(utf8);
        return this;
    }

    Wire texts(List<String> values) {
        count(values.size());
        for (String value : values) {
            text(value);
        }
        return this;
    }

    Wire float64s(double[] values) {
        count(values.length);
        for (double value : values) {
            float64(value);
        }
        return this;
    }

    Wire stamp(VersionStamp stamp) {
        text(stamp.name());
        room(32);
        String digest = stamp.digest();
        for (int i = 0; i < 64; i += 2) {
            bytes.put((byte)
                    (HexFormat.fromHexDigit(digest.charAt(i)) << 4 | HexFormat.fromHexDigit(digest.charAt(i + 1))));
        }
        return this;
    }

    static long count(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new JournalException("record holds a count of more than 64 bits");
    }

    /// A number of items that can really follow.
    ///
    /// @param each the fewest bytes of one item
    static int size(ByteBuffer in, int each) {
        long items = count(in);
        if (items < 0 || items > in.remaining() / each) {
            throw new JournalException("record holds " + Long.toUnsignedString(items) + " items of at least " + each
                    + " bytes but only " + in.remaining() + " bytes remain");
        }
        return (int) items;
    }

    static String text(ByteBuffer in) {
        return chars(in, count(in));
    }

    static @Nullable String optional(ByteBuffer in) {
        long length = count(in);
        return length == 0 ? null : chars(in, length - 1);
    }

    private static String chars(ByteBuffer in, long length) {
        if (length < 0 || length > in.remaining()) {
            throw new JournalException(
                    "record holds a text of " + length + " bytes but only " + in.remaining() + " remain");
        }
        byte[] utf8 = new byte[(int) length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static List<String> texts(ByteBuffer in) {
        int size = size(in, 1);
        if (size == 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(text(in));
        }
        return List.copyOf(values);
    }

    static double[] float64s(ByteBuffer in) {
        double[] values = new double[size(in, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getDouble();
        }
        return values;
    }

    static VersionStamp stamp(ByteBuffer in) {
        String name = text(in);
        byte[] digest = new byte[32];
        in.get(digest);
        return new VersionStamp(name, HexFormat.of().formatHex(digest));
    }
}
