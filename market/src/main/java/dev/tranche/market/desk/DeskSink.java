package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;

/// Hears what a desk decides and why: for the journal, metrics, tables and people. Nothing that it does comes
/// back to the desk. Primitives only, so that telling allocates nothing; `strategy` is the place of a
/// strategy, or the number of places where it is nobody's; prices are in ticks, quantities in lots of the
/// contract. Every method does nothing unless it is overridden.
public interface DeskSink {
    /// Tells nobody.
    DeskSink NONE = new DeskSink() {};

    /// A quote was decided on; the orders for it follow, as far as they differ from those that stand. A side
    /// of 0 lots is not quoted.
    ///
    /// @param level 0 = the nearest to the fair value
    /// @param why where it comes from; its fields hold until this returns
    default void quote(
            long nowNanos,
            int strategy,
            int contract,
            int level,
            long bidTicks,
            long bidLots,
            long askTicks,
            long askLots,
            QuoteWhy why) {}

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

    /// A hedge was decided on; its order follows.
    ///
    /// @param exposure what is hedged, in units of the base asset
    /// @param reason what called for it, an ordinal of the hedger's reasons
    default void hedge(
            long nowNanos,
            int strategy,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            double exposure,
            double ratio,
            int reason) {}

    /// The breaker changed its state. HALTED and KILLED are what a rollout is rolled back for.
    default void breaker(long nowNanos, BreakerState before, BreakerState after, String why) {}

    /// A strategy's regime in a contract changed.
    ///
    /// @param probability of the new one
    default void regime(long nowNanos, int strategy, int contract, int before, int after, double probability) {}

    /// The spread model gave no usable answer, and the heuristic stood in.
    ///
    /// @param reason an ordinal of the spread model's reasons
    default void spreadFellBack(long nowNanos, int strategy, int contract, int reason) {}

    /// What people should hear of.
    ///
    /// @param contract -1 when it is of none
    default void notice(long nowNanos, Notice notice, int contract, long found, long expected) {}

    /// A strategy came into force at a place, or ended there (`name` empty).
    default void strategy(long nowNanos, int place, String name) {}
}
