package dev.tranche.engine.trading.journal;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.hedge.Urgency;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;

/// Hears from the journal what a desk told, as [dev.tranche.market.desk.DeskSink] said it: for metrics, tables
/// and people. `strategy` is a place, or the number of places where it is nobody's; prices are in ticks,
/// quantities in lots. Every method does nothing unless it is overridden.
public interface Telling {
    /// An order did not pass the checks.
    default void refused(
            long nowNanos,
            int strategy,
            int contract,
            Intent intent,
            Side side,
            long priceTicks,
            long quantityLots,
            Refusal refusal) {}

    /// A fill that counts, once.
    ///
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

    /// A hedge was decided on.
    ///
    /// @param causes bits of [dev.tranche.market.hedge.HedgeCause]
    /// @param coins bought in this contract, below 0 sold
    /// @param deviation that called for it
    /// @param cost expected of the whole hedge, dollars
    default void hedge(
            long nowNanos,
            int strategy,
            int contract,
            Urgency urgency,
            int causes,
            double coins,
            double deviation,
            double cost) {}

    /// The breaker changed its state.
    default void breaker(long nowNanos, BreakerState before, BreakerState after, String why) {}

    /// A strategy's regime in a contract changed.
    default void regime(long nowNanos, int strategy, int contract, int before, int after, double probability) {}

    /// Where a strategy's spread comes from changed.
    ///
    /// @param code of the [dev.tranche.market.spread.SpreadReason]
    default void spread(long nowNanos, int strategy, int contract, int code, double basisPoints) {}

    /// What people should hear of.
    default void notice(long nowNanos, Notice notice, int contract, long found, long expected) {}

    /// A strategy came into force at a place, or ended there (`name` empty).
    default void strategy(long nowNanos, int place, String name) {}
}
