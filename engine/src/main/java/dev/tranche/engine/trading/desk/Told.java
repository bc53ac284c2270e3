package dev.tranche.engine.trading.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.desk.Pulled;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.order.OrderState;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;

/// Tells two what a desk tells one: the journal (or, in a replay, the comparison), and whoever keeps readings.
/// The first may change. One thread at a time.
public final class Told implements DeskSink {
    private DeskSink first;
    private final DeskSink second;

    private Told(DeskSink first, DeskSink second) {
        this.first = first;
        this.second = second;
    }

    /// Tells both, in this order.
    public static Told to(DeskSink first, DeskSink second) {
        return new Told(first, second);
    }

    /// From here on the first is another.
    public void lead(DeskSink other) {
        first = other;
    }

    @Override
    public void quote(long now, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {
        first.quote(now, strategy, contract, quote, spread);
        second.quote(now, strategy, contract, quote, spread);
    }

    @Override
    public void pulled(long now, int strategy, int contract, Pulled why) {
        first.pulled(now, strategy, contract, why);
        second.pulled(now, strategy, contract, why);
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
        first.refused(now, strategy, contract, intent, side, priceTicks, quantityLots, refusal);
        second.refused(now, strategy, contract, intent, side, priceTicks, quantityLots, refusal);
    }

    @Override
    public void order(long now, long orderId, int contract, OrderState before, OrderState after) {
        first.order(now, orderId, contract, before, after);
        second.order(now, orderId, contract, before, after);
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
        first.filled(now, strategy, contract, orderId, tradeId, side, priceTicks, quantityLots, fee, maker, intent);
        second.filled(now, strategy, contract, orderId, tradeId, side, priceTicks, quantityLots, fee, maker, intent);
    }

    @Override
    public void hedge(long now, int strategy, int contract, int leg, HedgePlan plan) {
        first.hedge(now, strategy, contract, leg, plan);
        second.hedge(now, strategy, contract, leg, plan);
    }

    @Override
    public void breaker(long now, BreakerState before, BreakerState after, String why) {
        first.breaker(now, before, after, why);
        second.breaker(now, before, after, why);
    }

    @Override
    public void regime(long now, int strategy, int contract, int before, int after, double probability) {
        first.regime(now, strategy, contract, before, after, probability);
        second.regime(now, strategy, contract, before, after, probability);
    }

    @Override
    public void spread(long now, int strategy, int contract, SpreadReason reason, double basisPoints) {
        first.spread(now, strategy, contract, reason, basisPoints);
        second.spread(now, strategy, contract, reason, basisPoints);
    }

    @Override
    public void notice(long now, Notice notice, int contract, long found, long expected) {
        first.notice(now, notice, contract, found, expected);
        second.notice(now, notice, contract, found, expected);
    }

    @Override
    public void strategy(long now, int place, String name) {
        first.strategy(now, place, name);
        second.strategy(now, place, name);
    }
}
