package dev.tranche.inference.format.onnx;

import java.util.Arrays;

/// A list of whole numbers that grows. For one thread.
final class Longs {
    private long[] values = new long[4];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
