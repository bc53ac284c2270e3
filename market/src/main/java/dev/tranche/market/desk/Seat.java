package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.quoting.Freshness;
import dev.tranche.market.quoting.QuoteMoment;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.quoting.Quoter;
import dev.tranche.market.quoting.Requote;
import dev.tranche.market.risk.Activity;
import dev.tranche.market.spread.SpreadReason;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A strategy's quotes in one contract: what it wants, what stands, and how the one becomes the other. One
/// writer; nothing is allocated.
///
/// What stands is its orders, one a side and level. One that has to move is amended when it rests and the
/// strategy amends; else its cancel is asked for and another is sent at once, both counted by the checks
/// until the venue has answered: where they leave no room for both, the new one waits. An order that is not
/// acknowledged yet moves only to retreat; one that is unknown is cancelled and never doubled. A venue that is
/// asked too much is sent nothing new for a second: what stands stays, and is cancelled, without another in its
/// stead, only where it would have to retreat. Pulling everything would cost it more messages, and us the queue.
public final class Seat {
    private static final long SECOND = 1_000_000_000L;
    /// A venue that refused is left alone for so long: a price that would have taken, too many requests or no
    /// reason, the rest.
    private static final long AFTER_TAKING = SECOND / 100;

    private static final long AFTER_RATE = SECOND;
    private static final long AFTER_REFUSAL = 10 * SECOND;
    /// An order that the checks refused is tried again after so long at the soonest.
    private static final long AFTER_CHECK = SECOND / 100;

    private final Floor floor;
    private final Strategy strategy;
    private final Market market;
    private final Contract contract;
    private final Valuation valuation;
    private final SpreadSource spread;
    private final @Nullable RegimeWatch watch;
    private final Quoter quoter;
    private final Requote requote;
    private final Freshness fresh;
    private final boolean amends;
    private final double calm;
    private final double usual;
    private final double wild;
    private final int levels;
    private final int[] slots;
    private final long[] changedAt;
    private final long[] notBefore;
    private final QuoteMoment moment = QuoteMoment.empty();
    private final QuoteTarget target = QuoteTarget.empty();
    private @Nullable Pulled pulled = Pulled.BOOK;
    private SpreadReason reason = SpreadReason.CHOSEN;
    private int regime = 1;
    private long refusedUntil = Long.MIN_VALUE;
    private long placesFrom = Long.MIN_VALUE;
    private long quietUntil = Long.MIN_VALUE;
    private boolean waits;
    private boolean noBids;
    private boolean noAsks;
    private boolean leaving;
    private long quotedAt = Long.MIN_VALUE;

    Seat(Floor floor, Strategy strategy, int contractPlace, StrategyTerms terms) {
        this.floor = floor;
        this.strategy = strategy;
        this.market = floor.markets.get(contractPlace);
        this.contract = market.contract();
        this.valuation = Valuation.of(floor, market, terms, strategy.place());
        Market driver = valuation.driver();
        this.spread = market.spread(terms.spread());
        this.watch = terms.regime().detector().isPresent()
                ? driver.watch(terms.regime().detector().get())
                : null;
        this.quoter = Quoter.of(contract, Lots.terms(contract, terms));
        StrategyTerms.Quoting quoting = terms.quoting();
        this.requote = new Requote(quoting.refresh().toNanos(), quoting.moveTicks() * contract.tick());
        this.fresh = new Freshness(quoting.stale().toNanos(), quoting.late().toNanos());
        this.amends = quoting.amend();
        this.calm = terms.regime().low();
        this.usual = terms.regime().medium();
        this.wild = terms.regime().high();
        this.levels = quoting.levels();
        this.slots = new int[2 * levels];
        Arrays.fill(slots, Orders.NONE);
        this.changedAt = new long[2 * levels];
        Arrays.fill(changedAt, Long.MIN_VALUE / 2);
        this.notBefore = changedAt.clone();
        market.seat(this);
        if (driver != market) {
            driver.follow(this);
        }
    }

    /// Place of its strategy.
    public int strategy() {
        return strategy.place();
    }

    public Market market() {
        return market;
    }

    /// Why nothing is quoted; empty while it is.
    public Optional<Pulled> pulled() {
        return Optional.ofNullable(pulled);
    }

    /// What was wanted last.
    public QuoteTarget target() {
        return target;
    }

    /// Where its spread came from last.
    public SpreadReason reason() {
        return reason;
    }

    /// How often a spread of its kind came from there.
    public long spreads(SpreadReason from) {
        return spread.count(from);
    }

    /// In force: 0 calm, 1 usual, 2 wild.
    public int regime() {
        return regime;
    }

    /// Probability of a regime; NaN while nothing is known.
    public double probability(int of) {
        return watch == null ? Double.NaN : watch.probability(of);
    }

    /// When it was looked at and differed last; far in the past before that.
    public long quotedAt() {
        return quotedAt;
    }

    /// Whether something is to be done when time has passed or an answer came.
    boolean waits() {
        return waits;
    }

    /// Price of what stands at a level, 0 for nothing.
    public long standingTicks(Side side, int level) {
        int slot = slots[place(side, level)];
        return slot == Orders.NONE ? 0 : floor.orders.askedTicks(slot);
    }

    /// Quantity of what stands at a level that is not filled yet.
    public long standingLots(Side side, int level) {
        int slot = slots[place(side, level)];
        return slot == Orders.NONE ? 0 : floor.orders.rest(slot);
    }

    /// Something moved that it depends on.
    void stir() {
        waits = true;
    }

    /// Ends here: its orders are cancelled.
    void leave() {
        leaving = true;
        pull(Pulled.STOPPED);
        market.leave(this);
        valuation.driver().unfollow(this);
    }

    /// An order of it is over, or not its any more.
    void lost(int slot) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == slot) {
                slots[i] = Orders.NONE;
                waits = true;
            }
        }
    }

    /// What the venue refused may pass now: it is there anew.
    void reconnected() {
        refusedUntil = Long.MIN_VALUE;
        placesFrom = Long.MIN_VALUE;
        quietUntil = Long.MIN_VALUE;
    }

    /// What the checks refused may pass now.
    void room() {
        Arrays.fill(notBefore, Long.MIN_VALUE / 2);
        requote();
    }

    /// The venue refused an order or an amendment of it.
    void refused(Rejection why) {
        long pause = switch (why) {
            case WOULD_TAKE -> AFTER_TAKING;
            case RATE_LIMIT, OTHER -> AFTER_RATE;
            case NO_MARGIN, BAD_ORDER, NOT_REDUCING, CLOSED, PROTECTION -> AFTER_REFUSAL;
            case NOT_OPEN -> 0;
        };
        if (why == Rejection.RATE_LIMIT) {
            quietUntil = floor.now + pause;
        } else if (why == Rejection.WOULD_TAKE) {
            placesFrom = floor.now + pause;
        } else {
            refusedUntil = floor.now + pause;
        }
    }

    /// Looks again when it waits, or when what it is quoted on has become old.
    ///
    /// @return whether it did
    boolean time() {
        boolean old = pulled == null
                && (age(market) != Freshness.Age.FRESH || age(valuation.driver()) != Freshness.Age.FRESH);
        if (waits || old) {
            requote();
            return true;
        }
        return false;
    }

    /// Looks at everything anew, and does what follows.
    void requote() {
        if (leaving) {
            return;
        }
        waits = false;
        Pulled obstacle = obstacle();
        if (obstacle != null) {
            pull(obstacle);
            return;
        }
        sense();
        quoter.quote(moment, target);
        if (!target.quotes(Side.BUY) && !target.quotes(Side.SELL)) {
            pull(Pulled.NO_SIZE);
            return;
        }
        pulled = null;
        noBids = false;
        noAsks = false;
        boolean differs = false;
        for (int level = 0; level < levels; level++) {
            differs |= act(Side.BUY, level, differs);
            differs |= act(Side.SELL, level, differs);
        }
    }

    private @Nullable Pulled obstacle() {
        if (market.expired()) {
            return Pulled.EXPIRED;
        }
        if (!floor.allowed || strategy.liquidates(market.place())) {
            return Pulled.STOPPED;
        }
        if (!floor.breaker().allows(Activity.MARKET_MAKING)) {
            return Pulled.BREAKER;
        }
        if (!floor.venueOf(market.place()).ready()) {
            return Pulled.VENUE;
        }
        if (!floor.funded()) {
            waits = true;
            return Pulled.NO_INDEX;
        }
        if (market.doubtful()) {
            return Pulled.UNRECONCILED;
        }
        if (!market.valid() && !valuation.withoutBook()) {
            return Pulled.BOOK;
        }
        if (age(market) != Freshness.Age.FRESH || age(valuation.driver()) != Freshness.Age.FRESH) {
            return Pulled.STALE;
        }
        if (floor.now < refusedUntil) {
            waits = true;
            return Pulled.REFUSED;
        }
        if (!valuation.value(moment)) {
            return Pulled.NO_FAIR_VALUE;
        }
        return valuation.warm() ? null : Pulled.WARMING_UP;
    }

    private Freshness.Age age(Market of) {
        return fresh.age(floor.now, of.heardNanos(), of.eventMillis());
    }

    private void sense() {
        if (watch != null && watch.state() != regime) {
            int before = regime;
            regime = watch.state();
            floor.told.regime(floor.now, strategy.place(), market.place(), before, regime, watch.probability(regime));
        }
        double basisPoints = spread.basisPoints();
        if (spread.reason() != reason) {
            reason = spread.reason();
            floor.told.spread(floor.now, strategy.place(), market.place(), reason, basisPoints);
        }
        moment.book(market.bidTicks(), market.askTicks())
                .multipliers(regime == 0 ? calm : regime == 1 ? usual : wild, floor.breaker())
                .spread(basisPoints);
    }

    /// Makes one order what it should be.
    ///
    /// @param told whether the quote was told already
    /// @return whether something was asked of the venue
    private boolean act(Side side, int level, boolean told) {
        int at = place(side, level);
        int slot = slots[at];
        long ticks = slot == Orders.NONE ? 0 : floor.orders.askedTicks(slot);
        long lots = slot == Orders.NONE ? 0 : floor.orders.rest(slot);
        long wantedTicks = target.ticks(side, level);
        long wantedLots = wanted(slot, target.lots(side, level));
        boolean acts = switch (requote.act(floor.now, changedAt[at], side, ticks, lots, wantedTicks, wantedLots)) {
            case KEEP -> false;
            case WAIT -> {
                waits = true;
                yield false;
            }
            case PLACE, MOVE, PULL -> true;
        };
        if (!acts) {
            return false;
        }
        if (slot != Orders.NONE && !movable(slot, side, ticks, wantedTicks, wantedLots < lots)) {
            waits = true;
            return false;
        }
        boolean full = side == Side.BUY ? noBids : noAsks;
        if (slot == Orders.NONE && (full || floor.now < Math.max(notBefore[at], Math.max(placesFrom, quietUntil)))) {
            waits = true;
            return false;
        }
        if (slot != Orders.NONE && floor.now < quietUntil) {
            waits = true;
            if (!retreats(side, ticks, wantedTicks, wantedLots < lots)) {
                return false;
            }
            slots[at] = Orders.NONE;
            floor.dealer.drop(slot);
            return false;
        }
        if (!told) {
            quotedAt = floor.now;
            floor.told.quote(floor.now, strategy.place(), market.place(), target, reason);
        }
        move(side, at, slot, wantedTicks, wantedLots);
        return true;
    }

    /// A partly filled order keeps its place: it is not made larger again where it stands.
    private long wanted(int slot, long lots) {
        if (slot == Orders.NONE || floor.orders.filled(slot) == 0) {
            return lots;
        }
        return Math.min(lots, floor.orders.rest(slot));
    }

    /// Whether an order may be asked to change now.
    private boolean movable(int slot, Side side, long ticks, long wantedTicks, boolean less) {
        return switch (floor.orders.state(slot)) {
            case LIVE -> true;
            case PENDING_NEW, PENDING_AMEND -> retreats(side, ticks, wantedTicks, less);
            case UNKNOWN, PENDING_CANCEL, FILLED, CANCELLED, REJECTED -> false;
        };
    }

    private static boolean retreats(Side side, long ticks, long wantedTicks, boolean less) {
        return less || wantedTicks == 0 || side.sign() * (wantedTicks - ticks) < 0;
    }

    private void move(Side side, int at, int slot, long wantedTicks, long wantedLots) {
        if (slot != Orders.NONE) {
            boolean amendable = amends && wantedTicks != 0 && floor.orders.state(slot) == OrderState.LIVE;
            boolean better = side.sign() * (wantedTicks - floor.orders.askedTicks(slot)) > 0;
            if (amendable && floor.now < notBefore[at] && better) {
                waits = true;
                return;
            }
            if (amendable) {
                boolean amended = floor.dealer.amend(slot, wantedTicks, floor.orders.filled(slot) + wantedLots);
                if (amended) {
                    changedAt[at] = floor.now;
                    return;
                }
                if (better) {
                    // It stands where it is until there is room, such as when our own order on the way is gone.
                    notBefore[at] = floor.now + AFTER_CHECK;
                    waits = true;
                    return;
                }
            }
            slots[at] = Orders.NONE;
            floor.dealer.drop(slot);
        }
        if (wantedTicks == 0) {
            return;
        }
        long full = target.lots(side, level(at));
        int placed = floor.dealer.place(
                this, strategy.place(), market.place(), side, wantedTicks, full, TimeInForce.POST_ONLY, Intent.QUOTE);
        slots[at] = placed;
        changedAt[at] = floor.now;
        if (placed == Orders.NONE) {
            // What refuses one refuses those behind it.
            noBids |= side == Side.BUY;
            noAsks |= side == Side.SELL;
            notBefore[at] = floor.now + AFTER_CHECK;
            waits = true;
        }
    }

    /// Takes every order back; what a venue that is gone may hold stays known as ours.
    private void pull(Pulled why) {
        if (pulled != why) {
            pulled = why;
            floor.told.pulled(floor.now, strategy.place(), market.place(), why);
        }
        boolean heard = floor.venueOf(market.place()).heard();
        for (int i = 0; i < slots.length; i++) {
            int slot = slots[i];
            if (slot == Orders.NONE) {
                continue;
            }
            if (heard && floor.orders.state(slot) != OrderState.UNKNOWN) {
                slots[i] = Orders.NONE;
                floor.dealer.drop(slot);
            } else if (leaving) {
                slots[i] = Orders.NONE;
                floor.dealer.disown(slot);
            }
        }
    }

    private int place(Side side, int level) {
        return side == Side.BUY ? level : levels + level;
    }

    private int level(int place) {
        return place < levels ? place : place - levels;
    }

    void digest(Digest into) {
        into.add((long) strategy.place())
                .add(waits)
                .add(quotedAt)
                .add(refusedUntil)
                .add(placesFrom)
                .add(quietUntil)
                .add((long) regime);
        into.add(pulled == null ? -1L : pulled.compareTo(Pulled.BOOK));
        into.add(reason.compareTo(SpreadReason.MODEL));
        for (int i = 0; i < slots.length; i++) {
            into.add(slots[i] == Orders.NONE ? 0 : floor.orders.id(slots[i]))
                    .add(changedAt[i])
                    .add(notBefore[i]);
        }
    }
}
