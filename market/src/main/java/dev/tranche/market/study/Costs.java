package dev.tranche.market.study;

/// What a round trip costs, in basis points (1/10,000) of the price, on each of its two sides.
///
/// @param feeBasisPoints the venue's fee for taking, 0..1000
/// @param slippageBasisPoints half the spread and what the order moves the price, 0..1000
public record Costs(double feeBasisPoints, double slippageBasisPoints) {
    /// A taker's fee of 5 basis points (Binance USD-M futures, regular user) and 1 for the spread.
    public static final Costs TAKER = new Costs(5, 1);
    public static final Costs NONE = new Costs(0, 0);

    private static final double MOST = 1000;
    private static final double BASIS_POINT = 1e-4;

    public Costs {
        checked("feeBasisPoints", feeBasisPoints);
        checked("slippageBasisPoints", slippageBasisPoints);
    }

    /// Both sides of a trade, as a fraction of its price.
    public double roundTrip() {
        return 2 * (feeBasisPoints + slippageBasisPoints) * BASIS_POINT;
    }

    private static void checked(String name, double value) {
        if (!(value >= 0 && value <= MOST)) {
            throw new IllegalArgumentException(name + " must be within 0..1000: " + value);
        }
    }
}
