package dev.tranche.market.order;

/// How long an order stands.
public enum TimeInForce {
    /// Until it is cancelled.
    GOOD_TILL_CANCELLED,
    /// Until it is cancelled, and refused rather than filled at once: it always makes, never takes.
    POST_ONLY,
    /// What is not filled at once is cancelled.
    IMMEDIATE_OR_CANCEL
}
