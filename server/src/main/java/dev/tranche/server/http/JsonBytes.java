package dev.tranche.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes JSON of a known shape straight to bytes, for the answers of the hot doors. Commas are set by the
/// writer: one before each member or item but the first.
///
/// One per thread, reused; [#bytes()] hands out a copy. Measured by the `serve` case of `bench`.
final class JsonBytes {
    private static final ThreadLocal<JsonBytes> OWN = ThreadLocal.withInitial(JsonBytes::new);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final double MILLION = 1e6;

    private byte[] bytes = new byte[2048];
    private int size;
    private boolean first = true;

    /// This thread's writer, emptied.
    static JsonBytes fresh() {
        JsonBytes own = OWN.get();
        own.size = 0;
        own.first = true;
        return own;
    }

    /// A writer of its own, for answers that may be large.
    static JsonBytes apart() {
        return new JsonBytes();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    JsonBytes open(char bracket) {
        comma();
        put(bracket);
        first = true;
        return this;
    }

    JsonBytes close(char bracket) {
        put(bracket);
        first = false;
        return this;
    }

    /// A member's name; it must not need escapes.
    JsonBytes name(String name) {
        comma();
        room(name.length() + 3);
        bytes[size++] = '"';
        ascii(name);
        bytes[size++] = '"';
        bytes[size++] = ':';
        first = true;
        return this;
    }

    JsonBytes text(@Nullable String value) {
        if (value == null) {
            return literal("null");
        }
        comma();
        room(value.length() * 6 + 2);
        bytes[size++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20) {
                ascii("\\u00");
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 15];
            } else if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else {
                i += utf8(value, i);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    /// Writes a character beyond ASCII; returns how many more characters it took.
    private int utf8(String value, int at) {
        int more = Character.isHighSurrogate(value.charAt(at)) && at + 1 < value.length() ? 1 : 0;
        byte[] utf8 = value.substring(at, at + 1 + more).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return more;
    }

    JsonBytes texts(List<String> values) {
        open('[');
        for (String value : values) {
            text(value);
        }
        return close(']');
    }

    /// A number in full precision.
    JsonBytes number(double value) {
        return literal(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    /// A whole number.
    JsonBytes whole(long value) {
        return literal(Long.toString(value));
    }

    /// A boolean.
    JsonBytes flag(boolean value) {
        return literal(Boolean.toString(value));
    }

    /// A number with a fixed count of decimals, 0..6, rounded half up on its decimal expansion.
    JsonBytes decimals(double value, int count) {
        if (!(Math.abs(value) < 1e9)) {
            return number(value);
        }
        comma();
        room(24);
        if (value < 0) {
            bytes[size++] = '-';
        }
        int drop = 6 - count;
        long unit = 1;
        for (int i = 0; i < drop; i++) {
            unit *= 10;
        }
        long scaled = Math.round(Math.abs(value) * MILLION / unit);
        long whole = 1;
        for (int i = 0; i < count; i++) {
            whole *= 10;
        }
        ascii(Long.toString(scaled / whole));
        if (count > 0) {
            bytes[size++] = '.';
            long rest = scaled % whole;
            for (long digit = whole / 10; digit > 0; digit /= 10) {
                bytes[size++] = (byte) ('0' + rest / digit % 10);
            }
        }
        return this;
    }

    private JsonBytes literal(String word) {
        comma();
        room(word.length());
        ascii(word);
        return this;
    }

    private void comma() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    @SuppressWarnings("deprecation") // the one copy of ASCII characters that makes no array
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
