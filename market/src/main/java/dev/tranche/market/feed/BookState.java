package dev.tranche.market.feed;

/// Whether a book may be read, and why not.
public enum BookState {
    /// Whole and in order.
    VALID,
    /// No snapshot yet, or none since the last fault was cured.
    AWAITING_SNAPSHOT,
    /// A change did not continue the one before it.
    SEQUENCE_BREAK,
    /// The snapshot ends before the changes that are there begin: a newer one is needed.
    OLD_SNAPSHOT,
    /// Best bid at or above best ask.
    CROSSED,
    /// Declared so by whoever feeds it.
    INVALIDATED
}
