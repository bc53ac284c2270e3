package dev.tranche.market.quoting;

/// What else decided about a quote, besides the formula.
public enum QuoteMark {
    /// Nothing is quoted: fair price, volatility or a multiplier is no usable number.
    NO_NUMBER(0),
    /// Nothing is quoted: the breaker allows no quotes.
    BREAKER(1),
    /// The spread came from a model.
    SPREAD_MODEL(2),
    /// The product of regime and breaker was outside [Quoter#LEAST_FACTOR]..[Quoter#MOST_FACTOR].
    FACTOR_BOUND(3),
    /// The spread was widened to its least.
    LEAST_SPREAD(4),
    /// The spread was narrowed to its most.
    MOST_SPREAD(5),
    /// The shift for inventory was cut.
    MOST_SHIFT(6),
    /// The bid was lowered so as not to take.
    POST_ONLY_BID(7),
    /// The ask was raised so as not to take.
    POST_ONLY_ASK(8),
    /// The bids were cut or taken away by the limit of the position.
    POSITION_BID(9),
    /// The asks were cut or taken away by the limit of the position.
    POSITION_ASK(10),
    /// A bid would have been at or below 0.
    NO_PRICE_BID(11),
    /// The quantity is below the least order, so that nothing is quoted.
    TOO_SMALL(12);

    private final int bit;

    QuoteMark(int place) {
        this.bit = 1 << place;
    }

    /// Its bit in [QuoteTarget#marks()].
    public int bit() {
        return bit;
    }
}
