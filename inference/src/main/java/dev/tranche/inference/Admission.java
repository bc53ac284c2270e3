package dev.tranche.inference;

import java.util.List;

/// The schema's verdict on one request.
public sealed interface Admission {
    /// The model may be asked.
    ///
    /// @param row the row, defaults filled in
    /// @param missing the features that the model sees as missing, in schema order
    /// @param defaulted the features that a default replaced, in schema order
    record Admitted(FeatureRow row, List<String> missing, List<String> defaulted) implements Admission {}

    /// The request is refused: a required feature is missing or a value is not allowed.
    ///
    /// @param feature the first such feature in schema order
    /// @param reason the offending value and what is allowed
    record Rejected(String feature, String reason) implements Admission {}

    /// The model is not asked; fallback rules answer. A request that also deserves a refusal is refused.
    ///
    /// @param feature the first feature in schema order that says so
    /// @param reason why
    record FallBack(String feature, String reason) implements Admission {}
}
