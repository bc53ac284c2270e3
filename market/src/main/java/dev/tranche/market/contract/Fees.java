package dev.tranche.market.contract;

/// What a fill costs, as shares of its notional: 0.0005 is 5 basis points; below 0 is a rebate.
///
/// @param maker -0.01..0.01
/// @param taker -0.01..0.01
/// @param cap most of an option's price that is taken, such as Deribit's 0.125; infinite where there is no cap
public record Fees(double maker, double taker, double cap) {
    /// Nothing.
    public static final Fees NONE = new Fees(0, 0, Double.POSITIVE_INFINITY);

    private static final double MOST = 0.01;

    public Fees {
        within("maker", maker);
        within("taker", taker);
        if (!(cap > 0)) {
            throw new IllegalArgumentException("cap must be above 0: " + cap);
        }
    }

    private static void within(String name, double fee) {
        if (!(fee >= -MOST && fee <= MOST)) {
            throw new IllegalArgumentException(name + " must be within -0.01..0.01: " + fee);
        }
    }
}
