package dev.tranche.inference.transform;

import dev.tranche.inference.NameIndex;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value per category, for missing and for a category never seen in training, each written out. Immutable.
public final class CategoryTable {
    private final String column;
    private final List<String> names;
    private final NameIndex index;
    private final double[] values;
    private final Otherwise missing;
    private final Otherwise unseen;

    private CategoryTable(String column, List<String> names, double[] values, Otherwise missing, Otherwise unseen) {
        this.column = column;
        this.names = names;
        this.index = NameIndex.of(names);
        this.values = values;
        this.missing = missing;
        this.unseen = unseen;
    }

    /// Reads `categories` (an array of `{values, KEY}`), `missing` and `unseen`.
    ///
    /// @param key what a bin's value is called: `woe` or `points`
    public static CategoryTable read(String column, JsonKeys keys, String key) {
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Json item : keys.items("categories")) {
            JsonKeys bin = item.asStruct(keys.where() + ": categories").keys(keys.where() + ": categories");
            double value = bin.number(key);
            for (String name : bin.texts("values")) {
                if (names.contains(name)) {
                    throw keys.wrong("categories", "must name a category once: \"" + name + "\"");
                }
                names.add(name);
                values.add(value);
            }
            bin.done();
        }
        return of(column, names, values, Otherwise.read(keys, "missing"), Otherwise.read(keys, "unseen"));
    }

    static CategoryTable of(
            String column, List<String> names, List<Double> values, Otherwise missing, Otherwise unseen) {
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        return new CategoryTable(column, List.copyOf(names), array, missing, unseen);
    }

    /// The categories it knows.
    public List<String> names() {
        return names;
    }

    /// The value for a category; null is missing.
    ///
    /// @throws dev.tranche.inference.RowRefusedException when missing or unseen is declared to be refused
    public double of(@Nullable String category) {
        if (category == null) {
            return missing.of(column, "is missing");
        }
        int place = index.find(category);
        return place >= 0 ? values[place] : unseen.of(column, "was never seen in training: \"" + category + "\"");
    }

    /// The value for a category outside the list that the vector was coded by.
    ///
    /// @throws dev.tranche.inference.RowRefusedException when unseen is declared to be refused
    public double unseen() {
        return unseen.of(column, "has a category that was never seen in training");
    }

    /// Whether every answer is a number or a refusal, never missing.
    public boolean complete() {
        return missing.complete() && unseen.complete();
    }

    /// A table of the same categories with other values.
    public CategoryTable map(java.util.function.DoubleUnaryOperator function) {
        return new CategoryTable(
                column,
                names,
                NumericTable.mapped(values, function),
                new Otherwise(function.applyAsDouble(missing.value()), missing.refused()),
                new Otherwise(function.applyAsDouble(unseen.value()), unseen.refused()));
    }

    /// The largest value in the table.
    public double largest() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        largest = missing.refused() ? largest : Math.max(largest, missing.value());
        return unseen.refused() ? largest : Math.max(largest, unseen.value());
    }
}
