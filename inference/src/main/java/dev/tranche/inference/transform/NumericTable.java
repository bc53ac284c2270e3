package dev.tranche.inference.transform;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.List;

/// A value per numeric bin, per special value and for missing, each written out: the table a scorecard prints
/// is the table that is served. (optbinning's transform gives missing and special values 0 although its table
/// holds another number.) Immutable.
public final class NumericTable {
    private final String column;
    private final Edges edges;
    private final double[] values;
    private final double[] specials;
    private final double[] specialValues;
    private final Otherwise missing;

    private NumericTable(
            String column, Edges edges, double[] values, double[] specials, double[] specialValues, Otherwise missing) {
        this.column = column;
        this.edges = edges;
        this.values = values;
        this.specials = specials;
        this.specialValues = specialValues;
        this.missing = missing;
    }

    /// Reads `edges`, `closed`, the bins' values under `key` (`woe` or `points`), `special` (an array, `[]`
    /// when there are none) and `missing`.
    public static NumericTable read(String column, JsonKeys keys, String key) {
        Edges edges = Edges.read(keys);
        double[] values = keys.numbers(key);
        if (values.length != edges.bins()) {
            throw keys.wrong(key, "must have one value a bin, " + edges.bins() + ": " + values.length);
        }
        List<Double> specials = new ArrayList<>();
        List<Double> specialValues = new ArrayList<>();
        for (Json item : keys.items("special")) {
            JsonKeys special = item.asStruct(keys.where() + ": special").keys(keys.where() + ": special");
            double value = special.number(key);
            for (double one : special.numbers("values")) {
                if (specials.contains(one)) {
                    throw keys.wrong("special", "must name a value once: " + one);
                }
                specials.add(one);
                specialValues.add(value);
            }
            special.done();
        }
        return new NumericTable(
                column, edges, values, array(specials), array(specialValues), Otherwise.read(keys, "missing"));
    }

    /// The value for a number; NaN is missing.
    ///
    /// @throws dev.tranche.inference.RowRefusedException when missing is declared to be refused
    public double of(double number) {
        if (Double.isNaN(number)) {
            return missing.of(column, "is missing");
        }
        for (int i = 0; i < specials.length; i++) {
            if (number == specials[i]) {
                return specialValues[i];
            }
        }
        return values[edges.bin(number)];
    }

    /// Whether every answer is a number or a refusal, never missing.
    public boolean complete() {
        return missing.complete();
    }

    /// A table of the same shape with other values.
    public NumericTable map(java.util.function.DoubleUnaryOperator function) {
        return new NumericTable(
                column,
                edges,
                mapped(values, function),
                specials,
                mapped(specialValues, function),
                new Otherwise(function.applyAsDouble(missing.value()), missing.refused()));
    }

    /// The largest value in the table.
    public double largest() {
        double largest = missing.refused() ? Double.NEGATIVE_INFINITY : missing.value();
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        for (double value : specialValues) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    static double[] mapped(double[] values, java.util.function.DoubleUnaryOperator function) {
        return java.util.Arrays.stream(values).map(function).toArray();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
