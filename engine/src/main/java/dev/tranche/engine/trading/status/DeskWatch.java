package dev.tranche.engine.trading.status;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.desk.Pulled;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Counts what a desk tells, in a replay and live alike, and keeps the last of it for people. The loop's thread
/// alone.
public final class DeskWatch implements DeskSink {
    private static final int KEPT = 50;
    private static final int STATES = 3;
    private static final long NEVER = 0;

    /// Is told at once what somebody has to act on, once the desk is live. Must not wait.
    public interface Alert {
        /// A book cannot be read until a whole one comes.
        void bookInvalid(int contract);

        /// The breaker changed.
        void breaker(long now, BreakerState before, BreakerState after, String why);
    }

    private static final class Nobody implements Alert {
        @Override
        public void bookInvalid(int contract) {}

        @Override
        public void breaker(long now, BreakerState before, BreakerState after, String why) {}
    }

    /// Something that people should hear of.
    ///
    /// @param at epoch nanoseconds
    public record Noted(long at, String kind, String text) {}

    private final Contracts contracts;
    /// By place and contract, the place behind the last for what is nobody's.
    private final long[] fills;

    private final long[] refusals;
    private final long[] quotes;
    private final long[] since;
    private final long[] regimeSince;
    private final long[] answered;
    private final long[] fellBack;
    private final long[] late;
    private final long[] ended = new long[STATES];
    private final long[] refusedBy = new long[Refusal.values().length];
    private final Pace pace = new Pace();
    private final Deque<Noted> noted = new ArrayDeque<>();
    private Alert alert = new Nobody();
    private long placed;
    private long amended;
    private long quoted;
    private long hedges;
    private Noted lastHedge = new Noted(NEVER, "", "");
    private long breakerSince;
    private String breakerWhy = "started";

    private DeskWatch(Contracts contracts, int places) {
        this.contracts = contracts;
        int cells = (places + 1) * contracts.size();
        this.fills = new long[cells];
        this.refusals = new long[cells];
        this.quotes = new long[cells];
        this.since = new long[places + 1];
        this.regimeSince = new long[places + 1];
        this.answered = new long[places + 1];
        this.fellBack = new long[places + 1];
        this.late = new long[places + 1];
    }

    public static DeskWatch of(Contracts contracts, int places) {
        return new DeskWatch(contracts, places);
    }

    /// From here on the desk is live.
    public void alert(Alert other) {
        alert = other;
    }

    @Override
    public void quote(long now, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {
        quotes[cell(strategy, contract)]++;
        quoted++;
        if (spread.believed()) {
            answered[strategy]++;
        } else if (spread.fallback()) {
            fellBack[strategy]++;
            if (spread == SpreadReason.LATE) {
                late[strategy]++;
            }
        }
    }

    @Override
    public void pulled(long now, int strategy, int contract, Pulled why) {
        quotes[cell(strategy, contract)]++;
    }

    private int cell(int strategy, int contract) {
        return Math.min(strategy, since.length - 1) * contracts.size() + contract;
    }

    @Override
    public void refused(
            long now,
            int strategy,
            int contract,
            Intent intent,
            Side side,
            long priceTicks,
            long quantityLots,
            Refusal refusal) {
        refusals[cell(strategy, contract)]++;
        refusedBy[index(refusal)]++;
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this process
    private static int index(Refusal refusal) {
        return refusal.ordinal();
    }

    @Override
    public void order(long now, long orderId, int contract, OrderState before, OrderState after) {
        switch (after) {
            case FILLED -> ended[0]++;
            case CANCELLED -> ended[1]++;
            case REJECTED -> ended[2]++;
            case PENDING_AMEND -> amended++;
            case PENDING_NEW, LIVE, PENDING_CANCEL, UNKNOWN -> {}
        }
    }

    /// Orders so far, of all that the desk sent.
    void placed(long now, long sent) {
        if (sent > placed) {
            pace.placed(now, sent - placed);
            placed = sent;
        }
    }

    @Override
    public void filled(
            long now,
            int strategy,
            int contract,
            long orderId,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker,
            Intent intent) {
        fills[cell(strategy, contract)]++;
        pace.filled(now);
        Instrument instrument = contracts.get(contract).instrument();
        note(
                now,
                "fill",
                word(side) + " " + instrument.quantity(quantityLots) + " " + instrument.symbol() + " at "
                        + instrument.price(priceTicks) + (maker ? " as maker" : " as taker") + ", " + intent);
    }

    private static String word(Side side) {
        return side == Side.BUY ? "bought" : "sold";
    }

    @Override
    public void hedge(long now, int strategy, int contract, int leg, HedgePlan plan) {
        hedges++;
        String symbol = contracts.get(contract).symbol();
        lastHedge = note(now, "hedge", symbol + ": " + plan.text());
    }

    @Override
    public void breaker(long now, BreakerState before, BreakerState after, String why) {
        breakerSince = now;
        breakerWhy = why;
        note(now, "breaker", before + " to " + after + ": " + why);
        alert.breaker(now, before, after, why);
    }

    @Override
    public void regime(long now, int strategy, int contract, int before, int after, double probability) {
        regimeSince[strategy] = now;
        note(
                now,
                "regime",
                contracts.get(contract).symbol() + " from " + Regimes.word(before) + " to " + Regimes.word(after)
                        + String.format(Locale.ROOT, ", probability %.3f", probability));
    }

    @Override
    public void spread(long now, int strategy, int contract, SpreadReason reason, double basisPoints) {
        note(now, "spread", contracts.get(contract).symbol() + ": " + reason);
    }

    @Override
    public void notice(long now, Notice notice, int contract, long found, long expected) {
        String where = contract < 0 ? "" : contracts.get(contract).symbol() + ": ";
        note(now, notice == Notice.VENUE ? "venue" : "notice", where + notice + " " + found + ", " + expected);
        if (notice == Notice.BOOK_INVALID && contract >= 0) {
            alert.bookInvalid(contract);
        }
    }

    @Override
    public void strategy(long now, int place, String name) {
        since[place] = now;
        note(now, "strategy", name.isEmpty() ? "place " + place + " ended" : name + " in force at place " + place);
    }

    /// Notes something for people.
    public Noted note(long now, String kind, String text) {
        Noted one = new Noted(now, kind, text);
        noted.addFirst(one);
        if (noted.size() > KEPT) {
            noted.removeLast();
        }
        return one;
    }

    List<Noted> notes() {
        return List.copyOf(noted);
    }

    long fills(int place, int contract) {
        return fills[cell(place, contract)];
    }

    long refusals(int place, int contract) {
        return refusals[cell(place, contract)];
    }

    /// Quotes made, moved and pulled.
    long quotes(int place, int contract) {
        return quotes[cell(place, contract)];
    }

    long[] refusedBy() {
        return refusedBy.clone();
    }

    long since(int place) {
        return since[place];
    }

    long regimeSince(int place) {
        return regimeSince[place];
    }

    long answered(int place) {
        return answered[place];
    }

    long fellBack(int place) {
        return fellBack[place];
    }

    long late(int place) {
        return late[place];
    }

    long amendedOrders() {
        return amended;
    }

    long filledOrders() {
        return ended[0];
    }

    long cancelledOrders() {
        return ended[1];
    }

    long rejectedOrders() {
        return ended[2];
    }

    long quoted() {
        return quoted;
    }

    long hedges() {
        return hedges;
    }

    Noted lastHedge() {
        return lastHedge;
    }

    long breakerSince() {
        return breakerSince;
    }

    String breakerWhy() {
        return breakerWhy;
    }

    double fillRate(long now) {
        return pace.rate(now);
    }

    /// Orders and fills of the last five minutes, in slots of a second.
    private static final class Pace {
        private static final int SECONDS = 300;
        private static final long NANOS = 1_000_000_000L;

        private final long[] placedIn = new long[SECONDS];
        private final long[] filledIn = new long[SECONDS];
        private final long[] second = new long[SECONDS];

        private int slot(long now) {
            long at = Math.floorDiv(now, NANOS);
            int slot = Math.floorMod(at, SECONDS);
            if (second[slot] != at) {
                second[slot] = at;
                placedIn[slot] = 0;
                filledIn[slot] = 0;
            }
            return slot;
        }

        private void placed(long now, long orders) {
            placedIn[slot(now)] += orders;
        }

        private void filled(long now) {
            filledIn[slot(now)]++;
        }

        /// Fills for each order; NaN when none was placed.
        private double rate(long now) {
            long at = Math.floorDiv(now, NANOS);
            long orders = 0;
            long filled = 0;
            for (int i = 0; i < SECONDS; i++) {
                if (at - second[i] < SECONDS) {
                    orders += placedIn[i];
                    filled += filledIn[i];
                }
            }
            return orders == 0 ? Double.NaN : (double) filled / orders;
        }
    }
}
