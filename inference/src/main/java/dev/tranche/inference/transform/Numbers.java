package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Operations from one number column to another. A result that is not finite is missing; missing stays
/// missing.
final class Numbers {
    private Numbers() {}

    static Step clip(JsonKeys keys, Columns columns) {
        double lower = keys.number("lower", Double.NEGATIVE_INFINITY);
        double upper = keys.number("upper", Double.POSITIVE_INFINITY);
        if (!keys.has("lower") && !keys.has("upper")) {
            throw keys.wrong("lower", "or upper must be there");
        }
        if (lower > upper) {
            throw keys.wrong("lower", "must be at most upper: " + lower + " > " + upper);
        }
        return unary(keys, columns, x -> x < lower ? lower : x > upper ? upper : x);
    }

    static Step log1p(JsonKeys keys, Columns columns) {
        return unary(keys, columns, StrictMath::log1p);
    }

    static Step sqrt(JsonKeys keys, Columns columns) {
        return unary(keys, columns, StrictMath::sqrt);
    }

    static Step power(JsonKeys keys, Columns columns) {
        double exponent = keys.number("exponent");
        return unary(keys, columns, x -> StrictMath.pow(x, exponent));
    }

    static Step standardise(JsonKeys keys, Columns columns) {
        return shifted(keys, columns, keys.number("mean"));
    }

    static Step robust(JsonKeys keys, Columns columns) {
        return shifted(keys, columns, keys.number("center"));
    }

    /// Multiplies and adds in the order of scikit-learn's MinMaxScaler, so that the same parameters give the
    /// same bits.
    static Step minMax(JsonKeys keys, Columns columns) {
        double min = keys.number("min");
        double max = keys.number("max");
        double low = 0;
        double high = 1;
        if (keys.has("range")) {
            double[] range = keys.numbers("range");
            if (range.length != 2 || range[0] >= range[1]) {
                throw keys.wrong("range", "must be two increasing numbers");
            }
            low = range[0];
            high = range[1];
        }
        if (min >= max) {
            throw keys.wrong("min", "must be below max: " + min + " >= " + max);
        }
        double scale = (high - low) / (max - min);
        double offset = low - min * scale;
        return unary(keys, columns, x -> x * scale + offset);
    }

    private static Step shifted(JsonKeys keys, Columns columns, double centre) {
        double scale = keys.number("scale");
        if (!(scale > 0)) {
            throw keys.wrong("scale", "must be positive: " + scale);
        }
        return unary(keys, columns, x -> (x - centre) / scale);
    }

    /// A step from `input` to `output`, which defaults to the input's name.
    static Step unary(JsonKeys keys, Columns columns, DoubleUnaryOperator function) {
        Column in = columns.of(Kind.NUMBER, keys, "input");
        int from = in.slot();
        int to = columns.number(keys.text("output", in.name()), List.of(in));
        return frame -> frame.numbers[to] = finite(function.applyAsDouble(frame.numbers[from]));
    }

    static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
