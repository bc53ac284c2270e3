package dev.tranche.server.grpc;

import java.util.Arrays;

/// Whole numbers that are still being read.
final class Growing {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
        room(1);
        values[size++] = value;
    }

    /// Makes room for so many more at once.
    void room(int more) {
        if (values.length - size < more) {
            values = Arrays.copyOf(values, Math.max(values.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    long get(int at) {
        return values[at];
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
