package dev.tranche.market.order;

/// Why a venue refused, as far as a desk acts differently on it.
public enum Rejection {
    /// A post-only order that would have been filled at once.
    WOULD_TAKE,
    /// Too many requests: wait.
    RATE_LIMIT,
    /// Not enough margin or balance.
    NO_MARGIN,
    /// Price, quantity or notional outside what the venue accepts.
    BAD_ORDER,
    /// Amend or cancel of an order that is not open (any more).
    NOT_OPEN,
    /// A reduce-only order without a position to reduce.
    NOT_REDUCING,
    /// The market is closed, locked or in settlement.
    CLOSED,
    /// The venue's own protection for market makers is triggered and asks for a reset.
    PROTECTION,
    /// Anything else.
    OTHER
}
