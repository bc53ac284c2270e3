package dev.tranche.market.order;

/// Where an order stands, as far as we know.
public enum OrderState {
    /// Sent, not acknowledged.
    PENDING_NEW,
    /// Rests at the venue.
    LIVE,
    /// Rests; another price or quantity was asked for.
    PENDING_AMEND,
    /// Rests, or did; its cancel was asked for.
    PENDING_CANCEL,
    /// Nobody here knows: not acknowledged in time, the venue could not be heard, or it says two things. It
    /// counts as live until the venue's truth says otherwise.
    UNKNOWN,
    /// Over: everything was filled.
    FILLED,
    /// Over: taken back, by us or by the venue.
    CANCELLED,
    /// Over: it never rested.
    REJECTED;

    /// Whether it may still be filled, so that limits count it.
    public boolean open() {
        return switch (this) {
            case PENDING_NEW, LIVE, PENDING_AMEND, PENDING_CANCEL, UNKNOWN -> true;
            case FILLED, CANCELLED, REJECTED -> false;
        };
    }
}
