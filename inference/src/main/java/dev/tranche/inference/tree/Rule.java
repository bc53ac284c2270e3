package dev.tranche.inference.tree;

import java.util.BitSet;

/// The question a split asks of one value; `true` goes left.
///
/// The two trainers differ in everything that is not an ordinary number, so each difference is a rule of its
/// own (XGBoost `src/predictor/predict_fn.h` and `src/common/categorical.h`; LightGBM
/// `include/LightGBM/tree.h`).
public enum Rule {
    /// XGBoost: `(float) x < (float) threshold`; missing takes the default side.
    LESS,
    /// LightGBM, missing type None: `x <= threshold`; missing counts as zero.
    AT_MOST_MISSING_AS_ZERO,
    /// LightGBM, missing type NaN: `x <= threshold`; missing takes the default side.
    AT_MOST,
    /// LightGBM, missing type Zero: `x <= threshold`; missing and zero take the default side.
    AT_MOST_ZERO_MISSING,
    /// ONNX, in double: `x <= threshold`; missing takes the default side.
    AT_MOST_EXACT,
    /// XGBoost categories: a code in the set goes right, every other number left, missing the default side.
    IN_SET_RIGHT,
    /// LightGBM categories: a code in the set goes left; everything else, missing too, goes right.
    IN_SET_LEFT;

    /// The smallest float that is no category code in XGBoost: 2^24 - 1.
    static final float FIRST_BEYOND_CODES = 16777215f;

    /// Below this magnitude LightGBM takes a number for zero: its `kZeroThreshold`, a float stored as a
    /// double.
    static final double ZERO = 1e-35f;

    /// Whether the split is on a set of category codes.
    public boolean categorical() {
        return this == IN_SET_RIGHT || this == IN_SET_LEFT;
    }

    /// Whether the value goes left at a numeric split.
    boolean left(double x, double threshold, boolean missingLeft) {
        return switch (this) {
            case LESS -> Double.isNaN(x) ? missingLeft : (float) x < (float) threshold;
            case AT_MOST_MISSING_AS_ZERO -> (Double.isNaN(x) ? 0 : snap(x)) <= threshold;
            case AT_MOST -> Double.isNaN(x) ? missingLeft : snap(x) <= threshold;
            case AT_MOST_ZERO_MISSING -> (Double.isNaN(x) || snap(x) == 0) ? missingLeft : x <= threshold;
            case AT_MOST_EXACT -> Double.isNaN(x) ? missingLeft : x <= threshold;
            case IN_SET_RIGHT, IN_SET_LEFT -> throw new IllegalStateException(this + " has no threshold");
        };
    }

    /// Whether the value goes left at a split on a set of codes.
    boolean left(double x, BitSet codes, boolean missingLeft) {
        return switch (this) {
            case IN_SET_RIGHT -> {
                float code = (float) x;
                if (Float.isNaN(code)) {
                    yield missingLeft;
                }
                yield code < 0 || code >= FIRST_BEYOND_CODES || !codes.get((int) code);
            }
            case IN_SET_LEFT -> {
                int code = Double.isNaN(x) ? -1 : (int) x;
                yield code >= 0 && codes.get(code);
            }
            case LESS, AT_MOST_MISSING_AS_ZERO, AT_MOST, AT_MOST_ZERO_MISSING, AT_MOST_EXACT ->
                throw new IllegalStateException(this + " has no set of codes");
        };
    }

    /// LightGBM's reading of a number: what is nearly zero is zero.
    static double snap(double x) {
        return Math.abs(x) <= ZERO ? 0 : x;
    }
}
