package dev.tranche.inference.format;

import java.util.Arrays;

/// Collects an array of numbers while it is read: whole until the first float, floats from then on.
final class NumberList {
    private long[] whole = new long[16];
    private float[] reals = {};
    private int size;
    private boolean real;

    void whole(long value) {
        if (real) {
            real((float) value);
            return;
        }
        if (size == whole.length) {
            whole = Arrays.copyOf(whole, 2 * size);
        }
        whole[size++] = value;
    }

    void real(float value) {
        if (!real) {
            real = true;
            reals = new float[whole.length];
            for (int i = 0; i < size; i++) {
                reals[i] = whole[i];
            }
            whole = new long[0];
        }
        if (size == reals.length) {
            reals = Arrays.copyOf(reals, 2 * size);
        }
        reals[size++] = value;
    }

    Document.Numbers toNumbers() {
        return real
                ? Document.Numbers.ofReals(Arrays.copyOf(reals, size))
                : Document.Numbers.ofWhole(Arrays.copyOf(whole, size));
    }
}
