package dev.tranche.market.quoting;

import dev.tranche.market.risk.BreakerState;

/// What a quote is made from: filled by the desk before each quote, and kept by it. One writer.
public final class QuoteMoment {
    double fair = Double.NaN;
    double basisPoint = Double.NaN;
    long bestBid;
    long bestAsk;
    double volatility = Double.NaN;
    double inventory;
    long position;
    double remaining = Double.POSITIVE_INFINITY;
    double regime = 1;
    BreakerState breaker = BreakerState.NORMAL;
    double spread = Double.NaN;

    private QuoteMoment() {}

    /// A moment of which nothing is known.
    public static QuoteMoment empty() {
        return new QuoteMoment();
    }

    /// The fair price.
    ///
    /// @param fair in the contract's quote currency, positive
    /// @param basisPoint the price of one basis point of the underlying in that currency: `fair / 10000` for
    ///     a future, 0.0001 for an option quoted in coin
    public QuoteMoment fair(double fair, double basisPoint) {
        this.fair = fair;
        this.basisPoint = basisPoint;
        return this;
    }

    /// The best prices of others in the book, which a post-only order must not reach; 0 for an empty side.
    public QuoteMoment book(long bestBidTicks, long bestAskTicks) {
        this.bestBid = bestBidTicks;
        this.bestAsk = bestAskTicks;
        return this;
    }

    /// The risk of one unit of the contract, and what is held already.
    ///
    /// @param volatility of the contract's price in basis points of the underlying for a root second
    /// @param inventory in units of this contract: what is held of it, or for options
    ///     [RiskFactors#inventory]
    /// @param positionLots held of this contract itself, below 0 when short
    public QuoteMoment risk(double volatility, double inventory, long positionLots) {
        this.volatility = volatility;
        this.inventory = inventory;
        this.position = positionLots;
        return this;
    }

    /// Seconds until trading in it ends, at least 0; infinite for a perpetual.
    public QuoteMoment remaining(double seconds) {
        this.remaining = seconds;
        return this;
    }

    /// What regime and breaker make of spread and size.
    ///
    /// @param regime multiplier of the spread, positive
    public QuoteMoment multipliers(double regime, BreakerState breaker) {
        this.regime = regime;
        this.breaker = breaker;
        return this;
    }

    /// The spread that a model predicts, in basis points of the underlying, in place of the formula's; NaN
    /// for none.
    public QuoteMoment spread(double basisPoints) {
        this.spread = basisPoints;
        return this;
    }
}
