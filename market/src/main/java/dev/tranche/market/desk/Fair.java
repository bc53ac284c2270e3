package dev.tranche.market.desk;

/// Where the fair value of a quoted contract comes from.
public enum Fair {
    /// The middle between the best bid and the best ask.
    MID,
    /// The best prices weighted with the quantity of the other side (S. Stoikov's weighted mid): nearer to the
    /// side that is thinner.
    MICRO,
    /// Black's price at the volatility of the expiry's smile, which is kept from the venue's own quotes, on the
    /// forward from the underlying's book.
    OPTION_MARK
}
