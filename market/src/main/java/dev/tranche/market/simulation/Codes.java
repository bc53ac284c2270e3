package dev.tranche.market.simulation;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;

/// Values as words of a message under way; good within one process, never stored.
@SuppressWarnings("EnumOrdinal") // written and read by the same program
final class Codes {
    private static final Side[] SIDES = Side.values();
    private static final Rejection[] REJECTIONS = Rejection.values();
    private static final TimeInForce[] FORCES = TimeInForce.values();

    private Codes() {}

    static long of(Side side) {
        return side.ordinal();
    }

    static long of(Rejection why) {
        return why.ordinal();
    }

    static long of(TimeInForce force) {
        return force.ordinal();
    }

    static Side side(long code) {
        return SIDES[(int) code];
    }

    static Rejection rejection(long code) {
        return REJECTIONS[(int) code];
    }

    static TimeInForce force(long code) {
        return FORCES[(int) code];
    }
}
