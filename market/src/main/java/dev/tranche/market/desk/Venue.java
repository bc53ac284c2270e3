package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.order.Orders;
import java.util.Arrays;

/// One venue: whether it can be heard, and its truth, asked for on each connection, from time to time, and
/// whenever something does not add up. One writer.
///
/// What a truth settles, at its end: an open order of ours that it does not have, and that reached the venue
/// before it was taken, is over; fills that nobody had told are booked, each once, by the same door as all fills; a
/// position has to be ours. Fills heard after it was taken may or may not be in its position, so it agrees when
/// it is ours less some of the latest of those. One that differs is asked for again with all fills since the
/// desk began. It is quoted on meanwhile only as long as fills of our open orders that are still on their way to
/// us could be the difference, and until the next look at the most; when it still differs the third time, or
/// nothing was heard for five seconds, the risk counts as not measured too, until it agrees or a person books
/// the difference (decision 0120).
final class Venue {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long SPACING = 1_000_000_000L;
    private static final long OVERLAP = 60_000_000_000L;
    /// A difference that a fill on its way could be is quoted on until this look.
    private static final int DOUBTED_LOOKS = 2;

    private static final int MOST_LOOKS = 3;
    /// A difference that no truth has settled for so long counts as one that stays.
    private static final long MOST_DOUBT = 5_000_000_000L;
    private static final int RECENT = 64;

    private final Floor floor;
    private final int place;
    private final long[] said;
    /// Positions of the truth that is being said; they count once it is complete.
    private final long[] saying;
    /// What the last truth had more than ours, in lots.
    private final long[] apart;
    private final int[] looks;
    private final long[] differsSince;
    private final int[] rounds;
    private final long[] recentAt = new long[RECENT];
    private final long[] recentLots = new long[RECENT];
    private final int[] recentContract = new int[RECENT];
    private long recent;
    private boolean connected;
    private boolean complete;
    private boolean wanted;
    private boolean asked;
    private boolean hearing;
    private boolean wide;
    private boolean foreignCancelled;
    private long askedAt = NEVER;
    private long asOf = NEVER;
    private long lastAsOf = NEVER;
    private long since = NEVER;
    private int round;

    Venue(Floor floor, int place) {
        this.floor = floor;
        this.place = place;
        this.said = new long[floor.contracts.size()];
        this.saying = new long[floor.contracts.size()];
        this.apart = new long[floor.contracts.size()];
        this.looks = new int[floor.contracts.size()];
        this.differsSince = new long[floor.contracts.size()];
        this.rounds = new int[floor.terms.orders()];
    }

    /// Whether it can be heard and its truth is known, so that it may be quoted on.
    boolean ready() {
        return connected && complete;
    }

    boolean heard() {
        return connected;
    }

    /// When the last truth was taken; far in the past before the first.
    long lastTruth() {
        return lastAsOf;
    }

    /// Whether a truth was ever told to its end.
    boolean told() {
        return lastAsOf != NEVER;
    }

    /// The position of a contract by the last complete truth, in lots; means nothing before it was [#told].
    long said(int contract) {
        return said[contract];
    }

    /// What the venue has more than ours by its last complete truth, in lots; fills heard since count for both.
    long apart(int contract) {
        return apart[contract];
    }

    /// The difference was booked.
    void adopted(int contract) {
        apart[contract] = 0;
    }

    void connected() {
        connected = true;
        complete = false;
        asked = false;
        hearing = false;
        askedAt = NEVER;
        Arrays.fill(looks, 0);
        floor.notice(Notice.VENUE, -1, 1, place);
        for (Market market : floor.markets) {
            if (floor.contracts.venue(market.place()) == place) {
                market.reconnected();
            }
        }
        ask();
    }

    void disconnected() {
        if (connected) {
            floor.notice(Notice.VENUE, -1, 0, place);
        }
        connected = false;
        complete = false;
        asked = false;
        hearing = false;
        floor.dealer.disconnected(place);
        requote();
    }

    /// Wants the truth, as soon as may be.
    void ask() {
        wanted = true;
        boolean soon = askedAt == NEVER || floor.now - askedAt >= SPACING;
        if (!connected || asked || !soon) {
            return;
        }
        if (since == NEVER) {
            since = floor.now;
        }
        wanted = false;
        asked = true;
        askedAt = floor.now;
        long from = wide || lastAsOf < since + OVERLAP ? since : lastAsOf - OVERLAP;
        floor.heard.add(from).add((long) place);
        floor.out.reconcile(place, from);
    }

    void time() {
        long patience = 10 * floor.terms.acknowledge().toNanos();
        if (asked && floor.now - askedAt > patience) {
            floor.notice(Notice.NO_TRUTH, -1, floor.now - askedAt, patience);
            asked = false;
            hearing = false;
            wanted = true;
        }
        if (wanted
                || (connected
                        && !asked
                        && floor.now - askedAt >= floor.terms.reconcile().toNanos())) {
            ask();
        }
        for (int i = 0; i < looks.length; i++) {
            if (connected && looks[i] > 0 && floor.now - differsSince[i] >= MOST_DOUBT) {
                stays(i, floor.ledger.lots(floor.ledger.whole(), i));
            }
        }
    }

    void truth(long takenNanos) {
        hearing = true;
        foreignCancelled = false;
        asOf = Math.min(takenNanos, floor.now); // a venue's clock may be ahead: what is yet to come is not in it
        round++;
        Arrays.fill(saying, 0);
    }

    void openOrder(long id, int contract, Side side, long ticks, long lots) {
        int slot = id == 0 ? Orders.NONE : floor.orders.find(id);
        if (slot != Orders.NONE && floor.orders.contract(slot) == contract && floor.orders.side(slot) == side) {
            rounds[slot] = round;
            floor.dealer.seen(slot, ticks, lots, asOf);
            return;
        }
        floor.notice(Notice.FOREIGN_ORDER, contract, id, lots);
        if (id != 0) {
            floor.out.cancel(id, contract);
        } else if (!foreignCancelled) {
            foreignCancelled = true;
            floor.out.cancelAll(contract);
        }
    }

    void position(int contract, long lots) {
        saying[contract] = lots;
        if (!hearing) {
            said[contract] = lots;
        }
    }

    /// A fill was booked.
    void filled(int contract, long tradeId, long signedLots) {
        int at = (int) (recent++ % RECENT);
        recentAt[at] = floor.now;
        recentContract[at] = contract;
        recentLots[at] = signedLots;
        if (hearing) {
            floor.notice(Notice.MISSED_FILL, contract, tradeId, signedLots);
        }
    }

    void truthEnds() {
        if (!hearing) {
            return;
        }
        hearing = false;
        asked = false;
        int next;
        for (int slot = floor.orders.firstOpen(); slot != Orders.NONE; slot = next) {
            next = floor.orders.nextOpen(slot);
            if (floor.contracts.venue(floor.orders.contract(slot)) == place
                    && rounds[slot] != round
                    && floor.orders.placedAt(slot) <= asOf
                    && !overtaken(slot)) {
                floor.dealer.absent(slot);
            }
        }
        lastAsOf = asOf;
        complete = true;
        wide = false;
        for (int i = 0; i < said.length; i++) {
            if (floor.contracts.venue(i) == place) {
                said[i] = saying[i];
                compare(i);
            }
        }
        floor.doubts();
        requote();
    }

    /// Whether the question for the truth may have come before an order that was sent earlier, as on venues that
    /// are asked on another connection. One that is not answered in time is unknown then, and asked for again.
    private boolean overtaken(int slot) {
        return floor.orders.state(slot).pending()
                && !floor.orders.acknowledged(slot)
                && asOf - floor.orders.placedAt(slot)
                        <= floor.terms.acknowledge().toNanos();
    }

    private void compare(int contract) {
        Market market = floor.markets.get(contract);
        long ours = floor.ledger.lots(floor.ledger.whole(), contract);
        if (market.expired() || explained(contract, ours)) {
            market.doubtful(false);
            if (market.reconciled(true)) {
                floor.notice(Notice.RECONCILED, contract, said[contract], ours);
            }
            looks[contract] = 0;
            apart[contract] = 0;
            return;
        }
        wide = true;
        apart[contract] = said[contract] - ours;
        differsSince[contract] = looks[contract] == 0 ? floor.now : differsSince[contract];
        looks[contract]++;
        if (looks[contract] < MOST_LOOKS && market.reconciled()) {
            floor.notice(Notice.POSITION_DIFFERS, contract, said[contract], ours);
            market.doubtful(looks[contract] >= DOUBTED_LOOKS || !onTheWay(contract, apart[contract]));
            wanted = true;
        } else {
            stays(contract, ours);
        }
    }

    /// The difference of a contract is not settled: the risk is in doubt as well.
    private void stays(int contract, long ours) {
        Market market = floor.markets.get(contract);
        market.doubtful(true);
        if (market.reconciled(false)) {
            floor.notice(Notice.UNRECONCILED, contract, said[contract], ours);
            floor.doubts();
            market.requote();
        }
    }

    /// Whether fills of orders that are open as far as we know, heard by the venue and not yet by us, could be
    /// the difference.
    ///
    /// @param lots that the venue has more than we; below 0 for less
    private boolean onTheWay(int contract, long lots) {
        long left = Math.abs(lots);
        for (int slot = floor.orders.firstOpen(); slot != Orders.NONE; slot = floor.orders.nextOpen(slot)) {
            if (floor.orders.contract(slot) == contract
                    && floor.orders.side(slot) == (lots > 0 ? Side.BUY : Side.SELL)) {
                left -= floor.orders.rest(slot);
            }
        }
        return left <= 0;
    }

    /// Whether the venue's position is ours but for the latest fills that were heard after it was taken.
    private boolean explained(int contract, long ours) {
        long left = ours;
        if (left == said[contract]) {
            return true;
        }
        for (long i = recent - 1; i >= Math.max(0, recent - RECENT); i--) {
            int at = (int) (i % RECENT);
            if (recentAt[at] <= asOf) {
                return false;
            }
            if (recentContract[at] == contract) {
                left -= recentLots[at];
                if (left == said[contract]) {
                    return true;
                }
            }
        }
        return false;
    }

    private void requote() {
        for (Market market : floor.markets) {
            if (floor.contracts.venue(market.place()) == place) {
                market.requote();
            }
        }
    }

    void digest(Digest into) {
        into.add(connected).add(complete).add(wanted).add(asked).add(hearing).add(wide);
        into.add(askedAt).add(asOf).add(lastAsOf).add(since).add((long) round).add(recent);
        for (int i = 0; i < said.length; i++) {
            into.add(said[i])
                    .add(saying[i])
                    .add((long) looks[i])
                    .add(differsSince[i])
                    .add(apart[i]);
        }
    }
}
