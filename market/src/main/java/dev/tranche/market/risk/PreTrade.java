package dev.tranche.market.risk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;

/// What every order is asked before it is sent. Nothing is allocated; cancels are never asked. One writer.
@SuppressWarnings("DoNotCallSuggester") // until the bodies follow
public final class PreTrade {
    private PreTrade() {}

    /// @param orders most orders open at once
    public static PreTrade of(Contracts contracts, Ledger ledger, int strategies, int orders, OrderLimits desk) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The limits of a strategy from now on; without any it sends nothing. The desk's own hold beside them.
    public void limits(int strategy, OrderLimits limits) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The price that a contract's orders are held against: a mid or mark of a valid book. 0: nothing is known.
    public void reference(long nowNanos, int contract, long ticks) {
        throw new UnsupportedOperationException("next commit");
    }

    /// What one lot of an option moves: coins, coins per USD, USD per percentage point. Futures need none.
    public void greeks(int contract, double delta, double gamma, double vega) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The breaker's state from now on.
    public void breaker(BreakerState state) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Whether an order may be sent. [Refusal#NONE] counts it as open from then on, until [#closed].
    public Refusal check(
            long nowNanos,
            long orderId,
            int strategy,
            int contract,
            Side side,
            long ticks,
            long lots,
            Activity activity) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Whether an open order may be amended. [Refusal#NONE] counts both what it was and what it may become,
    /// until [#amended] or [#amendRefused].
    ///
    /// @param lots of the whole order, what is filled already included
    public Refusal checkAmend(long nowNanos, long orderId, long ticks, long lots, Activity activity) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The order is now this.
    public void amended(long orderId, long ticks, long lots) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The order is as it was.
    public void amendRefused(long orderId) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Part or all of an order was filled: say it after the ledger. Not said for a repetition.
    public void filled(long nowNanos, long orderId, int strategy, long lots) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The order is over: rejected, cancelled with all its fills known, or filled. Unknown ones stay open.
    public void closed(long orderId) {
        throw new UnsupportedOperationException("next commit");
    }

    /// An order that is at the venue and was not known, or is more than was known. Any id but 0.
    public void found(
            long nowNanos, long orderId, int strategy, int contract, Side side, long ticks, long lots, long filled) {
        throw new UnsupportedOperationException("next commit");
    }

    /// A person lets a strategy trade again after [Refusal#REPEATED_EXECUTION].
    public void release(int strategy) {
        throw new UnsupportedOperationException("next commit");
    }

    /// How often this was answered.
    public long count(Refusal refusal) {
        throw new UnsupportedOperationException("next commit");
    }

    /// The greeks of a strategy's positions (or [Ledger#whole]) in a base asset: coins; NaN while unknown.
    public double delta(int strategy, String base) {
        throw new UnsupportedOperationException("next commit");
    }

    /// In coins per USD.
    public double gamma(int strategy, String base) {
        throw new UnsupportedOperationException("next commit");
    }

    /// In USD per percentage point.
    public double vega(int strategy, String base) {
        throw new UnsupportedOperationException("next commit");
    }

    /// Over everything that decides.
    public long hash() {
        throw new UnsupportedOperationException("next commit");
    }
}
