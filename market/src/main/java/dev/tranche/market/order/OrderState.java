package dev.tranche.market.order;

/// Where an order stands, as far as we know.
///
/// Nothing that a venue says is an error here: it may say anything twice, late, or out of order. Two rules
/// decide every pair of a state and an event: what may still be filled is never taken for over on a hint
/// ([OrderEvent#NOT_OPEN], silence, a venue that is gone), only on a plain word or on the venue's truth; and
/// what is over rises again only when the venue shows it open, or says that an order that it rejected rests or
/// was filled.
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

    /// Whether an answer of the venue is awaited.
    public boolean pending() {
        return switch (this) {
            case PENDING_NEW, PENDING_AMEND, PENDING_CANCEL -> true;
            case LIVE, UNKNOWN, FILLED, CANCELLED, REJECTED -> false;
        };
    }

    /// The state after an event.
    public OrderState on(OrderEvent event) {
        return switch (this) {
            case PENDING_NEW -> afterNew(event);
            case LIVE -> afterLive(event);
            case PENDING_AMEND -> afterAmend(event);
            case PENDING_CANCEL -> afterCancel(event);
            case UNKNOWN -> afterUnknown(event);
            case FILLED, CANCELLED -> afterOver(event);
            case REJECTED -> afterRejected(event);
        };
    }

    private static OrderState afterNew(OrderEvent event) {
        return switch (event) {
            case ACCEPTED, AMENDED, PART_FILLED, SEEN -> LIVE;
            case AMEND_ASKED -> PENDING_AMEND;
            case CANCEL_ASKED -> PENDING_CANCEL;
            case AMEND_REFUSED, CANCEL_REFUSED -> PENDING_NEW;
            case REJECTED -> REJECTED;
            case ALL_FILLED -> FILLED;
            case CANCELLED, ABSENT -> CANCELLED;
            case CONTRADICTED, NOT_OPEN, CANCELLED_AHEAD, LATE, DISCONNECTED -> UNKNOWN;
        };
    }

    private static OrderState afterLive(OrderEvent event) {
        return switch (event) {
            case ACCEPTED, AMENDED, AMEND_REFUSED, CANCEL_REFUSED, PART_FILLED, LATE, SEEN -> LIVE;
            case AMEND_ASKED -> PENDING_AMEND;
            case CANCEL_ASKED -> PENDING_CANCEL;
            case REJECTED -> REJECTED;
            case ALL_FILLED -> FILLED;
            case CANCELLED, ABSENT -> CANCELLED;
            case CONTRADICTED, NOT_OPEN, CANCELLED_AHEAD, DISCONNECTED -> UNKNOWN;
        };
    }

    private static OrderState afterAmend(OrderEvent event) {
        return switch (event) {
            case AMEND_ASKED, ACCEPTED, CANCEL_REFUSED, PART_FILLED -> PENDING_AMEND;
            case AMENDED, AMEND_REFUSED, SEEN -> LIVE;
            case CANCEL_ASKED -> PENDING_CANCEL;
            case REJECTED -> REJECTED;
            case ALL_FILLED -> FILLED;
            case CANCELLED, ABSENT -> CANCELLED;
            case CONTRADICTED, NOT_OPEN, CANCELLED_AHEAD, LATE, DISCONNECTED -> UNKNOWN;
        };
    }

    private static OrderState afterCancel(OrderEvent event) {
        return switch (event) {
            case AMEND_ASKED, CANCEL_ASKED, ACCEPTED, AMENDED, AMEND_REFUSED, PART_FILLED -> PENDING_CANCEL;
            case CANCEL_REFUSED, SEEN -> LIVE;
            case REJECTED -> REJECTED;
            case ALL_FILLED -> FILLED;
            case CANCELLED, ABSENT -> CANCELLED;
            case CONTRADICTED, NOT_OPEN, CANCELLED_AHEAD, LATE, DISCONNECTED -> UNKNOWN;
        };
    }

    private static OrderState afterUnknown(OrderEvent event) {
        return switch (event) {
            case AMEND_ASKED,
                    CANCEL_ASKED,
                    AMEND_REFUSED,
                    CANCEL_REFUSED,
                    CONTRADICTED,
                    NOT_OPEN,
                    CANCELLED_AHEAD,
                    PART_FILLED,
                    LATE,
                    DISCONNECTED -> UNKNOWN;
            case ACCEPTED, AMENDED, SEEN -> LIVE;
            case REJECTED -> REJECTED;
            case ALL_FILLED -> FILLED;
            case CANCELLED, ABSENT -> CANCELLED;
        };
    }

    private OrderState afterOver(OrderEvent event) {
        return switch (event) {
            case SEEN -> UNKNOWN;
            case ALL_FILLED -> FILLED;
            case AMEND_ASKED,
                    CANCEL_ASKED,
                    ACCEPTED,
                    REJECTED,
                    CONTRADICTED,
                    AMENDED,
                    AMEND_REFUSED,
                    CANCEL_REFUSED,
                    NOT_OPEN,
                    CANCELLED,
                    CANCELLED_AHEAD,
                    PART_FILLED,
                    LATE,
                    DISCONNECTED,
                    ABSENT -> this;
        };
    }

    private static OrderState afterRejected(OrderEvent event) {
        return switch (event) {
            case ACCEPTED, AMENDED, PART_FILLED, CANCELLED_AHEAD, SEEN -> UNKNOWN;
            case ALL_FILLED -> FILLED;
            case AMEND_ASKED,
                    CANCEL_ASKED,
                    REJECTED,
                    CONTRADICTED,
                    AMEND_REFUSED,
                    CANCEL_REFUSED,
                    NOT_OPEN,
                    CANCELLED,
                    LATE,
                    DISCONNECTED,
                    ABSENT -> REJECTED;
        };
    }
}
