package dev.tranche.server.protocol;

/// The value of a parameter: the protocol knows texts, numbers and booleans.
public sealed interface Parameter {
    /// A text.
    record Text(String value) implements Parameter {}

    /// A whole number.
    record Whole(long value) implements Parameter {}

    /// A number with a fraction.
    record Real(double value) implements Parameter {}

    /// A boolean.
    record Flag(boolean value) implements Parameter {}

    /// The value as it is told back.
    default String shown() {
        return switch (this) {
            case Text text -> Shown.text(text.value());
            case Whole whole -> Long.toString(whole.value());
            case Real real -> Double.toString(real.value());
            case Flag flag -> Boolean.toString(flag.value());
        };
    }
}
