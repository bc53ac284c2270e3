package dev.tranche.market.desk;

import dev.tranche.market.contract.Terms;
import dev.tranche.market.quoting.QuoteMoment;

/// What one contract is worth to one strategy, and how much of its risk the strategy holds. One writer.
sealed interface Valuation permits FutureValuation, OptionValuation {
    /// Of a strategy at a place.
    ///
    /// @throws IllegalArgumentException when the contract cannot be valued as the strategy asks
    static Valuation of(Floor floor, Market market, StrategyTerms terms, int strategy) {
        return switch (market.contract().terms()) {
            case Terms.Linear _, Terms.Inverse _ -> new FutureValuation(floor, market, terms, strategy);
            case Terms.CoinOption option -> new OptionValuation(floor, market, option, terms, strategy);
        };
    }

    /// The market whose moves move the contract: its own, or that of its underlying.
    Market driver();

    /// Whether it has a value while a side of its own book is empty.
    boolean withoutBook();

    /// Writes fair price, volatility and inventory into the moment.
    ///
    /// @return false when there is no fair value
    boolean value(QuoteMoment moment);

    /// Whether the volatility is known well enough.
    boolean warm();
}
