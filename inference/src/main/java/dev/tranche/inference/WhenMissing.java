package dev.tranche.inference;

/// What happens to a request that does not carry a feature.
public sealed interface WhenMissing {
    /// The model sees a missing value; the answer names the feature.
    record Allow() implements WhenMissing {}

    /// A declared number (a boolean as 1 or 0, a date as days since 1970-01-01) takes its place; the answer
    /// says so.
    record UseNumber(double value) implements WhenMissing {}

    /// A declared text takes its place; the answer says so.
    record UseText(String value) implements WhenMissing {}

    /// The request is refused.
    record Reject() implements WhenMissing {}

    /// The model is not asked; fallback rules answer.
    record FallBack() implements WhenMissing {}
}
