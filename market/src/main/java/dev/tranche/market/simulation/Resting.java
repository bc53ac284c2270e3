package dev.tranche.market.simulation;

import dev.tranche.market.Side;

/// An order of ours at the venue. `level` is what others show at its price, `ahead` the part of it before us;
/// both unknown (below 0, infinite) until the market said the level.
final class Resting {
    long id;
    Side side = Side.BUY;
    long ticks;
    long lots;
    long filled;
    boolean postOnly;
    boolean reduceOnly;
    long arrived;
    double ahead;
    long level;
    /// Traded at the price since the level was said, and when last.
    long traded;
    long tradedAt;
    /// What our own earlier orders took in place of others who stood ahead, and who so still stand.
    long spared;

    long rest() {
        return lots - filled;
    }

    void enter(long now, long shown) {
        arrived = now;
        level = shown;
        ahead = shown < 0 ? Double.POSITIVE_INFINITY : (double) shown;
        traded = 0;
        tradedAt = Long.MIN_VALUE;
        spared = 0;
    }

    /// Others show so much at the price now.
    void said(long now, long shown, QueueModel queue) {
        if (level < 0) {
            ahead = Math.min(ahead, (double) shown);
        } else {
            double behind = Math.max(0, (double) (level - traded) - ahead);
            long fall = level - shown;
            // Within the moment of a trade, only as much as it took; later, all that it took is in the level.
            long explained = now > tradedAt ? traded : Math.clamp(fall, 0, traded);
            traded -= explained;
            if (fall > explained) {
                ahead = queue.ahead(ahead, behind, (double) (fall - explained));
            }
            if (shown == 0) {
                spared = 0;
            }
            ahead = Math.min(ahead, (double) (shown + spared));
        }
        level = shown;
    }

    /// A trade at the price, of which `left` reaches the queue that others and we stand in.
    ///
    /// @return what of it reaches us
    long traded(long now, long whole, long left) {
        long reached = left - (long) Math.ceil(Math.min(ahead, (double) left));
        ahead = Math.max(0, ahead - (double) left);
        traded += whole;
        tradedAt = now;
        spared += whole - left;
        return Math.min(reached, rest());
    }
}
