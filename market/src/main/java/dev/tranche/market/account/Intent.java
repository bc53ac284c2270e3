package dev.tranche.market.account;

/// Why an order was sent that was filled; what its profit and loss is attributed to follows from it.
public enum Intent {
    /// A quote: spread, adverse selection, inventory.
    QUOTE,
    /// A hedge: all that it earns and costs is the hedge's.
    HEDGE,
    /// To make a position smaller: like a quote that pays the spread.
    LIQUIDATION
}
