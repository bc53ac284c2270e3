package dev.tranche.market;

/// What is traded, and the grid that its prices and quantities are written on. A price is a whole number of
/// ticks of `10^-priceDecimals` of the quote currency, a quantity a whole number of lots of
/// `10^-quantityDecimals` of the base. The venue's own tick may be coarser: this is the grid of the wire.
///
/// @param symbol as the venue writes it, in upper case, such as `BTCUSDT`; 1 to 32 letters, digits, `_`
///     or `-`
/// @param priceDecimals 0..10
/// @param quantityDecimals 0..10
public record Instrument(String symbol, int priceDecimals, int quantityDecimals) {
    private static final int MOST_DECIMALS = 10;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

    public Instrument {
        if (!symbol.matches("[A-Z0-9_-]{1,32}")) {
            throw new IllegalArgumentException(
                    "symbol must be 1..32 upper-case letters, digits, '_' or '-': " + symbol);
        }
        checked("priceDecimals", priceDecimals);
        checked("quantityDecimals", quantityDecimals);
    }

    /// The price of so many ticks, in the quote currency.
    public double price(long ticks) {
        return ticks / POWERS[priceDecimals];
    }

    /// The quantity of so many lots, in the base currency.
    public double quantity(long lots) {
        return lots / POWERS[quantityDecimals];
    }

    /// The quantity of a weighted sum of lots, in the base currency.
    public double quantityOf(double lots) {
        return lots / POWERS[quantityDecimals];
    }

    private static void checked(String name, int decimals) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException(name + " must be within 0..10: " + decimals);
        }
    }
}
