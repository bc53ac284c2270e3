package dev.tranche.market.risk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What every order is asked before it is sent; the first thing against it is the answer. The questions are
/// those of rule 15c3-5 of the SEC, articles 12 and 15 of the EU's RTS 6 and UMIR 7.1 of Canada: what is not
/// known counts as the worst, so that a price without a fresh reference, a greek or an index that is not a
/// number, and an order that may still be open all weigh against it.
///
/// Positions are asked with everything open filled on the side of the order: [#check] counts an order as open
/// when it passes, and it stays so until [#closed]; an amendment under way counts as whatever is worse. So no
/// order that passed, nor any part of what is open, can take a position, a greek or the open notional past
/// its limit at the prices and greeks of the moment. The limits are those of the strategy and of the desk,
/// whichever is stricter. Position limits shrink with the breaker ([BreakerState#sizeMultiplier]), but for
/// hedges.
///
/// What may still be sent in each state: all in NORMAL and WARNING; in RESTRICTED hedges that bring the desk's
/// delta of their base nearer nought and never across it, and liquidations; in HALTED liquidations only; after
/// a kill nothing. A liquidation is smaller than the position of the strategy and of the account that it
/// closes, with everything open on its side; it is not held against limits of positions, greeks, open notional
/// and executions, which it cannot make worse in its contract. Cancels are never asked.
///
/// One writer, time handed in. Hot: `tranche bench market`; nothing is allocated.
@SuppressWarnings("EnumOrdinal") // a place in an array of this process, never written down
public final class PreTrade {
    private static final long SECOND = 1_000_000_000L;
    private static final long MOST = 1L << 53;

    private final Contracts contracts;
    private final Contract[] byPlace;
    private final Ledger ledger;
    private final int whole;
    private final OpenOrders open;
    private final Exposure exposure;
    private final WorstCase worst;
    private final OrderLimits desk;
    private final @Nullable OrderLimits[] limits;
    /// By contract and owner, where a contract has its own.
    private final @Nullable OrderLimits[] special;
    private final Pace[] orders;
    private final Pace[] executions;
    private final boolean[] tired;
    private final long[] counts = new long[Refusal.values().length];
    private BreakerState breaker = BreakerState.NORMAL;

    private PreTrade(Contracts contracts, Ledger ledger, int capacity, OrderLimits desk) {
        int owners = ledger.whole() + 1;
        this.contracts = contracts;
        this.byPlace = contracts.all().toArray(Contract[]::new);
        this.ledger = ledger;
        this.whole = ledger.whole();
        this.open = new OpenOrders(contracts.size(), owners, capacity);
        this.exposure = new Exposure(contracts, ledger, open);
        this.worst = new WorstCase(ledger, open, exposure);
        this.desk = desk;
        this.limits = new OrderLimits[owners];
        this.special = new OrderLimits[contracts.size() * owners];
        this.orders = new Pace[owners];
        this.executions = new Pace[owners];
        this.tired = new boolean[owners];
        Arrays.setAll(orders, i -> new Pace(SECOND));
        Arrays.setAll(executions, i -> new Pace(desk.executionWindow().toNanos()));
        limits[ledger.house()] = desk;
        limits[whole] = desk;
    }

    /// @param capacity most orders open at once, 1..2^20
    /// @param desk limits of all strategies together, and of the house
    public static PreTrade of(Contracts contracts, Ledger ledger, int capacity, OrderLimits desk) {
        if (capacity < 1 || capacity > 1 << 20) {
            throw new IllegalArgumentException("capacity must be within 1..1048576: " + capacity);
        }
        return new PreTrade(contracts, ledger, capacity, desk);
    }

    /// The limits of a strategy from now on, whose executions are counted anew; a strategy without any sends
    /// nothing.
    public void limits(int strategy, OrderLimits of) {
        if (strategy < 0 || strategy >= ledger.house()) {
            throw new IllegalArgumentException("strategy must be within 0.." + (ledger.house() - 1) + ": " + strategy);
        }
        limits[strategy] = of;
        executions[strategy] = new Pace(of.executionWindow().toNanos());
    }

    /// Other limits for one contract, such as one that a strategy hedges with and that is counted in another unit
    /// or has another base; null takes them away. The paces of orders and executions stay the strategy's.
    ///
    /// @param strategy also [Ledger#house] and, for the whole desk, [Ledger#whole]
    public void limits(int strategy, int contract, @Nullable OrderLimits of) {
        special[contract * limits.length + strategy] = of;
    }

    private OrderLimits of(OrderLimits usual, int owner, int contract) {
        OrderLimits own = special[contract * limits.length + owner];
        return own == null ? usual : own;
    }

    /// The price that orders in a contract are held against: the middle or the mark of a valid book.
    ///
    /// @param ticks 0 when nothing is known any more
    public void reference(long nowNanos, int contract, long ticks) {
        exposure.reference(nowNanos, contract, Math.max(0, ticks));
    }

    /// What one lot of an option moves with; futures need none.
    ///
    /// @param delta coins; NaN while unknown, as are the others
    /// @param gamma coins for a dollar
    /// @param vega dollars for a percentage point
    public void greeks(int contract, double delta, double gamma, double vega) {
        exposure.greeks(contract, delta, gamma, vega);
    }

    /// The breaker's state from now on.
    public void breaker(BreakerState state) {
        breaker = state;
    }

    public BreakerState breaker() {
        return breaker;
    }

    /// Whether an order may be sent. [Refusal#NONE] counts it as open from then on.
    ///
    /// @param orderId not 0, and of no order that is open
    /// @param strategy 0, 1, … or the house
    public Refusal check(
            long nowNanos,
            long orderId,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            Activity activity) {
        Refusal found = asked(nowNanos, strategy, contract, side, ticks, lots, lots, activity, OpenOrders.NONE);
        if (found == Refusal.NONE && open.full()) {
            found = Refusal.TOO_MANY;
        }
        counts[found.ordinal()]++;
        if (found == Refusal.NONE) {
            open.open(nowNanos, orderId, strategy, contract, side == Side.BUY, ticks, lots, 0, whole);
            orders[strategy].add(nowNanos);
            orders[whole].add(nowNanos);
        }
        return found;
    }

    /// Whether an open order may be amended. [Refusal#NONE] counts both what it was and what it may become,
    /// until [#amended] or [#amendRefused].
    ///
    /// @param lots of the whole order, what is filled already included
    public Refusal checkAmend(long nowNanos, long orderId, long ticks, long lots, Activity activity) {
        int slot = open.find(orderId);
        Refusal found = slot == OpenOrders.NONE
                ? Refusal.UNKNOWN_ORDER
                : asked(
                        nowNanos,
                        open.strategies[slot],
                        open.contracts[slot],
                        open.buys[slot] ? Side.BUY : Side.SELL,
                        ticks,
                        lots,
                        Math.max(0, lots - open.filled(slot) - open.left(slot)),
                        activity,
                        slot);
        counts[found.ordinal()]++;
        if (found == Refusal.NONE) {
            open.ask(slot, ticks, lots, whole);
            orders[open.strategies[slot]].add(nowNanos);
            orders[whole].add(nowNanos);
        }
        return found;
    }

    /// @param more lots beyond what is counted as open already
    /// @param but the slot of the order itself, when it is amended
    private Refusal asked(
            long now,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            long more,
            Activity activity,
            int but) {
        OrderLimits pace = strategy < 0 || strategy >= whole ? null : limits[strategy];
        if (pace == null || contract < 0 || contract >= byPlace.length) {
            return Refusal.UNKNOWN_CONTRACT;
        }
        OrderLimits own = of(pace, strategy, contract);
        OrderLimits all = of(desk, whole, contract);
        if (lots > MOST || ticks > MOST) {
            return Refusal.OVERFLOW;
        }
        if (!breaker.allows(activity)) {
            return Refusal.BREAKER;
        }
        Contract of = byPlace[contract];
        if (ticks < 1 || ticks % of.tick() != 0) {
            return Refusal.TICK;
        }
        if (lots < of.least() || lots % of.step() != 0) {
            return Refusal.LOT;
        }
        if (of.instrument().quantity(lots) > Math.min(own.quantity(), all.quantity())) {
            return Refusal.QUANTITY;
        }
        Refusal found = priced(now, own, all, contract, of, ticks, lots);
        if (found == Refusal.NONE && activity != Activity.LIQUIDATION) {
            found = worst.held(
                    own,
                    all,
                    strategy,
                    contract,
                    of,
                    side,
                    ticks,
                    more,
                    activity == Activity.HEDGING ? 1 : breaker.sizeMultiplier());
        }
        if (found == Refusal.NONE && !worst.reducing(strategy, contract, side, more, activity, breaker)) {
            found = Refusal.NOT_REDUCING;
        }
        return found == Refusal.NONE ? paced(now, pace, strategy, contract, side, ticks, lots, activity, but) : found;
    }

    private Refusal priced(
            long now, OrderLimits own, OrderLimits all, int contract, Contract of, long ticks, long lots) {
        long reference = exposure.reference(contract);
        int underlying = exposure.underlying(contract);
        if (reference == 0 || exposure.reference(underlying) == 0) {
            return Refusal.NO_REFERENCE;
        }
        long stale = Math.min(own.stale().toNanos(), all.stale().toNanos());
        if (exposure.age(now, contract) > stale || exposure.age(now, underlying) > stale) {
            return Refusal.STALE_REFERENCE;
        }
        double reach = Math.max(
                Math.min(own.collar(), all.collar()) * reference,
                (double) Math.max(own.collarTicks(), all.collarTicks()) * of.tick());
        if (Math.abs(ticks - reference) > reach) {
            return Refusal.COLLAR;
        }
        double notional = Math.min(own.notional(), all.notional());
        double worth = lots * exposure.notional(contract, Math.max(ticks, reference));
        return notional == Double.POSITIVE_INFINITY || worth <= notional
                ? Refusal.NONE
                : Double.isNaN(worth) ? Refusal.NOT_A_NUMBER : Refusal.NOTIONAL;
    }

    private Refusal paced(
            long now,
            OrderLimits own,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            Activity activity,
            int but) {
        boolean buy = side == Side.BUY;
        long twin = own.duplicate().toNanos();
        for (int slot = open.head(contract); slot != OpenOrders.NONE; slot = open.following(slot)) {
            if (slot == but) {
                continue;
            }
            if (open.buys[slot] != buy && (buy ? open.low[slot] <= ticks : open.high[slot] >= ticks)) {
                return Refusal.SELF_TRADE;
            }
            if (open.buys[slot] == buy
                    && open.strategies[slot] == strategy
                    && open.askedTicks[slot] == ticks
                    && open.askedLots[slot] == lots
                    && now - open.placedAt[slot] < twin) {
                return Refusal.DUPLICATE;
            }
        }
        if ((tired[strategy] || tired[whole]) && activity != Activity.LIQUIDATION) {
            return Refusal.REPEATED_EXECUTION;
        }
        return orders[strategy].count(now) >= own.ordersASecond() || orders[whole].count(now) >= desk.ordersASecond()
                ? Refusal.RATE
                : Refusal.NONE;
    }

    /// The venue's word: the order is now this.
    ///
    /// @param lots of the whole order
    public void amended(long orderId, long ticks, long lots) {
        int slot = open.find(orderId);
        if (slot != OpenOrders.NONE) {
            open.amended(slot, ticks, lots, whole);
        }
    }

    /// The order is as it was.
    public void amendRefused(long orderId) {
        int slot = open.find(orderId);
        if (slot != OpenOrders.NONE) {
            open.answered(slot, whole);
        }
    }

    /// Part or all of an order was filled, which the ledger has booked. An order that is filled stays until it
    /// is [#closed]; a fill of one that is not known only counts as an execution of the strategy.
    public void filled(long nowNanos, long orderId, int strategy, long lots) {
        int slot = open.find(orderId);
        if (slot != OpenOrders.NONE) {
            open.fill(slot, lots, whole);
        }
        OrderLimits own = limits[strategy];
        executed(nowNanos, strategy, own == null ? desk : own);
        executed(nowNanos, whole, desk);
    }

    private void executed(long now, int owner, OrderLimits of) {
        executions[owner].add(now);
        tired[owner] |= executions[owner].count(now) > of.executions();
    }

    /// The order is over: refused, filled, or cancelled with every fill of it booked. One whose fate is not
    /// known is not over.
    public void closed(long orderId) {
        int slot = open.find(orderId);
        if (slot != OpenOrders.NONE) {
            open.close(slot, whole);
        }
    }

    /// An order that is open at the venue, known here or not. Where no more can be counted it is refused, as
    /// everything is then.
    ///
    /// @param orderId any but 0
    /// @param lots of the whole order
    /// @return false when there is no room to count it
    public boolean found(
            long nowNanos, long orderId, int strategy, int contract, Side side, long ticks, long lots, long filled) {
        int slot = open.find(orderId);
        if (slot == OpenOrders.NONE && open.full()) {
            return false;
        }
        if (slot == OpenOrders.NONE) {
            open.open(nowNanos, orderId, strategy, contract, side == Side.BUY, ticks, lots, filled, whole);
        } else {
            open.filled(slot, filled, whole);
            open.amended(slot, ticks, lots, whole);
        }
        return true;
    }

    /// A person lets a strategy, or the [Ledger#whole] desk, trade again after [Refusal#REPEATED_EXECUTION].
    public void release(int strategy) {
        tired[strategy] = false;
        OrderLimits own = limits[strategy];
        executions[strategy] =
                new Pace((own == null ? desk : own).executionWindow().toNanos());
    }

    /// How often an order was answered so.
    public long count(Refusal refusal) {
        return counts[refusal.ordinal()];
    }

    /// Orders counted as open.
    public int open() {
        return open.count();
    }

    /// Coins that the positions of a strategy (or the [Ledger#whole]) have of a base asset; NaN while unknown.
    public double delta(int strategy, String base) {
        return exposure.held(strategy, base, exposure.delta);
    }

    /// Coins for a dollar.
    public double gamma(int strategy, String base) {
        return exposure.held(strategy, base, exposure.gamma);
    }

    /// Dollars for a percentage point of volatility.
    public double vega(int strategy, String base) {
        return exposure.held(strategy, base, exposure.vega);
    }

    Exposure exposure() {
        return exposure;
    }

    Contracts contracts() {
        return contracts;
    }

    /// Over everything that decides.
    public long hash() {
        long hash = 31 * (31 * open.hash() + exposure.hash()) + breaker.ordinal();
        for (int i = 0; i < tired.length; i++) {
            hash = 31 * hash + (tired[i] ? 1 : 0);
        }
        for (long count : counts) {
            hash = 31 * hash + count;
        }
        return hash;
    }
}
