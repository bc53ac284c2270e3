package dev.tranche.inference;

/// The arithmetic in which a model was trained and sums its margins.
public enum Precision {
    /// 32-bit: inputs are narrowed to float before they are compared (XGBoost).
    FLOAT,
    /// 64-bit (LightGBM, scorecards, logistic models).
    DOUBLE;

    /// The bits of a value after narrowing to this precision; every NaN has the same bits.
    public long bits(double value) {
        return switch (this) {
            case FLOAT -> Float.floatToIntBits((float) value);
            case DOUBLE -> Double.doubleToLongBits(value);
        };
    }

    /// The distance from a value, narrowed to this precision, to the next larger magnitude.
    public double ulp(double value) {
        return switch (this) {
            case FLOAT -> Math.ulp((float) value);
            case DOUBLE -> Math.ulp(value);
        };
    }
}
