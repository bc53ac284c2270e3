package dev.tranche.market.account;

/// What became of a fill or a correction that was said to a [Ledger].
public enum Booking {
    /// Booked.
    BOOKED,
    /// Said before, with the same words: nothing changed.
    REPEATED,
    /// The trade is known with another side, price or quantity: nothing changed; the venue has to be asked.
    CONFLICTING,
    /// Older than what is remembered, so that nobody here can tell whether it was booked: nothing changed; the
    /// venue's position has to be asked for.
    UNDECIDED,
    /// A correction of a trade that has not been said yet: kept for it.
    AWAITED
}
