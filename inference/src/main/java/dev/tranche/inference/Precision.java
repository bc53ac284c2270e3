package dev.tranche.inference;

/// The arithmetic in which a model was trained and sums its margins.
public enum Precision {
    /// 32-bit: inputs are narrowed to float before they are compared (XGBoost).
    FLOAT,
    /// 64-bit (LightGBM, scorecards, logistic models).
    DOUBLE
}
