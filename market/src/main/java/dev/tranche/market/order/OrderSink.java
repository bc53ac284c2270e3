package dev.tranche.market.order;

import dev.tranche.market.Side;

/// Where a desk sends what it wants of its venues. Primitives only, so that an order allocates nothing; the
/// receiver encodes at once and keeps nothing. Nothing is answered here: what becomes of it comes back through
/// [OrderReports].
public interface OrderSink {
    /// A new order.
    ///
    /// @param orderId ours: above 0, never used twice, the same in a replay; venues get it as the client's id
    /// @param contract its place in [dev.tranche.market.contract.Contracts]
    /// @param reduceOnly the venue shall not let it open or turn a position
    void place(
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            TimeInForce force,
            boolean reduceOnly);

    /// Another price and whole quantity for a resting order, keeping its id.
    ///
    /// @param quantityLots of the whole order, what is filled already included
    void amend(long orderId, int contract, long priceTicks, long quantityLots);

    /// Takes an order back.
    void cancel(long orderId, int contract);

    /// Takes back everything that we have in one contract, known to us or not.
    void cancelAll(int contract);

    /// Asks a venue for the truth: its open orders, the fills since a time, its positions; the answer comes as
    /// [OrderReports#truth].
    ///
    /// @param venue its place in [dev.tranche.market.contract.Contracts#venues]
    /// @param sinceNanos fills from here on, epoch nanoseconds
    void reconcile(int venue, long sinceNanos);
}
