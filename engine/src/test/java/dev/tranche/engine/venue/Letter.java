package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;

/// One thing put into a [Mailbox]; used again and again.
final class Letter {
    static final byte[] NONE = {};

    enum Kind {
        ACCEPTED,
        REJECTED,
        AMENDED,
        AMEND_REFUSED,
        CANCEL_REFUSED,
        CANCELLED,
        FILLED,
        CORRECTED,
        FUNDING,
        SETTLED,
        CONNECTED,
        DISCONNECTED,
        TRUTH,
        OPEN_ORDER,
        POSITION,
        TRUTH_ENDS,
        MARKET,
        MARKET_LOST,
        PROTECTION,
        NOTICE
    }

    Kind kind = Kind.NOTICE;
    long now;
    long id;
    /// Of the contract or of the venue.
    int place;
    long a;
    long b;
    long c;
    long d;
    Side side = Side.BUY;
    Rejection why = Rejection.OTHER;
    boolean flag;
    byte[] bytes = NONE;
    String text = "";
}
