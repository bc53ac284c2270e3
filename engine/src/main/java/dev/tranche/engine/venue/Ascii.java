package dev.tranche.engine.venue;

import java.util.Arrays;

/// Text of one byte a character, put together again and again in the same bytes. One thread at a time.
final class Ascii implements CharSequence {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    byte[] bytes = new byte[1024];
    int size;

    Ascii clear() {
        size = 0;
        return this;
    }

    Ascii add(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        return this;
    }

    /// Characters up to 127 only.
    Ascii add(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 127) {
                throw new IllegalArgumentException("a venue is written to in ASCII: character " + (int) c);
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    Ascii add(Ascii other) {
        room(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
        return this;
    }

    /// A whole number of at least 0.
    Ascii add(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a number must be at least 0: " + value);
        }
        int digits = 1;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        room(digits);
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /// `steps` of `10^-decimals`, without zeros at its end.
    Ascii decimal(long steps, int decimals) {
        add(steps / POWERS[decimals]);
        long fraction = steps % POWERS[decimals];
        if (fraction == 0) {
            return this;
        }
        int digits = decimals;
        while (fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        room(digits + 1);
        bytes[size++] = '.';
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        size += digits;
        return this;
    }

    /// `count` bytes as twice as many lower-case hexadecimal digits.
    Ascii hex(byte[] raw, int count) {
        room(2 * count);
        for (int i = 0; i < count; i++) {
            bytes[size++] = digit(raw[i] >> 4);
            bytes[size++] = digit(raw[i]);
        }
        return this;
    }

    private static byte digit(int value) {
        int low = value & 15;
        return (byte) (low < 10 ? '0' + low : 'a' + low - 10);
    }

    /// Takes the bytes of another over.
    void set(byte[] text, int length) {
        size = 0;
        room(length);
        System.arraycopy(text, 0, bytes, 0, length);
        size = length;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    @Override
    public int length() {
        return size;
    }

    @Override
    public char charAt(int index) {
        return (char) bytes[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, java.nio.charset.StandardCharsets.US_ASCII);
    }
}
