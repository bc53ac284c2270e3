package dev.tranche.market.quoting;

import dev.tranche.market.Side;

/// When a standing order is replaced by what is wanted now. Pure.
///
/// @param refreshNanos least time between two improvements of one order, at least 0
/// @param moveTicks least move of the price that is worth losing the place in the queue, at least 1
public record Requote(long refreshNanos, long moveTicks) {
    public Requote {
        if (refreshNanos < 0 || moveTicks < 1) {
            throw new IllegalArgumentException(
                    "refreshNanos must be at least 0 and moveTicks at least 1: " + refreshNanos + ", " + moveTicks);
        }
    }

    /// What to do with an order.
    public enum Act {
        /// It is as wanted, or near enough.
        KEEP,
        /// It should move, but not yet.
        WAIT,
        /// It should move now.
        MOVE,
        /// It should be taken back now.
        PULL,
        /// There is none, and one is wanted now.
        PLACE
    }

    /// A retreat, of price or quantity, and a pull never wait: the throttle is there to spare the venue, not
    /// to be filled at a price that nobody wants any more.
    ///
    /// @param lastNanos when this level was last placed or moved
    /// @param ticks the standing price; 0 when there is no order
    /// @param lots what still stands of it
    /// @param wantedTicks 0 when nothing is wanted
    public Act act(long nowNanos, long lastNanos, Side side, long ticks, long lots, long wantedTicks, long wantedLots) {
        boolean wanted = wantedTicks > 0 && wantedLots > 0;
        if (ticks == 0 || lots == 0) {
            return !wanted ? Act.KEEP : nowNanos - lastNanos < refreshNanos ? Act.WAIT : Act.PLACE;
        }
        if (!wanted) {
            return Act.PULL;
        }
        long better = side.sign() * (wantedTicks - ticks);
        if (better <= -moveTicks || wantedLots < lots) {
            return Act.MOVE;
        }
        if (better < moveTicks && wantedLots == lots) {
            return Act.KEEP;
        }
        return nowNanos - lastNanos < refreshNanos ? Act.WAIT : Act.MOVE;
    }
}
