package dev.tranche.market.pricing;

/// The right that an option gives: to buy or to sell.
public enum OptionType {
    CALL(1),
    PUT(-1);

    private final int sign;

    OptionType(int sign) {
        this.sign = sign;
    }

    /// +1 for a call, -1 for a put.
    public int sign() {
        return sign;
    }

    /// What it is worth at expiry: `max(sign (settlement - strike), 0)`, in the quote currency.
    public double payoff(double settlement, double strike) {
        return Math.max(sign * (settlement - strike), 0);
    }
}
