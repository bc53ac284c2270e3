package dev.tranche.bench.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The batches of a table in the form a contender takes them, each made once: what is measured is scoring.
final class Slices<T> {
    private record Place(int first, int rows) {}

    private final float[] table;
    private final Function<float[], T> form;
    private final Map<Place, T> made = new HashMap<>();

    Slices(float[] table, Function<float[], T> form) {
        this.table = table;
        this.form = form;
    }

    T of(int first, int rows) {
        Place place = new Place(first, rows);
        T known = made.get(place);
        if (known != null) {
            return known;
        }
        int width = CreditTable.FEATURES;
        T slice = form.apply(Arrays.copyOfRange(table, first * width, (first + rows) * width));
        made.put(place, slice);
        return slice;
    }

    Iterable<T> all() {
        return made.values();
    }

    static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
