package dev.tranche.market.account;

/// The parts of a profit and loss, each in the currency that the contract settles in. Three ways to split one
/// whole, each exact: `TOTAL = CASH + MARK - FEES - FUNDING = REALISED + UNREALISED - FEES - FUNDING = SPREAD +
/// ADVERSE + INVENTORY + HEDGE - FEES - FUNDING`.
public enum Part {
    /// All of it.
    TOTAL,
    /// What trades took in less what they paid, each as if paid for in full.
    CASH,
    /// What the position is worth at its mark.
    MARK,
    /// Of what is closed, against the average cost of the position.
    REALISED,
    /// Of what is open, against its average cost.
    UNREALISED,
    /// Of quotes' fills: the mark when they were filled against their price.
    SPREAD,
    /// Of quotes' fills: how the mark moved from then for as long as the horizon says; mostly below 0.
    ADVERSE,
    /// Of quotes' fills: how the mark moved after that.
    INVENTORY,
    /// Everything of fills of hedges.
    HEDGE,
    /// Fees paid, above 0 for a cost.
    FEES,
    /// Funding paid, above 0 for a cost.
    FUNDING
}
