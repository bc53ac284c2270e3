package dev.tranche.market.risk;

/// What a trading process may do or not, each its own permission.
public enum Activity {
    /// Quote both sides.
    MARKET_MAKING,
    /// Add to a position.
    NEW_POSITION,
    /// Trade another instrument to lower the risk of the whole.
    HEDGING,
    /// Make a position smaller, never larger, never the other way round.
    LIQUIDATION,
    /// Take an order back.
    CANCEL
}
