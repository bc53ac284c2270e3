package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;

/// Hears what a desk decides and why: for the journal, metrics, tables and people. Nothing that it does comes
/// back to the desk. Telling allocates nothing; `strategy` is the place of a
/// strategy, or the number of places where it is nobody's; prices are in ticks, quantities in lots of the
/// contract. Every method does nothing unless it is overridden.
public interface DeskSink {
    /// Tells nobody.
    DeskSink NONE = new DeskSink() {};

    /// A quote was decided on and differs from what stands; its orders follow.
    ///
    /// @param quote prices, quantities and everything that they come from; it holds until this returns
    /// @param spread where the spread came from
    default void quote(long nowNanos, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {}

    /// A strategy has no quote any more; its orders are cancelled.
    default void pulled(long nowNanos, int strategy, int contract, Pulled why) {}

    /// An order did not pass the checks and was not sent.
    default void refused(
            long nowNanos,
            int strategy,
            int contract,
            Intent intent,
            Side side,
            long priceTicks,
            long quantityLots,
            Refusal refusal) {}

    /// The state of an order changed.
    default void order(long nowNanos, long orderId, int contract, OrderState before, OrderState after) {}

    /// A venue refused a new order.
    default void rejected(long nowNanos, long orderId, int contract, Rejection why) {}

    /// A fill that counts, once.
    ///
    /// @param orderId 0 when it is nobody's
    /// @param fee in 1e-8 of the settlement currency
    default void filled(
            long nowNanos,
            int strategy,
            int contract,
            long orderId,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker,
            Intent intent) {}

    /// A hedge was decided on; its orders follow.
    ///
    /// @param leg place of the contract among those that the strategy hedges with
    /// @param plan what is traded and why; it holds until this returns
    default void hedge(long nowNanos, int strategy, int contract, int leg, HedgePlan plan) {}

    /// The breaker changed its state. HALTED and KILLED are what a rollout is rolled back for.
    default void breaker(long nowNanos, BreakerState before, BreakerState after, String why) {}

    /// A strategy's regime in a contract changed.
    ///
    /// @param probability of the new one
    default void regime(long nowNanos, int strategy, int contract, int before, int after, double probability) {}

    /// Where a strategy's spread comes from changed: the model, or what stands in for it and why.
    default void spread(long nowNanos, int strategy, int contract, SpreadReason reason, double basisPoints) {}

    /// What people should hear of.
    ///
    /// @param contract -1 when it is of none
    default void notice(long nowNanos, Notice notice, int contract, long found, long expected) {}

    /// A strategy came into force at a place, or ended there (`name` empty).
    default void strategy(long nowNanos, int place, String name) {}
}
