package dev.tranche.inference;

/// Who a model says it is, from `model.yaml`; a new minor version must keep the output kind and the label.
///
/// @param name the version's name, `consumer_apply_xgb_v1.0`
/// @param format `xgboost`, `lightgbm`, `scorecard`, `logistic`, `onnx`, `catboost` or `pmml`
/// @param output what the outputs mean
/// @param label what was learnt
public record Identity(String name, String format, OutputKind output, Label label) {
    /// The learnt outcome.
    ///
    /// @param name the outcome's name, `bad`
    /// @param definition the sentence a risk officer signs, `90 days past due within 12 months`
    /// @param positive the class whose probability is the score
    public record Label(String name, String definition, String positive) {}
}
