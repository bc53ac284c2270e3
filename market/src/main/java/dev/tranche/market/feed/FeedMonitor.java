package dev.tranche.market.feed;

import dev.tranche.market.Side;
import org.jspecify.annotations.Nullable;

/// Stands between a decoder and whoever uses the events: passes on what is sound and names what is not. A
/// fault is said before the event it was found at; what follows from it is its [Fault.Consequence].
///
/// Ids are followed for trades, for changes of the book and for the best bid and ask apart; times for each of
/// these streams apart too, since venues send them on different paths. One writer, nothing allocated.
public final class FeedMonitor implements MarketSink {
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final long NOT_SEEN = Long.MIN_VALUE;

    private final FeedLimits limits;
    private final MarketSink next;
    private final Stamp trades = new Stamp();
    private final Stamp tops = new Stamp();
    private final Stamp depths = new Stamp();
    private long lastHeard = UNKNOWN;
    private boolean silenceSaid;
    private long latency = NOT_SEEN;
    private boolean behind;
    private long clockBehind;
    private boolean dropping;

    private long repeatPrice;
    private long repeatLots;
    private @Nullable Side repeatSide;

    private FeedMonitor(FeedLimits limits, MarketSink next) {
        this.limits = limits;
        this.next = next;
    }

    public static FeedMonitor before(FeedLimits limits, MarketSink next) {
        return new FeedMonitor(limits, next);
    }

    /// How far the receiver's clock stood behind the venue's at most, by the events so far, in milliseconds;
    /// 0 when every event was received after it happened.
    public long clockBehindMillis() {
        return clockBehind;
    }

    /// Time has come this far though nothing happened: says [Fault#SILENCE] once when the limit is passed.
    ///
    /// @param nowMillis on the venue's clock, epoch milliseconds
    public void quiet(long nowMillis) {
        if (lastHeard != UNKNOWN && !silenceSaid && nowMillis - lastHeard > limits.silenceMillis()) {
            silenceSaid = true;
            next.fault(Fault.SILENCE, nowMillis, UNKNOWN, nowMillis - lastHeard, limits.silenceMillis());
        }
    }

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        heard(eventMillis, receivedNanos);
        if (!sound(trades, tradeId, eventMillis, receivedNanos)) {
            return;
        }
        if (tradeId == UNKNOWN) {
            boolean repeated = limits.repeatsAreFaults()
                    && eventMillis == trades.millis
                    && priceTicks == repeatPrice
                    && quantityLots == repeatLots
                    && aggressor == repeatSide;
            repeatPrice = priceTicks;
            repeatLots = quantityLots;
            repeatSide = aggressor;
            if (repeated) {
                next.fault(Fault.REPEAT, eventMillis, receivedNanos, eventMillis, eventMillis);
                return;
            }
        } else {
            continued(tradeId, eventMillis, receivedNanos);
        }
        trades.at(tradeId, eventMillis);
        next.trade(eventMillis, receivedNanos, tradeId, priceTicks, quantityLots, aggressor);
    }

    @Override
    public void noTrade(long eventMillis, long receivedNanos, long tradeId) {
        heard(eventMillis, receivedNanos);
        if (sound(trades, tradeId, eventMillis, receivedNanos)) {
            continued(tradeId, eventMillis, receivedNanos);
            trades.at(tradeId, eventMillis);
            next.noTrade(eventMillis, receivedNanos, tradeId);
        }
    }

    @Override
    public void top(
            long eventMillis,
            long receivedNanos,
            long updateId,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots) {
        heard(eventMillis, receivedNanos);
        if (!sound(tops, updateId, eventMillis, receivedNanos)) {
            return;
        }
        tops.at(updateId, eventMillis);
        if (bidLots > 0 && askLots > 0 && bidTicks >= askTicks) {
            next.fault(Fault.CROSSED_BOOK, eventMillis, receivedNanos, bidTicks, askTicks);
            return;
        }
        next.top(eventMillis, receivedNanos, updateId, bidTicks, bidLots, askTicks, askLots);
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        heard(eventMillis, receivedNanos);
        dropping = !sound(depths, lastId, eventMillis, receivedNanos);
        if (dropping) {
            return;
        }
        if (depths.id != UNKNOWN) {
            boolean spot = previousId == UNKNOWN;
            if (spot ? firstId > depths.id + 1 : previousId != depths.id) {
                long found = spot ? firstId : previousId;
                next.fault(Fault.SEQUENCE_BREAK, eventMillis, receivedNanos, found, depths.id);
            }
        }
        depths.at(lastId, eventMillis);
        next.depth(eventMillis, receivedNanos, firstId, lastId, previousId);
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        heard(eventMillis, receivedNanos);
        dropping = false;
        // A whole book begins the changes anew: whether the next one continues it, the book itself checks.
        depths.forget();
        next.snapshot(eventMillis, receivedNanos, lastId);
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        if (!dropping) {
            next.level(side, priceTicks, quantityLots);
        }
    }

    @Override
    public void end() {
        if (!dropping) {
            next.end();
        }
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        next.fault(fault, eventMillis, receivedNanos, found, expected);
    }

    /// Whether an event is news in its stream.
    private boolean sound(Stamp stream, long id, long eventMillis, long receivedNanos) {
        if (id != UNKNOWN && stream.id != UNKNOWN && id <= stream.id) {
            if (stream.id - id < limits.restartIds()) {
                next.fault(Fault.DUPLICATE, eventMillis, receivedNanos, id, stream.id);
                return false;
            }
            restart(eventMillis, receivedNanos, id, stream.id);
        }
        if (eventMillis != UNKNOWN && stream.millis != UNKNOWN && eventMillis < stream.millis) {
            if (stream.millis - eventMillis > limits.jumpMillis()) {
                restart(eventMillis, receivedNanos, eventMillis, stream.millis);
            } else {
                next.fault(Fault.OUT_OF_ORDER, eventMillis, receivedNanos, eventMillis, stream.millis);
            }
        }
        return true;
    }

    private void restart(long eventMillis, long receivedNanos, long found, long expected) {
        trades.forget();
        tops.forget();
        depths.forget();
        lastHeard = eventMillis;
        next.fault(Fault.RESTART, eventMillis, receivedNanos, found, expected);
    }

    private void continued(long tradeId, long eventMillis, long receivedNanos) {
        if (trades.id != UNKNOWN && tradeId != trades.id + 1) {
            next.fault(Fault.GAP, eventMillis, receivedNanos, tradeId, trades.id + 1);
        }
    }

    private void heard(long eventMillis, long receivedNanos) {
        if (eventMillis == UNKNOWN) {
            return;
        }
        if (receivedNanos != UNKNOWN) {
            clock(eventMillis, receivedNanos);
        }
        if (lastHeard != UNKNOWN && !silenceSaid && eventMillis - lastHeard > limits.silenceMillis()) {
            next.fault(Fault.SILENCE, eventMillis, receivedNanos, eventMillis - lastHeard, limits.silenceMillis());
        }
        silenceSaid = false;
        lastHeard = Math.max(lastHeard, eventMillis);
    }

    private void clock(long eventMillis, long receivedNanos) {
        long took = Math.floorDiv(receivedNanos, NANOS_A_MILLI) - eventMillis;
        if (latency != NOT_SEEN && Math.abs(took - latency) > limits.jumpMillis()) {
            next.fault(Fault.CLOCK_JUMP, eventMillis, receivedNanos, took, latency);
        }
        latency = took;
        clockBehind = Math.max(clockBehind, -took);
        if (took < -limits.clockMillis()) {
            if (!behind) {
                behind = true;
                next.fault(Fault.CLOCK_BEHIND, eventMillis, receivedNanos, took, -limits.clockMillis());
            }
        } else if (took >= 0) {
            behind = false;
        }
    }

    /// Where a stream of events stands.
    private static final class Stamp {
        private long id = UNKNOWN;
        private long millis = UNKNOWN;

        private void at(long newId, long newMillis) {
            id = newId;
            millis = Math.max(millis, newMillis);
        }

        private void forget() {
            id = UNKNOWN;
            millis = UNKNOWN;
        }
    }
}
