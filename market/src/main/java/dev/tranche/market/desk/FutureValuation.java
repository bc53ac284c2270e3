package dev.tranche.market.desk;

import dev.tranche.market.contract.Terms;
import dev.tranche.market.quoting.QuoteMoment;

/// A pair, a future or a perpetual: the middle or the weighted middle of its own book; its inventory is the
/// strategy's whole delta in the base asset, counted in this contract. One writer.
final class FutureValuation implements Valuation {
    private static final double BASIS_POINT = 1e-4;

    private final Floor floor;
    private final Market market;
    private final Volatility volatility;
    private final int strategy;
    private final boolean micro;
    private final String base;

    FutureValuation(Floor floor, Market market, StrategyTerms terms, int strategy) {
        this.floor = floor;
        this.market = market;
        this.volatility = market.volatility(terms.volatility());
        this.strategy = strategy;
        this.micro = switch (terms.fair()) {
            case MID, OPTION_MARK -> false;
            case MICRO -> true;
        };
        this.base = market.contract().terms().base();
    }

    @Override
    public Market driver() {
        return market;
    }

    @Override
    public boolean withoutBook() {
        return false;
    }

    @Override
    public boolean value(QuoteMoment moment) {
        double fair = micro ? market.micro() : market.mid();
        double delta = floor.gate.delta(strategy, base);
        double inventory = switch (market.contract().terms()) {
            case Terms.Linear _ -> delta;
            case Terms.Inverse inverse -> delta * fair / inverse.unit();
            case Terms.CoinOption _ -> Double.NaN;
        };
        moment.fair(fair, fair * BASIS_POINT)
                .risk(volatility.bpsForRootSecond(), inventory, floor.ledger.lots(strategy, market.place()))
                .remaining(Double.POSITIVE_INFINITY);
        return fair > 0 && !Double.isNaN(inventory);
    }

    @Override
    public boolean warm() {
        return volatility.warm();
    }
}
