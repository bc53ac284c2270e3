package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Booking;
import dev.tranche.market.account.Intent;
import dev.tranche.market.order.OrderEvent;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.risk.Activity;
import dev.tranche.market.risk.Refusal;
import org.jspecify.annotations.Nullable;

/// Sends orders, each through the checks, and follows each through its life by what the venues say. One
/// writer; nothing is allocated.
final class Dealer {
    private static final long PLACED = 1;
    private static final long AMENDED = 2;
    private static final long CANCELLED = 3;

    private final Floor floor;
    private final Orders orders;
    /// The seat that an order is the quote of; none for hedges, and for quotes that are not wanted any more.
    private final @Nullable Seat[] seats;
    private long sequence;
    private long sent;

    Dealer(Floor floor) {
        this.floor = floor;
        this.orders = floor.orders;
        this.seats = new Seat[floor.terms.orders()];
        this.sequence = floor.terms.firstSequence();
    }

    /// Sends a new order, when it passes the checks.
    ///
    /// @return its slot; [Orders#NONE] when it was not sent
    int place(
            @Nullable Seat seat,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            TimeInForce force,
            Intent intent) {
        long id = Orders.id(sequence, strategy);
        Refusal refusal = floor.gate.check(floor.now, id, strategy, contract, side, ticks, lots, activity(intent));
        if (refusal != Refusal.NONE) {
            floor.told.refused(floor.now, strategy, contract, intent, side, ticks, lots, refusal);
            return Orders.NONE;
        }
        int slot = orders.open(floor.now, id, contract, side, ticks, lots, intent);
        if (slot == Orders.NONE) {
            floor.gate.closed(id);
            floor.notice(Notice.NO_SLOT, contract, orders.open(), floor.terms.orders());
            return Orders.NONE;
        }
        sequence++;
        sent++;
        seats[slot] = seat;
        floor.heard.add(PLACED).add(id).add(ticks).add(lots);
        floor.out.place(id, contract, side, ticks, lots, force, intent == Intent.LIQUIDATION);
        return slot;
    }

    /// Asks for another price and whole quantity.
    ///
    /// @return false when it did not pass the checks and was not sent
    boolean amend(int slot, long ticks, long lots) {
        long id = orders.id(slot);
        Refusal refusal = floor.gate.checkAmend(floor.now, id, ticks, lots, activity(orders.intent(slot)));
        if (refusal != Refusal.NONE) {
            floor.told.refused(
                    floor.now,
                    orders.strategy(slot),
                    orders.contract(slot),
                    orders.intent(slot),
                    orders.side(slot),
                    ticks,
                    lots,
                    refusal);
            return false;
        }
        OrderState before = orders.state(slot);
        orders.amendAsked(slot, floor.now, ticks, lots);
        tell(slot, before);
        floor.heard.add(AMENDED).add(id).add(ticks).add(lots);
        floor.out.amend(id, orders.contract(slot), ticks, lots);
        return true;
    }

    /// Asks for a cancel; the order is nobody's quote any more.
    void drop(int slot) {
        disown(slot);
        cancel(slot);
    }

    private void cancel(int slot) {
        OrderState before = orders.state(slot);
        orders.cancelAsked(slot, floor.now);
        tell(slot, before);
        floor.heard.add(CANCELLED).add(orders.id(slot));
        floor.out.cancel(orders.id(slot), orders.contract(slot));
    }

    /// The order is nobody's quote any more; its cancel is asked for once that is of use.
    void disown(int slot) {
        seats[slot] = null;
    }

    /// Asks for the cancel of every open order.
    void cancelEverything() {
        for (int slot = orders.firstOpen(); slot != Orders.NONE; slot = orders.nextOpen(slot)) {
            Seat seat = seats[slot];
            if (seat != null) {
                seat.lost(slot);
            }
            drop(slot);
        }
    }

    /// Looks after what was asked and not answered: it becomes unknown; and after what is not wanted and still
    /// open: its cancel is asked for again.
    void sweep() {
        long limit = floor.terms.acknowledge().toNanos();
        int next;
        for (int slot = orders.firstOpen(); slot != Orders.NONE; slot = next) {
            next = orders.nextOpen(slot);
            if (floor.now - orders.askedAt(slot) <= limit) {
                continue;
            }
            Venue venue = floor.venueOf(orders.contract(slot));
            if (orders.state(slot).pending()) {
                floor.notice(Notice.UNACKNOWLEDGED, orders.contract(slot), orders.id(slot), 0);
                on(slot, OrderEvent.LATE);
                venue.ask();
            } else if (venue.heard() && unwanted(slot)) {
                cancel(slot);
            }
        }
    }

    /// Quotes without a seat, whatever is unknown, and after a kill everything.
    private boolean unwanted(int slot) {
        return orders.state(slot) == OrderState.UNKNOWN
                || (seats[slot] == null && orders.intent(slot) == Intent.QUOTE)
                || !floor.breaker().allows(activity(orders.intent(slot)));
    }

    /// Everything that is open at a venue is unknown until it is heard again.
    void disconnected(int venue) {
        int next;
        for (int slot = orders.firstOpen(); slot != Orders.NONE; slot = next) {
            next = orders.nextOpen(slot);
            if (floor.contracts.venue(orders.contract(slot)) == venue) {
                on(slot, OrderEvent.DISCONNECTED);
            }
        }
    }

    void accepted(long id) {
        int slot = orders.find(id);
        if (slot != Orders.NONE) {
            orders.acknowledge(slot);
            on(slot, OrderEvent.ACCEPTED);
        }
    }

    void rejected(long id, int contract, Rejection why) {
        int slot = orders.find(id);
        if (slot == Orders.NONE) {
            return;
        }
        floor.told.rejected(floor.now, id, contract, why);
        Seat seat = seats[slot];
        if (orders.acknowledged(slot)) {
            on(slot, OrderEvent.CONTRADICTED);
            floor.venueOf(contract).ask();
        } else {
            if (seat != null) {
                seat.refused(why);
            }
            on(slot, OrderEvent.REJECTED);
        }
    }

    void amended(long id, long ticks, long lots) {
        int slot = orders.find(id);
        if (slot != Orders.NONE && orders.state(slot).open()) {
            orders.rests(slot, ticks, lots);
            floor.gate.amended(id, ticks, lots);
            on(slot, OrderEvent.AMENDED);
        }
    }

    void amendRefused(long id, Rejection why) {
        int slot = orders.find(id);
        if (slot == Orders.NONE || !orders.state(slot).open()) {
            return;
        }
        if (why == Rejection.NOT_OPEN) {
            notOpen(slot);
            return;
        }
        Seat seat = seats[slot];
        if (seat != null) {
            seat.refused(why);
        }
        orders.asBefore(slot);
        floor.gate.amendRefused(id);
        on(slot, OrderEvent.AMEND_REFUSED);
    }

    void cancelRefused(long id, Rejection why) {
        int slot = orders.find(id);
        if (slot == Orders.NONE || !orders.state(slot).open()) {
            return;
        }
        if (why == Rejection.NOT_OPEN) {
            notOpen(slot);
        } else {
            on(slot, OrderEvent.CANCEL_REFUSED);
        }
    }

    private void notOpen(int slot) {
        on(slot, OrderEvent.NOT_OPEN);
        floor.venueOf(orders.contract(slot)).ask();
    }

    void cancelled(long id, long filledLots) {
        int slot = orders.find(id);
        if (slot == Orders.NONE) {
            return;
        }
        if (filledLots > orders.filled(slot)) {
            if (orders.state(slot).open()) {
                orders.endsAt(slot, filledLots);
                floor.gate.amended(id, orders.ticks(slot), filledLots);
            }
            on(slot, OrderEvent.CANCELLED_AHEAD);
            floor.venueOf(orders.contract(slot)).ask();
        } else {
            on(slot, OrderEvent.CANCELLED);
        }
    }

    /// A fill: once into the account, whatever the order says to it.
    void filled(long id, int contract, long tradeId, Side side, long ticks, long lots, long fee, boolean maker) {
        int slot = orders.find(id);
        if (slot != Orders.NONE && orders.contract(slot) != contract) {
            slot = Orders.NONE;
        }
        boolean ours = slot != Orders.NONE || issued(id);
        int strategy = ours ? Orders.strategy(id) : floor.ledger.house();
        Intent intent = slot != Orders.NONE ? orders.intent(slot) : Intent.QUOTE;
        Booking booking = floor.ledger.fill(floor.now, strategy, contract, tradeId, side, ticks, lots, fee, intent);
        switch (booking) {
            case REPEATED, AWAITED -> {}
            case CONFLICTING, UNDECIDED -> {
                floor.notice(Notice.DISPUTED_FILL, contract, tradeId, id);
                floor.venueOf(contract).ask();
            }
            case BOOKED -> {
                floor.told.filled(floor.now, strategy, contract, id, tradeId, side, ticks, lots, fee, maker, intent);
                if (!ours) {
                    floor.notice(Notice.FOREIGN_FILL, contract, tradeId, id);
                }
                floor.venueOf(contract).filled(contract, tradeId, side.sign() * lots);
                if (slot != Orders.NONE) {
                    fillOrder(slot, tradeId, lots);
                } else if (ours) {
                    floor.notice(Notice.LATE_FILL, contract, tradeId, id);
                }
                moved(strategy, contract);
            }
        }
    }

    private void fillOrder(int slot, long tradeId, long lots) {
        long id = orders.id(slot);
        floor.gate.filled(floor.now, id, orders.strategy(slot), lots);
        if (!orders.state(slot).open()) {
            floor.notice(Notice.LATE_FILL, orders.contract(slot), tradeId, id);
        }
        OrderEvent event = orders.fill(slot, lots);
        long whole = Math.max(orders.lots(slot), orders.askedLots(slot));
        if (orders.filled(slot) > whole) {
            floor.notice(Notice.OVERFILL, orders.contract(slot), orders.filled(slot), whole);
        }
        on(slot, event);
    }

    /// Whether an id was given to an order, though its slot is gone.
    private boolean issued(long id) {
        long at = Orders.sequence(id);
        return at >= floor.terms.firstSequence() && at < sequence && Orders.strategy(id) < floor.terms.strategies();
    }

    /// A position changed: who quotes or hedges with it looks again.
    void moved(int strategy, int contract) {
        Strategy whose = strategy < floor.strategies.length ? floor.strategies[strategy] : null;
        if (whose != null) {
            whose.moved(contract);
        }
    }

    /// An order is open at the venue by its truth.
    void seen(int slot, long ticks, long lots, long asOfNanos) {
        if (!orders.state(slot).open()) {
            if (orders.overAt(slot) <= asOfNanos) {
                floor.notice(Notice.RISEN, orders.contract(slot), orders.id(slot), 0);
                on(slot, OrderEvent.SEEN);
                cancel(slot);
            }
        } else if (orders.askedAt(slot) <= asOfNanos) {
            orders.rests(slot, ticks, Math.max(lots, orders.filled(slot)));
            floor.gate.amended(orders.id(slot), ticks, lots);
            on(slot, OrderEvent.SEEN);
        } else {
            orders.acknowledge(slot);
        }
    }

    /// An open order is not in the venue's truth, which would know it.
    void absent(int slot) {
        floor.notice(Notice.VANISHED, orders.contract(slot), orders.id(slot), orders.filled(slot));
        on(slot, OrderEvent.ABSENT);
    }

    /// Moves an order on, and with it what is kept of it elsewhere.
    private void on(int slot, OrderEvent event) {
        OrderState before = orders.state(slot);
        OrderState after = orders.on(slot, event, floor.now);
        if (before == after) {
            return;
        }
        floor.told.order(floor.now, orders.id(slot), orders.contract(slot), before, after);
        Seat seat = seats[slot];
        if (before.open() && !after.open()) {
            floor.gate.closed(orders.id(slot));
            seats[slot] = null;
            if (seat != null) {
                seat.lost(slot);
            }
        } else if (!before.open() && after.open()) {
            floor.gate.found(
                    floor.now,
                    orders.id(slot),
                    orders.strategy(slot),
                    orders.contract(slot),
                    orders.side(slot),
                    orders.ticks(slot),
                    Math.max(orders.lots(slot), orders.askedLots(slot)),
                    orders.filled(slot));
        }
        if (seat != null) {
            seat.requote();
        } else {
            floor.markets.get(orders.contract(slot)).room(orders.strategy(slot));
        }
    }

    private void tell(int slot, OrderState before) {
        OrderState after = orders.state(slot);
        if (before != after) {
            floor.told.order(floor.now, orders.id(slot), orders.contract(slot), before, after);
        }
    }

    /// Orders sent so far.
    long sent() {
        return sent;
    }

    void digest(Digest into) {
        into.add(sequence).add(sent).add(orders.hash());
    }

    static Activity activity(Intent intent) {
        return switch (intent) {
            case QUOTE -> Activity.MARKET_MAKING;
            case HEDGE -> Activity.HEDGING;
            case LIQUIDATION -> Activity.LIQUIDATION;
        };
    }
}
