package dev.tranche.market.divergence;

/// Whether a market trades more or less than it used to, judged by its past alone.
public enum Liquidity {
    ACTIVE,
    QUIET
}
