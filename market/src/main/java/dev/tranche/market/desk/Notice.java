package dev.tranche.market.desk;

/// What people should hear of; `found` and `expected` of [DeskSink#notice] as it says.
public enum Notice {
    /// A fill for an order that is not ours, or that the venue does not name; found is the trade's id, expected
    /// the order's. It counts in the account, for no strategy.
    FOREIGN_FILL,
    /// An open order that is not ours; it is cancelled. Found is its id.
    FOREIGN_ORDER,
    /// More was filled than ordered; found and expected in lots.
    OVERFILL,
    /// A fill of an order that was over; found is the trade's id, expected the order's.
    LATE_FILL,
    /// A fill that is known with other numbers, or too old to be known; found is the trade's id, expected the
    /// order's. It is not booked, and the venue is asked.
    DISPUTED_FILL,
    /// A fill that only the venue's truth told; found is the trade's id.
    MISSED_FILL,
    /// An order was not acknowledged in time; found is its id. It counts as live.
    UNACKNOWLEDGED,
    /// An order that we took for over is open at the venue; found is its id.
    RISEN,
    /// An open order was not in the venue's truth and is over; found is its id.
    VANISHED,
    /// The venue's position is another one; found is the venue's, expected ours, in lots. A pending look may
    /// explain it.
    POSITION_DIFFERS,
    /// The venue's position could not be made ours; found is the venue's, expected ours. The contract is not
    /// quoted and the breaker is told that the risk cannot be measured.
    UNRECONCILED,
    /// Account and venue agree again; found is the position in lots.
    RECONCILED,
    /// Every slot for an order is taken; expected is how many there are.
    NO_SLOT,
    /// A book became invalid; found and expected as its state says.
    BOOK_INVALID,
    /// Market data was older than allowed; found and expected in nanoseconds.
    STALE,
    /// A venue does not answer a question for its truth; found is how long, expected the limit, nanoseconds.
    NO_TRUTH,
    /// A venue can be heard (found 1) or not (found 0); contract is -1, expected its place.
    VENUE,
    /// Nobody knows what a base asset is worth in dollars; the contract is one of it. It is not hedged, others are.
    UNPRICED
}
