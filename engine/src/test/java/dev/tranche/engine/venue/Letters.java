package dev.tranche.engine.venue;

import java.util.Arrays;

/// Letters in the order in which they came; grows and never shrinks.
final class Letters {
    Letter[] letters = new Letter[0];
    int size;

    Letter next() {
        if (size == letters.length) {
            letters = Arrays.copyOf(letters, Math.max(256, 2 * size));
            Arrays.setAll(letters, i -> i < size ? letters[i] : new Letter());
        }
        return letters[size++];
    }

    void clear() {
        size = 0;
    }
}
