package dev.tranche.market.desk;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.quoting.QuoteTerms;

/// Quantities of a contract's unit as lots. Pure functions.
final class Lots {
    /// Rounding of a division that was meant to come out whole.
    private static final double ROUNDING = 1e-9;

    private static final double MOST = 1L << 52;

    private Lots() {}

    /// The lots of the largest quantity on the contract's step that is not above this one.
    static long down(Contract contract, double quantity) {
        double lots = quantity / contract.instrument().quantity(1);
        long whole = (long) Math.min(MOST, lots * (1 + ROUNDING) + ROUNDING);
        return Math.floorDiv(whole, contract.step()) * contract.step();
    }

    /// The quoter's terms of a strategy in a contract.
    ///
    /// @throws IllegalArgumentException when the size is below the contract's least order
    static QuoteTerms terms(Contract contract, StrategyTerms terms) {
        StrategyTerms.Quoting quoting = terms.quoting();
        long size = down(contract, quoting.size());
        if (size < contract.least()) {
            throw new IllegalArgumentException("size must be at least "
                    + contract.instrument().quantity(contract.least()) + " of " + contract.symbol() + ": "
                    + quoting.size());
        }
        return new QuoteTerms(
                quoting.theory(),
                StrategyTerms.seconds(quoting.horizon()),
                size,
                quoting.levels(),
                quoting.levelStepBps(),
                quoting.leastSpreadBps(),
                quoting.mostSpreadBps(),
                quoting.mostShiftBps(),
                Math.max(1, down(contract, terms.limits().position())));
    }
}
