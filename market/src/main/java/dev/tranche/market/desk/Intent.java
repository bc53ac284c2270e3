package dev.tranche.market.desk;

import dev.tranche.market.risk.Activity;

/// What an order is for; its activity says in which states of the breaker it may be placed.
public enum Intent {
    /// Makes a market.
    QUOTE(Activity.MARKET_MAKING),
    /// Lowers the risk of the whole in another contract.
    HEDGE(Activity.HEDGING),
    /// Makes a position smaller, never the other way round.
    LIQUIDATION(Activity.LIQUIDATION);

    private final Activity activity;

    Intent(Activity activity) {
        this.activity = activity;
    }

    public Activity activity() {
        return activity;
    }
}
