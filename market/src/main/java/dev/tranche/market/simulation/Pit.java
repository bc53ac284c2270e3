package dev.tranche.market.simulation;

import dev.tranche.market.Bar;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Where the orders of one contract meet the market that was recorded: others' book, our standing orders,
/// our position. The market does not see us: what we take stays in the record and is gone for us alone.
final class Pit implements MarketSink {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final int place;
    private final Contract contract;
    private final VenueTerms terms;
    private final Outbox outbox;
    private final FillHistory history;
    private final Moment moment;
    private final Shown shown = new Shown();
    private final Standing bids = new Standing(Side.BUY);
    private final Standing asks = new Standing(Side.SELL);
    private final ArrayDeque<Resting> spare = new ArrayDeque<>();
    private final TradeNumbers told = new TradeNumbers();
    private long position;
    private long trades;
    private boolean closed;

    private boolean whole;
    private boolean speaks;
    private long changeId;

    Pit(int place, Contract contract, VenueTerms terms, Outbox outbox, FillHistory history, Moment moment) {
        this.place = place;
        this.contract = contract;
        this.terms = terms;
        this.outbox = outbox;
        this.history = history;
        this.moment = moment;
    }

    long position() {
        return position;
    }

    void holds(long lots) {
        position = lots;
    }

    /// A fill of before goes on counting; see [SimulatedVenue#remember].
    void remember(long at, long id, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        if (told.take(trade)) {
            trades = Math.max(trades, trade);
            position += side.sign() * lots;
            history.add(at, id, place, trade, side, ticks, lots, fee, maker);
        }
    }

    /// Open orders.
    int open() {
        return bids.size() + asks.size();
    }

    long resting(Side side) {
        Standing ours = standing(side);
        long lots = 0;
        for (int i = 0; i < ours.size(); i++) {
            lots += ours.get(i).rest();
        }
        return lots;
    }

    long best(Side side) {
        return shown.best(side);
    }

    private Standing standing(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    // What we ask for.

    void order(long id, Side side, long ticks, long lots, TimeInForce force, boolean reduceOnly) {
        Rejection refused = refusal(id, side, ticks, lots, force, reduceOnly);
        if (refused != null) {
            outbox.rejected(id, place, refused);
            return;
        }
        Resting order = spare.isEmpty() ? new Resting() : spare.pop();
        order.id = id;
        order.side = side;
        order.ticks = ticks;
        order.lots = lots;
        order.filled = 0;
        order.postOnly = force == TimeInForce.POST_ONLY;
        order.reduceOnly = reduceOnly;
        outbox.accepted(id, place);
        take(order);
        if (order.rest() == 0 || (reduceOnly && reducible(side) == 0)) {
            spare.push(order);
        } else if (force == TimeInForce.IMMEDIATE_OR_CANCEL) {
            outbox.cancelled(id, place, order.filled);
            spare.push(order);
        } else {
            enter(order);
        }
    }

    private void enter(Resting order) {
        Standing side = standing(order.side);
        long lots = shown.lots(order.side, order.ticks);
        int first = side.first(order.ticks);
        // Those before us learn the level too when it was not known to them.
        if (lots >= 0 && first < side.size() && side.get(first).level < 0) {
            side.said(first, moment.now, lots, terms.queue());
        }
        order.enter(moment.now, lots);
        side.add(order);
    }

    private @Nullable Rejection refusal(
            long id, Side side, long ticks, long lots, TimeInForce force, boolean reduceOnly) {
        if (closed || !shown.known()) {
            return Rejection.CLOSED;
        }
        if (!fits(ticks, lots) || find(id) != null) {
            return Rejection.BAD_ORDER;
        }
        if (reduceOnly && reducible(side) == 0) {
            return Rejection.NOT_REDUCING;
        }
        return force == TimeInForce.POST_ONLY && crosses(side, ticks) ? Rejection.WOULD_TAKE : null;
    }

    void amend(long id, long ticks, long lots) {
        Resting order = find(id);
        if (order == null) {
            outbox.amendRefused(id, place, Rejection.NOT_OPEN);
            return;
        }
        if (!fits(ticks, lots) || lots <= order.filled) {
            outbox.amendRefused(id, place, Rejection.BAD_ORDER);
            return;
        }
        if (order.postOnly && crosses(order.side, ticks)) {
            outbox.amendRefused(id, place, Rejection.WOULD_TAKE);
            return;
        }
        if (order.reduceOnly && reducible(order.side) == 0) {
            outbox.amendRefused(id, place, Rejection.NOT_REDUCING);
            over(order);
            return;
        }
        outbox.amended(id, place, ticks, lots);
        boolean keeps = ticks == order.ticks && lots <= order.lots;
        order.lots = lots;
        if (keeps) {
            return;
        }
        standing(order.side).remove(order);
        order.ticks = ticks;
        take(order);
        if (order.rest() == 0 || (order.reduceOnly && reducible(order.side) == 0)) {
            spare.push(order);
        } else {
            enter(order);
        }
    }

    void cancel(long id) {
        Resting order = find(id);
        if (order == null) {
            outbox.cancelRefused(id, place, Rejection.NOT_OPEN);
        } else {
            over(order);
        }
    }

    void cancelAll() {
        while (bids.size() > 0) {
            over(bids.get(0));
        }
        while (asks.size() > 0) {
            over(asks.get(0));
        }
    }

    /// The open orders, the position.
    void truth() {
        for (int i = 0; i < bids.size(); i++) {
            outbox.openOrder(bids.get(i), place);
        }
        for (int i = 0; i < asks.size(); i++) {
            outbox.openOrder(asks.get(i), place);
        }
        if (position != 0) {
            outbox.position(place, position);
        }
    }

    /// Longs pay a share of what the position is worth at the middle of the market; without one, nothing.
    long fund(double rate) {
        double mark = (contract.instrument().price(shown.best(Side.BUY))
                        + contract.instrument().price(shown.best(Side.SELL)))
                / 2;
        if (position == 0 || !(mark > 0)) {
            return 0;
        }
        double quantity = contract.instrument().quantity(position);
        double notional = switch (contract.terms()) {
            case Terms.Linear ignored -> quantity * mark;
            case Terms.Inverse inverse -> quantity * inverse.unit() / mark;
            case Terms.CoinOption ignored -> 0;
        };
        long paid = Math.round(notional * rate * Contract.UNITS);
        outbox.funding(place, moment.now, paid);
        return paid;
    }

    /// The contract ends; what stands is taken back and the position is paid out.
    void settle(long underlyingTicks) {
        cancelAll();
        position = 0;
        closed = true;
        outbox.settled(place, underlyingTicks);
    }

    private boolean fits(long ticks, long lots) {
        return ticks > 0 && ticks % contract.tick() == 0 && lots >= contract.least() && lots % contract.step() == 0;
    }

    private @Nullable Resting find(long id) {
        for (int i = 0; i < bids.size(); i++) {
            if (bids.get(i).id == id) {
                return bids.get(i);
            }
        }
        for (int i = 0; i < asks.size(); i++) {
            if (asks.get(i).id == id) {
                return asks.get(i);
            }
        }
        return null;
    }

    private boolean crosses(Side side, long ticks) {
        long against = shown.best(side.other());
        return against > 0 && side.sign() * (ticks - against) >= 0;
    }

    /// What a side may trade without opening or turning the position.
    private long reducible(Side side) {
        return Math.max(0, -side.sign() * position);
    }

    // Fills.

    /// Takes from the other side what stands at the order's price or better, level by level.
    private void take(Resting order) {
        match(order, false);
    }

    private void match(Resting order, boolean maker) {
        Side against = order.side.other();
        shown.walk(against);
        for (int level = 0; order.rest() > 0; level++) {
            long ticks = shown.ticks(against, level);
            if (ticks == 0 || order.side.sign() * (order.ticks - ticks) < 0) {
                return;
            }
            long free = Math.min(shown.free(against, level), order.rest());
            if (free > 0) {
                long done = fill(order, maker ? order.ticks : ticks, free, maker);
                shown.took(against, ticks, done);
                if (done < free) {
                    return;
                }
            }
        }
    }

    /// Fills an order as far as it may, and ends it when it is whole or has nothing left to reduce.
    private long fill(Resting order, long ticks, long lots, boolean maker) {
        long done = order.reduceOnly ? Math.min(lots, reducible(order.side)) : lots;
        if (done > 0) {
            order.filled += done;
            position += order.side.sign() * done;
            long fee = contract.fee(ticks, done, maker);
            long trade = ++trades;
            history.add(moment.now, order.id, place, trade, order.side, ticks, done, fee, maker);
            outbox.filled(order.id, place, trade, order.side, ticks, done, fee, maker);
        }
        boolean nothingLeft = order.reduceOnly && order.rest() > 0 && reducible(order.side) == 0;
        if (nothingLeft) {
            outbox.cancelled(order.id, place, order.filled);
        }
        if ((order.rest() == 0 || nothingLeft) && standing(order.side).remove(order)) {
            spare.push(order);
        }
        return done;
    }

    private void over(Resting order) {
        standing(order.side).remove(order);
        outbox.cancelled(order.id, place, order.filled);
        spare.push(order);
    }

    /// What stands at or through the other side's best is filled by it.
    private void cross() {
        if (terms.crossing()) {
            cross(bids, Side.BUY);
            cross(asks, Side.SELL);
        }
    }

    private void cross(Standing side, Side ours) {
        while (side.size() > 0 && crosses(ours, side.get(0).ticks)) {
            Resting first = side.get(0);
            match(first, true);
            if (side.size() > 0 && side.get(0) == first) {
                return;
            }
        }
    }

    /// A bar has closed; see [BarFills].
    void bar(Bar bar) {
        double bought = Double.isNaN(bar.takerBuyVolume()) ? bar.volume() / 2 : bar.takerBuyVolume();
        long resting = bar.openMillis() * NANOS_A_MILLI + terms.bars().grace();
        swept(bids, bar.low(), bar.volume() - bought, resting);
        swept(asks, bar.high(), bought, resting);
    }

    private void swept(Standing side, double reached, double volume, long resting) {
        long left =
                (long) (terms.bars().share() * volume / contract.instrument().quantity(1));
        int at = 0;
        while (at < side.size() && left > 0) {
            Resting order = side.get(at);
            if (!(order.side.sign() * (contract.instrument().price(order.ticks) - reached) > 0)) {
                return;
            }
            if (order.arrived <= resting) {
                left -= fill(order, order.ticks, Math.min(left, order.rest()), true);
            }
            at += at < side.size() && side.get(at) == order ? 1 : 0;
        }
    }

    // The market.

    @Override
    public void trade(
            long eventMillis,
            long receivedNanos,
            long tradeId,
            long priceTicks,
            long quantityLots,
            @Nullable Side aggressor) {
        if (aggressor != null) {
            traded(standing(aggressor.other()), priceTicks, quantityLots);
            return;
        }
        long bid = shown.best(Side.BUY);
        long ask = shown.best(Side.SELL);
        if (bid > 0 && priceTicks <= bid) {
            traded(bids, priceTicks, quantityLots);
        } else if (ask > 0 && priceTicks >= ask) {
            traded(asks, priceTicks, quantityLots);
        }
    }

    private void traded(Standing side, long ticks, long lots) {
        long left = lots;
        int at = 0;
        while (at < side.size()) {
            Resting order = side.get(at);
            if (side.better(ticks, order.ticks)) {
                return;
            }
            long reached = order.ticks == ticks ? order.traded(moment.now, lots, left) : Math.min(left, order.rest());
            if (reached > 0) {
                left -= fill(order, order.ticks, reached, true);
            }
            at += at < side.size() && side.get(at) == order ? 1 : 0;
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
        if (shown.top(updateId, bidTicks, bidLots, askTicks, askLots)) {
            best(bids, bidTicks, bidLots);
            best(asks, askTicks, askLots);
            cross();
        }
    }

    private void best(Standing side, long ticks, long lots) {
        int at = 0;
        while (at < side.size()) {
            long ours = side.get(at).ticks;
            if (ours != ticks && ticks != 0 && !side.better(ours, ticks)) {
                return;
            }
            at = side.said(at, moment.now, ours == ticks ? lots : 0, terms.queue());
        }
    }

    @Override
    public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
        long before = shown.book().lastId();
        shown.book().depth(firstId, lastId, previousId);
        speaks = shown.book().valid() && lastId > before;
        changeId = lastId;
        whole = false;
    }

    @Override
    public void snapshot(long eventMillis, long receivedNanos, long lastId) {
        shown.book().snapshot(lastId);
        whole = true;
        speaks = false;
    }

    @Override
    public void level(Side side, long priceTicks, long quantityLots) {
        shown.book().level(side, priceTicks, quantityLots);
        if (!speaks || shown.outdated(changeId, side, priceTicks)) {
            return;
        }
        if (quantityLots == 0) {
            shown.gone(side, priceTicks);
        }
        Standing ours = standing(side);
        int first = ours.first(priceTicks);
        if (first < ours.size()) {
            ours.said(first, moment.now, quantityLots, terms.queue());
        }
    }

    @Override
    public void end() {
        shown.book().end();
        shown.changed();
        if (whole && shown.book().valid()) {
            shown.restored();
            again(bids);
            again(asks);
        }
        cross();
    }

    private void again(Standing side) {
        int at = 0;
        while (at < side.size()) {
            Resting order = side.get(at);
            long lots = shown.lots(order.side, order.ticks);
            at = lots < 0 ? at + 1 : side.said(at, moment.now, lots, terms.queue());
        }
    }

    /// What the feed lacks shows in the ids of the book.
    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {}
}
