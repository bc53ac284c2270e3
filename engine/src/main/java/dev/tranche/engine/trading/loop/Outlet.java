package dev.tranche.engine.trading.loop;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;

/// Where a desk's orders go: into the comparison while its journal is replayed, to the venues after that. A
/// desk is made with one outlet for its whole life. One thread at a time.
public final class Outlet implements OrderSink {
    private OrderSink to;

    private Outlet(OrderSink to) {
        this.to = to;
    }

    /// An outlet that leads to `first`.
    public static Outlet to(OrderSink first) {
        return new Outlet(first);
    }

    /// From here on it leads elsewhere.
    public void lead(OrderSink other) {
        to = other;
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
        to.place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        to.amend(orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void cancel(long orderId, int contract) {
        to.cancel(orderId, contract);
    }

    @Override
    public void cancelAll(int contract) {
        to.cancelAll(contract);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        to.reconcile(venue, sinceNanos);
    }
}
