package dev.tranche.market.pricing;

/// The volatility that explains a price, or why none does.
public sealed interface ImpliedVolatility {
    /// @param value per square root of a year, above 0
    record Found(double value) implements ImpliedVolatility {}

    /// No volatility gives that price.
    ///
    /// @param price the price that was asked
    /// @param above the lowest price, which itself only a volatility of nought gives
    /// @param below the highest price, which none gives
    record OutOfBounds(double price, double above, double below) implements ImpliedVolatility {
        @Override
        public String toString() {
            return "price must lie above " + above + " and below " + below + ": " + price;
        }
    }

    /// The value.
    ///
    /// @throws IllegalArgumentException when there is none
    default double orThrow() {
        return switch (this) {
            case Found(double value) -> value;
            case OutOfBounds out -> throw new IllegalArgumentException(out.toString());
        };
    }
}
