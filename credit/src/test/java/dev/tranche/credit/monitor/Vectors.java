package dev.tranche.credit.monitor;

import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/// The vectors that `src/test/python/monitor_vectors.py` made with scikit-learn 1.2.1, scipy 1.10.1 and numpy
/// 1.24.2.
final class Vectors {

    private Vectors() {}

    static List<Json.Struct> of(String key) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("vectors.json"))) {
            Json.Struct all = Json.parse(in.readAllBytes()).asStruct("vectors");
            return all.keys("vectors").items(key).stream()
                    .map(item -> item.asStruct("case"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static double number(Json.Struct vector, String key) {
        return vector.keys("case").number(key);
    }

    /// Numbers, null as NaN.
    static double[] numbers(Json.Struct vector, String key) {
        return vector.keys("case").items(key).stream()
                .mapToDouble(item -> item instanceof Json.Num number ? number.doubleValue() : Double.NaN)
                .toArray();
    }

    static boolean[] flags(Json.Struct vector, String key) {
        List<Json> items = vector.keys("case").items(key);
        boolean[] flags = new boolean[items.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = items.get(i).equals(new Json.Flag(true));
        }
        return flags;
    }
}
