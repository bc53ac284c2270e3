package dev.tranche.engine.trading.replay;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import java.util.Optional;

/// Asks two for the same, the first one first.
record Both(OrderSink first, OrderSink second) implements OrderSink {
    static OrderSink of(OrderSink first, Optional<OrderSink> second) {
        return second.isPresent() ? new Both(first, second.get()) : first;
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
        first.place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
        second.place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        first.amend(orderId, contract, priceTicks, quantityLots);
        second.amend(orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void cancel(long orderId, int contract) {
        first.cancel(orderId, contract);
        second.cancel(orderId, contract);
    }

    @Override
    public void cancelAll(int contract) {
        first.cancelAll(contract);
        second.cancelAll(contract);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        first.reconcile(venue, sinceNanos);
        second.reconcile(venue, sinceNanos);
    }
}
