package dev.tranche.market.desk;

import dev.tranche.market.contract.Terms;
import dev.tranche.market.quoting.QuoteMoment;
import dev.tranche.market.quoting.RiskFactors;

/// An option in coin: Black's mark on the volatility of its expiry's smile, or the middle of its own book; its
/// inventory is how many of it would carry the risk of all that the strategy holds in the base asset, by delta,
/// gamma and vega. One writer.
final class OptionValuation implements Valuation {
    private static final double BASIS_POINT = 1e-4;

    private final Floor floor;
    private final Market market;
    private final Market underlying;
    private final OptionMark mark;
    private final Volatility volatility;
    private final RiskFactors factors = RiskFactors.still();
    private final StrategyTerms.Quoting quoting;
    private final Fair fair;
    private final int strategy;
    private final String base;

    OptionValuation(Floor floor, Market market, Terms.CoinOption option, StrategyTerms terms, int strategy) {
        this.floor = floor;
        this.market = market;
        this.mark = floor.smiles.mark(market.place());
        this.underlying = mark.underlying();
        this.volatility = underlying.volatility(terms.volatility());
        this.quoting = terms.quoting();
        this.fair = terms.fair();
        this.strategy = strategy;
        this.base = option.base();
    }

    @Override
    public Market driver() {
        return underlying;
    }

    /// By the mark, which needs a valid underlying and the books of other options, all of them fresh.
    @Override
    public boolean withoutBook() {
        return fair == Fair.OPTION_MARK
                && market.lopsided()
                && mark.fresh(quoting.stale().toNanos());
    }

    @Override
    public boolean value(QuoteMoment moment) {
        if (!underlying.valid() || !mark.compute() || (!market.valid() && contradicted())) {
            return false;
        }
        double price = switch (fair) {
            case MID -> market.mid();
            case MICRO -> market.micro();
            case OPTION_MARK -> mark.price();
        };
        double perBasisPoint = mark.forward() * BASIS_POINT;
        double sigma = volatility.bpsForRootSecond();
        if (!(sigma >= 0)) {
            return true; // not warm: nothing is quoted
        }
        factors.set(sigma, quoting.volOfVol(), quoting.correlation(), StrategyTerms.seconds(quoting.horizon()));
        double gamma = mark.gamma() * perBasisPoint;
        double vega = mark.vega() / perBasisPoint;
        double inventory = factors.inventory(
                mark.delta(),
                gamma,
                vega,
                floor.gate.delta(strategy, base),
                floor.gate.gamma(strategy, base) * perBasisPoint,
                floor.gate.vega(strategy, base) / perBasisPoint);
        moment.fair(price, BASIS_POINT)
                .risk(
                        factors.volatility(mark.delta(), gamma, vega),
                        inventory,
                        floor.ledger.lots(strategy, market.place()))
                .remaining(mark.seconds());
        return price > 0 && !Double.isNaN(inventory);
    }

    /// Whether the side that is left in the book lies beyond the mark: somebody knows what the smile does not.
    private boolean contradicted() {
        double tick = market.contract().instrument().price(1);
        return (market.bidLots() > 0 && market.bidTicks() * tick > mark.price())
                || (market.askLots() > 0 && market.askTicks() * tick < mark.price());
    }

    @Override
    public boolean warm() {
        return volatility.warm();
    }
}
