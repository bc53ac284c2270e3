package dev.tranche.market.hedge;

/// Why nothing is hedged.
public enum HedgeHold {
    /// Something is.
    NONE,
    /// A delta, gamma, price, cost or covariance is no usable number.
    NO_NUMBER,
    /// No leg takes any variance away.
    NOTHING,
    /// The deviation is within its band, and nothing is urgent.
    WITHIN_BAND,
    /// The variance that a hedge takes away is not worth fee and spread.
    COST,
    /// What is worth hedging is below the least hedge.
    TOO_SMALL
}
