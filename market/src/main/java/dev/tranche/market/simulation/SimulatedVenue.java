package dev.tranche.market.simulation;

import dev.tranche.market.Bar;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Venues that would have answered our orders, made from the market data of real ones: the back-test's, and
/// with data as it comes the paper venue's. It is told the time, the market and our orders, and says what a
/// venue says, when it would be heard. Chance is handed in, so the same inputs give the same answers.
///
/// A resting order is filled by trades alone: those at its price once what stood ahead is used up, those
/// through its price at once; never more lots than the trade had, shared among our orders by price and then
/// time. (With [VenueTerms#crossing] an opposing quote at or through its price fills it too.) What stands
/// ahead is everything shown at the price on arrival; trades take from the front, and where others cancel is
/// the [QueueModel]'s. An order that takes walks the levels shown. Nobody reacts to us.
///
/// A feed that says the book before the trade that changed it makes a queue look shorter than it is; the
/// back-test puts trades first within a millisecond.
///
/// Usage: `time(now, reports)`, then what happens at that moment. An order sent is stamped with the time last
/// told. Nothing is allocated in the steady state. One thread. Hot: `tranche bench market`.
public final class SimulatedVenue implements OrderSink {
    private static final double NANOS_A_SECOND = 1e9;

    private static final int PLACE = 0;
    private static final int AMEND = 1;
    private static final int CANCEL = 2;
    private static final int CANCEL_ALL = 3;
    private static final int RECONCILE = 4;

    private final Contracts contracts;
    private final List<VenueTerms> terms;
    private final List<Funding> funding;
    private final RandomGenerator chance;
    private final Moment moment = new Moment();
    private final Pit[] pits;
    private final Lane[] inward;
    private final Outbox[] outward;
    private final FillHistory[] histories;
    private final int[] funded;
    private final double[] tokens;
    private final long[] tokensAt;
    private final List<Payment> payments = new ArrayList<>();
    private final long[] row = new long[Lane.WORDS];

    /// Funding that fell due.
    private record Payment(int contract, long due, long paid) {}

    private SimulatedVenue(Contracts contracts, List<VenueTerms> terms, List<Funding> funding, RandomGenerator chance) {
        this.contracts = contracts;
        this.terms = terms;
        this.funding = funding;
        this.chance = chance;
        int venues = contracts.venues().size();
        this.inward = new Lane[venues];
        this.outward = new Outbox[venues];
        this.histories = new FillHistory[venues];
        this.tokens = new double[venues];
        this.tokensAt = new long[venues];
        for (int venue = 0; venue < venues; venue++) {
            inward[venue] = new Lane();
            outward[venue] = new Outbox(venue, terms.get(venue).response(), chance, moment);
            histories[venue] = new FillHistory();
            tokens[venue] = terms.get(venue).burst();
        }
        this.pits = new Pit[contracts.size()];
        this.funded = new int[contracts.size()];
        for (int i = 0; i < pits.length; i++) {
            int venue = contracts.venue(i);
            pits[i] = new Pit(i, contracts.get(i), terms.get(venue), outward[venue], histories[venue], moment);
        }
        schedule();
    }

    /// @param terms one for each of [Contracts#venues]
    /// @param funding one for each contract
    /// @param chance for the latencies and refusals
    public static SimulatedVenue of(
            Contracts contracts, List<VenueTerms> terms, List<Funding> funding, RandomGenerator chance) {
        if (terms.size() != contracts.venues().size() || funding.size() != contracts.size()) {
            throw new IllegalArgumentException("there must be terms for each of "
                    + contracts.venues().size() + " venues and funding for each of " + contracts.size()
                    + " contracts: " + terms.size() + ", " + funding.size());
        }
        return new SimulatedVenue(contracts, List.copyOf(terms), List.copyOf(funding), chance);
    }

    /// The same terms everywhere, no funding.
    public static SimulatedVenue of(Contracts contracts, VenueTerms terms, RandomGenerator chance) {
        VenueTerms[] all = new VenueTerms[contracts.venues().size()];
        Arrays.fill(all, terms);
        Funding[] none = new Funding[contracts.size()];
        Arrays.fill(none, Funding.NONE);
        return of(contracts, List.of(all), List.of(none), chance);
    }

    /// Where the market data of a contract goes, at the time last told. Ids and prices as they come; the times
    /// in it are not looked at.
    public MarketSink market(int contract) {
        return pits[contract];
    }

    /// A bar of a contract closed at the time last told; fills as [BarFills] says.
    public void bar(int contract, Bar bar) {
        pits[contract].bar(bar);
    }

    /// It has become so late: what is due until now arrives, in the order of its times, at the venue or at us.
    /// Requests made from within `out` leave now.
    ///
    /// @param nowNanos epoch nanoseconds, not before the time told last
    public void time(long nowNanos, OrderReports out) {
        if (nowNanos < moment.now) {
            throw new IllegalArgumentException("time must not go back from " + moment.now + " ns: " + nowNanos);
        }
        while (moment.next <= nowNanos) {
            long due = moment.next;
            moment.now = Math.max(moment.now, due);
            arrive(due, nowNanos, out);
            schedule();
        }
        moment.now = nowNanos;
    }

    /// The time told last, epoch nanoseconds.
    public long now() {
        return moment.now;
    }

    /// When something is due next, epoch nanoseconds; [Long#MAX_VALUE] when nothing is under way.
    public long next() {
        return moment.next;
    }

    private void schedule() {
        long first = Lane.NEVER;
        for (int venue = 0; venue < inward.length; venue++) {
            first = Math.min(first, Math.min(inward[venue].due(), outward[venue].due()));
        }
        for (int i = 0; i < funded.length; i++) {
            if (funded[i] < funding.get(i).size()) {
                first = Math.min(first, funding.get(i).at(funded[i]));
            }
        }
        moment.next = first;
    }

    private void arrive(long due, long nowNanos, OrderReports out) {
        for (int i = 0; i < funded.length; i++) {
            if (funded[i] < funding.get(i).size() && funding.get(i).at(funded[i]) == due) {
                long paid = pits[i].fund(funding.get(i).rate(funded[i]++));
                if (paid != 0) {
                    payments.add(new Payment(i, due, paid));
                }
                return;
            }
        }
        for (int venue = 0; venue < inward.length; venue++) {
            if (inward[venue].due() == due) {
                inward[venue].receive(row);
                request(venue);
                return;
            }
        }
        for (Outbox each : outward) {
            if (each.due() == due) {
                moment.now = nowNanos;
                each.deliver(nowNanos, out);
                return;
            }
        }
    }

    private void request(int venue) {
        int contract = (int) row[2];
        long id = row[1];
        switch ((int) row[0]) {
            case PLACE -> {
                Rejection refused = limited(venue) ? Rejection.RATE_LIMIT : moody(venue) ? Rejection.OTHER : null;
                if (refused != null) {
                    outward[venue].rejected(id, contract, refused);
                } else {
                    pits[contract].order(id, Codes.side(row[3]), row[4], row[5], Codes.force(row[6]), row[7] != 0);
                }
            }
            case AMEND -> {
                if (limited(venue)) {
                    outward[venue].amendRefused(id, contract, Rejection.RATE_LIMIT);
                } else {
                    pits[contract].amend(id, row[3], row[4]);
                }
            }
            case CANCEL -> pits[contract].cancel(id);
            case CANCEL_ALL -> pits[contract].cancelAll();
            case RECONCILE -> truth(venue, row[3], Math.max(Long.MIN_VALUE + 1, row[4]) - 1);
            default -> throw new IllegalStateException("no such request: " + row[0]);
        }
    }

    private boolean moody(int venue) {
        double share = terms.get(venue).refusedShare();
        return share > 0 && chance.nextDouble() < share;
    }

    /// A bucket of tokens, filled at the rate and holding no more than the burst.
    private boolean limited(int venue) {
        double rate = terms.get(venue).requestsASecond();
        if (rate == Double.POSITIVE_INFINITY) {
            return false;
        }
        double gained = (moment.now - tokensAt[venue]) / NANOS_A_SECOND * rate;
        tokens[venue] = Math.min(terms.get(venue).burst(), tokens[venue] + gained);
        tokensAt[venue] = moment.now;
        if (tokens[venue] < 1) {
            return true;
        }
        tokens[venue]--;
        return false;
    }

    /// Messages keep their order, so all that was sent before the question is in the answer; what was sent in the
    /// question's own nanosecond may not be.
    private void truth(int venue, long sinceNanos, long asOfNanos) {
        Outbox out = outward[venue];
        FillHistory history = histories[venue];
        out.truth(asOfNanos);
        for (long i = history.since(sinceNanos); i < history.end(); i++) {
            out.filled(
                    history.word(i, FillHistory.ORDER),
                    (int) history.word(i, FillHistory.CONTRACT),
                    history.word(i, FillHistory.TRADE),
                    Codes.side(history.word(i, FillHistory.SIDE)),
                    history.word(i, FillHistory.TICKS),
                    history.word(i, FillHistory.LOTS),
                    history.word(i, FillHistory.FEE),
                    history.word(i, FillHistory.MAKER) != 0);
        }
        for (int contract = 0; contract < pits.length; contract++) {
            if (contracts.venue(contract) == venue) {
                pits[contract].truth();
            }
        }
        out.truthEnds();
        funding(venue, sinceNanos);
    }

    /// What fell due while nobody could be told, and what was told already: a payment is known by when it was due.
    private void funding(int venue, long sinceNanos) {
        for (int i = payments.size() - 1; i >= 0 && payments.get(i).due() >= sinceNanos; i--) {
            Payment each = payments.get(i);
            if (contracts.venue(each.contract()) == venue) {
                outward[venue].funding(each.contract(), each.due(), each.paid());
            }
        }
    }

    @Override
    public void place(
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            TimeInForce force,
            boolean reduceOnly) {
        send(
                contracts.venue(contract),
                PLACE,
                orderId,
                contract,
                Codes.of(side),
                priceTicks,
                quantityLots,
                Codes.of(force),
                reduceOnly ? 1 : 0);
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        send(contracts.venue(contract), AMEND, orderId, contract, priceTicks, quantityLots, 0, 0, 0);
    }

    @Override
    public void cancel(long orderId, int contract) {
        send(contracts.venue(contract), CANCEL, orderId, contract, 0, 0, 0, 0, 0);
    }

    @Override
    public void cancelAll(int contract) {
        send(contracts.venue(contract), CANCEL_ALL, 0, contract, 0, 0, 0, 0, 0);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        send(venue, RECONCILE, 0, 0, sinceNanos, moment.now, 0, 0, 0);
    }

    private void send(int venue, int kind, long id, int contract, long a, long b, long c, long d, long e) {
        if (outward[venue].heard()) {
            long due = moment.now + terms.get(venue).entry().draw(chance);
            moment.due(inward[venue].send(due, kind, id, contract, a, b, c, d, e, 0));
        }
    }

    /// A contract expires: its orders are taken back, its position is paid out.
    ///
    /// @param underlyingTicks as in [OrderReports#settled]
    public void settle(int contract, long underlyingTicks) {
        pits[contract].settle(underlyingTicks);
    }

    /// The line to a venue breaks: what is under way in either direction is lost, and what is sent after.
    ///
    /// @param takesBack whether the venue takes our orders back by itself
    public void disconnect(int venue, boolean takesBack) {
        inward[venue].clear();
        outward[venue].disconnect();
        for (int contract = 0; takesBack && contract < pits.length; contract++) {
            if (contracts.venue(contract) == venue) {
                pits[contract].cancelAll();
            }
        }
    }

    /// A venue can be heard again, or for the first time.
    public void connect(int venue) {
        outward[venue].connect();
    }

    /// Begins with a position, as of an account that traded before.
    ///
    /// @param lots below 0 when short
    public void holds(int contract, long lots) {
        pits[contract].holds(lots);
    }

    /// Takes a fill as its own that it told in an earlier life, before its first order in this one: the position
    /// counts it, the numbers of its trades go on behind it, and whoever asks for the truth hears it again. One
    /// that was told twice counts once.
    ///
    /// @param at when it was told, epoch nanoseconds
    /// @param tradeId above 0
    public void remember(
            long at,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {
        if (tradeId < 1) {
            throw new IllegalArgumentException("a trade of a simulated venue has a number from 1 on: " + tradeId);
        }
        pits[contract].remember(at, orderId, tradeId, side, priceTicks, quantityLots, fee, maker);
    }

    /// The position: what was held at the beginning, the fills remembered and the fills since.
    public long position(int contract) {
        return pits[contract].position();
    }

    /// Orders of ours that stand.
    public int open(int contract) {
        return pits[contract].open();
    }

    /// Lots of ours that stand on a side.
    public long resting(int contract, Side side) {
        return pits[contract].resting(side);
    }

    /// The best price that others show on a side, in ticks; 0 when there is none or nothing is known.
    public long best(int contract, Side side) {
        return pits[contract].best(side);
    }
}
