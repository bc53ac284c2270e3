package dev.tranche.inference.pmml;

import dev.tranche.inference.RowRefusedException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One active field and what becomes of a value that is missing, invalid or extreme (DMG PMML 4.4, Mining
/// Schema).
///
/// @param name as in the request
/// @param type what it holds
/// @param codes by the vector's code of a text, the code of the file
/// @param categories the texts by the vector's code
/// @param missing values that count as missing
/// @param valid what is valid
/// @param whenInvalid what becomes of another value
/// @param whenExtreme what becomes of a number beyond the bounds
/// @param whenMissing what takes the place of a missing value
@SuppressWarnings("ArrayRecordComponent") // never leaves this package
record Input(
        String name,
        Type type,
        int[] codes,
        List<String> categories,
        Set<Double> missing,
        Valid valid,
        WhenInvalid whenInvalid,
        WhenExtreme whenExtreme,
        WhenMissing whenMissing) {
    /// An interval of numbers.
    record Interval(double low, boolean lowInside, double high, boolean highInside) {
        boolean contains(double value) {
            return (lowInside ? value >= low : value > low) && (highInside ? value <= high : value < high);
        }
    }

    /// The values that are valid: all when nothing is listed.
    record Valid(Set<Double> listed, List<Interval> intervals, Set<Double> excluded) {
        boolean contains(double value) {
            if (excluded.contains(value + 0.0)) {
                return false;
            }
            boolean any = listed.isEmpty() && intervals.isEmpty();
            return any
                    || listed.contains(value + 0.0)
                    || intervals.stream().anyMatch(interval -> interval.contains(value));
        }
    }

    /// What becomes of an invalid value.
    sealed interface WhenInvalid {
        /// The row is refused.
        record Refuse() implements WhenInvalid {}

        /// It goes on as it is.
        record Keep() implements WhenInvalid {}

        /// It counts as missing.
        record AsMissing() implements WhenInvalid {}

        /// Another value takes its place.
        record Replace(double value) implements WhenInvalid {}
    }

    /// What becomes of a number beyond the bounds.
    ///
    /// @param clamp whether it becomes the bound; else it counts as missing
    record WhenExtreme(double low, double high, boolean clamp) {
        static final WhenExtreme NEVER = new WhenExtreme(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);
    }

    /// What becomes of a missing value.
    ///
    /// @param replacement what takes its place; null for nothing
    /// @param refuse whether the row is refused
    record WhenMissing(@Nullable Double replacement, boolean refuse) {}

    /// The value of this field for a place of the vector.
    double prepare(double given) {
        if (Double.isNaN(given)) {
            return missing(given);
        }
        double value = type == Type.TEXT ? code(given) : type.narrow(given);
        if (missing.contains(value + 0.0)) {
            return missing(given);
        }
        if (!type.holds(value) || !valid.contains(value)) {
            return switch (whenInvalid) {
                case WhenInvalid.Refuse _ -> throw refuse("is not a valid value of the model", given);
                case WhenInvalid.Keep _ -> value;
                case WhenInvalid.AsMissing _ -> missing(given);
                case WhenInvalid.Replace(double replacement) -> replacement;
            };
        }
        if (value < whenExtreme.low() || value > whenExtreme.high()) {
            return whenExtreme.clamp() ? Math.clamp(value, whenExtreme.low(), whenExtreme.high()) : missing(given);
        }
        return value;
    }

    private double code(double given) {
        if (given == -1) {
            return -1;
        }
        if (given != Math.rint(given) || given < 0 || given >= codes.length) {
            throw refuse("must be the place of a category within -1.." + (codes.length - 1), given);
        }
        return codes[(int) given];
    }

    private double missing(double given) {
        if (whenMissing.refuse()) {
            throw refuse("is missing, and the model answers no such row", given);
        }
        return whenMissing.replacement() == null ? Double.NaN : whenMissing.replacement();
    }

    private RowRefusedException refuse(String rule, double given) {
        boolean text = type == Type.TEXT && given >= 0 && given < categories.size();
        String shown = text ? "\"" + categories.get((int) given) + "\"" : Double.toString(given);
        return RowRefusedException.of(name, rule + ": " + shown);
    }
}
