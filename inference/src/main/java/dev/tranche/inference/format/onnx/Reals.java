package dev.tranche.inference.format.onnx;

import java.util.Arrays;

/// A list of floating numbers that grows; floats are widened, which loses nothing. For one thread.
final class Reals {
    private double[] values = new double[4];
    private int size;

    void add(double value) {
        room(1);
        values[size++] = value;
    }

    /// Makes room for so many more.
    void room(int more) {
        if (size + more > values.length) {
            values = Arrays.copyOf(values, Math.max(size + more, size * 2));
        }
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
