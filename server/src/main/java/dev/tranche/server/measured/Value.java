package dev.tranche.server.measured;

/// A field's value in the line protocol.
sealed interface Value {
    /// `12i`, `12u`, or a number without a fraction.
    record Whole(long value) implements Value {}

    /// Finite.
    record Real(double value) implements Value {}

    record Flag(boolean value) implements Value {}

    record Text(String value) implements Value {}

    /// What it is, for refusals.
    default String kind() {
        return switch (this) {
            case Whole _ -> "a whole number";
            case Real _ -> "a number";
            case Flag _ -> "a boolean";
            case Text _ -> "a text";
        };
    }
}
