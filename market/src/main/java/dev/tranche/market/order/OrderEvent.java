package dev.tranche.market.order;

/// What may happen to an order, as far as its state depends on it. Whoever reports it has already looked at
/// what the order alone cannot know: whether a fill completes it, whether it was ever acknowledged, whether a
/// truth is younger than what was asked last.
public enum OrderEvent {
    /// We asked for another price or quantity.
    AMEND_ASKED,
    /// We asked for its cancel.
    CANCEL_ASKED,
    /// The venue says that it rests.
    ACCEPTED,
    /// The venue says that it is not and never was; nothing said so far speaks against it.
    REJECTED,
    /// The venue says that it is not and never was, though it was acknowledged or filled.
    CONTRADICTED,
    /// It rests as asked for.
    AMENDED,
    /// The amendment was refused; it rests as before.
    AMEND_REFUSED,
    /// The cancel was refused; it rests as before.
    CANCEL_REFUSED,
    /// The venue says that it is not open (any more), without saying how much was filled.
    NOT_OPEN,
    /// The venue says that it is over, and all that was filled is known.
    CANCELLED,
    /// The venue says that it is over, and that more was filled than is known.
    CANCELLED_AHEAD,
    /// Part of it was filled.
    PART_FILLED,
    /// The last part of it was filled.
    ALL_FILLED,
    /// No answer in time.
    LATE,
    /// The venue cannot be heard.
    DISCONNECTED,
    /// The venue's truth has it open.
    SEEN,
    /// The venue's truth does not have it, though it is younger than the order.
    ABSENT
}
