package dev.tranche.market.risk;

/// Why an order is not sent; the first that applies is told.
public enum Refusal {
    /// It may be sent.
    NONE,
    /// No such contract, or no strategy with limits.
    UNKNOWN_CONTRACT,
    /// An amendment of an order that is not open.
    UNKNOWN_ORDER,
    /// A limit, a greek or an index that the checks need is not a finite number.
    NOT_A_NUMBER,
    /// A price or quantity too large to count with.
    OVERFLOW,
    /// The state of the breaker does not allow it.
    BREAKER,
    /// The price is not positive or not on the venue's tick.
    TICK,
    /// The quantity is not positive, below the venue's least, or not on its step.
    LOT,
    /// More than one order may hold.
    QUANTITY,
    /// Nothing is known of the market that the price could be held against.
    NO_REFERENCE,
    /// What is known of the market is too old.
    STALE_REFERENCE,
    /// Too far from the market.
    COLLAR,
    /// Worth more than one order may be.
    NOTIONAL,
    /// Must make smaller what is there, and is not proven to.
    NOT_REDUCING,
    /// With everything open filled, the position would pass its limit.
    POSITION,
    /// More would be open, unexecuted, than may be.
    OPEN_NOTIONAL,
    /// With everything open on that side filled, the delta of the base would pass its limit.
    DELTA,
    /// As [#DELTA], of gamma.
    GAMMA,
    /// As [#DELTA], of vega.
    VEGA,
    /// It could be filled by an order of our own.
    SELF_TRADE,
    /// The same order was sent a moment ago and is not over.
    DUPLICATE,
    /// The strategy was filled more often than it may be without a person looking.
    REPEATED_EXECUTION,
    /// More orders in a second than may be.
    RATE,
    /// More orders are open than can be counted.
    TOO_MANY
}
