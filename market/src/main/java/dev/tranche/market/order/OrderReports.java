package dev.tranche.market.order;

import dev.tranche.market.Side;

/// What venues say of orders, in the order in which it was heard; also the input of a replay. Primitives only.
/// Anything may come twice, late, out of order, or for an order that nobody here knows: the receiver copes.
///
/// `nowNanos` is always when it was heard, epoch nanoseconds, never less than before. Fees are in 1e-8 of the
/// currency that the contract settles in, below 0 for a rebate.
public interface OrderReports {
    /// The order rests (or will, for one that matches at once).
    void accepted(long nowNanos, long orderId, int contract);

    /// The order is not and never was.
    void rejected(long nowNanos, long orderId, int contract, Rejection why);

    /// The order rests with this price and whole quantity.
    void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots);

    /// The amendment was refused; the order is as it was, unless `why` is [Rejection#NOT_OPEN].
    void amendRefused(long nowNanos, long orderId, int contract, Rejection why);

    /// The cancel was refused; the order is as it was, unless `why` is [Rejection#NOT_OPEN].
    void cancelRefused(long nowNanos, long orderId, int contract, Rejection why);

    /// The order is over, with so much filled in all.
    void cancelled(long nowNanos, long orderId, int contract, long filledLots);

    /// A fill. One trade is one `tradeId` of one contract: the second report of it is a repetition.
    ///
    /// @param orderId 0 when the venue does not say, or the order is not ours
    /// @param maker whether it added liquidity
    void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker);

    /// A fill said before is changed; a quantity of 0 takes it back.
    void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee);

    /// Funding paid (above 0) or received for a position, in 1e-8 of the settlement currency. A contract pays once
    /// at a time: the second report of one is a repetition.
    ///
    /// @param dueNanos when it was paid by the venue's clock, epoch nanoseconds
    void funding(long nowNanos, int contract, long dueNanos, long paid);

    /// A contract expired at this price of its underlying, in ticks of the underlying's grid; its position is
    /// paid out.
    void settled(long nowNanos, int contract, long underlyingTicks);

    /// A venue can be heard again; orders sent from here on reach it. Its truth is asked for and follows.
    void connected(long nowNanos, int venue);

    /// A venue cannot be heard. Orders there may still stand, fill, or be taken back by its own protection.
    void disconnected(long nowNanos, int venue);

    /// Begins a venue's answer to [OrderSink#reconcile]; [#openOrder], [#filled] and [#position] follow, then
    /// [#truthEnds].
    ///
    /// @param asOfNanos what was sent after this may be missing from it
    void truth(long nowNanos, int venue, long asOfNanos);

    /// An order that is open.
    ///
    /// @param orderId 0 when it is not ours
    void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots);

    /// A position as the venue sees it; one not named is 0.
    ///
    /// @param lots below 0 when short
    void position(long nowNanos, int contract, long lots);

    /// The venue's answer is complete.
    void truthEnds(long nowNanos, int venue);
}
