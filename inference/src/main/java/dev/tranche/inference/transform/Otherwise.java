package dev.tranche.inference.transform;

import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;

/// What a table answers for a value that is not in it: a declared number, missing (`null` in the spec), or a
/// refusal of the row (`"refuse"`). The spec always says which; a silent zero is the classic scoring error.
///
/// @param value the number; NaN is missing
/// @param refused whether the row is refused instead
record Otherwise(double value, boolean refused) {
    static final Otherwise MISSING = new Otherwise(Double.NaN, false);

    /// Reads the key, which must be there.
    static Otherwise read(JsonKeys keys, String key) {
        return switch (keys.need(key)) {
            case Json.Num _ -> new Otherwise(keys.number(key), false);
            case Json.Null _ -> MISSING;
            case Json.Text(String word) when word.equals("refuse") -> new Otherwise(Double.NaN, true);
            case Json.Text _, Json.Flag _, Json.Items _, Json.Struct _ ->
                throw keys.wrong(key, "must be a number, null (missing) or \"refuse\"");
        };
    }

    /// Whether this is a number or a refusal, not missing.
    boolean complete() {
        return refused || !Double.isNaN(value);
    }

    /// The number, or the refusal of a column's value.
    double of(String column, String what) {
        if (refused) {
            throw RowRefusedException.of(column, what);
        }
        return value;
    }
}
