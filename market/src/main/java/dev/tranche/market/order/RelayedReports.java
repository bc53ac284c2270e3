package dev.tranche.market.order;

import dev.tranche.market.Side;
import java.util.function.Consumer;

/// Hands each report on as one step that says it again to whom it is given: into a queue, to another thread, onto
/// a tape. A step keeps the values of its report and may be said many times.
public interface RelayedReports extends OrderReports {
    /// Takes the step that says a report again.
    void relay(Consumer<OrderReports> report);

    @Override
    default void accepted(long nowNanos, long orderId, int contract) {
        relay(to -> to.accepted(nowNanos, orderId, contract));
    }

    @Override
    default void rejected(long nowNanos, long orderId, int contract, Rejection why) {
        relay(to -> to.rejected(nowNanos, orderId, contract, why));
    }

    @Override
    default void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {
        relay(to -> to.amended(nowNanos, orderId, contract, priceTicks, quantityLots));
    }

    @Override
    default void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {
        relay(to -> to.amendRefused(nowNanos, orderId, contract, why));
    }

    @Override
    default void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {
        relay(to -> to.cancelRefused(nowNanos, orderId, contract, why));
    }

    @Override
    default void cancelled(long nowNanos, long orderId, int contract, long filledLots) {
        relay(to -> to.cancelled(nowNanos, orderId, contract, filledLots));
    }

    @Override
    default void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {
        relay(to -> to.filled(nowNanos, orderId, contract, tradeId, side, priceTicks, quantityLots, fee, maker));
    }

    @Override
    default void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        relay(to -> to.corrected(nowNanos, contract, tradeId, priceTicks, quantityLots, fee));
    }

    @Override
    default void funding(long nowNanos, int contract, long dueNanos, long paid) {
        relay(to -> to.funding(nowNanos, contract, dueNanos, paid));
    }

    @Override
    default void settled(long nowNanos, int contract, long underlyingTicks) {
        relay(to -> to.settled(nowNanos, contract, underlyingTicks));
    }

    @Override
    default void connected(long nowNanos, int venue) {
        relay(to -> to.connected(nowNanos, venue));
    }

    @Override
    default void disconnected(long nowNanos, int venue) {
        relay(to -> to.disconnected(nowNanos, venue));
    }

    @Override
    default void truth(long nowNanos, int venue, long asOfNanos) {
        relay(to -> to.truth(nowNanos, venue, asOfNanos));
    }

    @Override
    default void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        relay(to -> to.openOrder(nowNanos, orderId, contract, side, priceTicks, quantityLots, filledLots));
    }

    @Override
    default void position(long nowNanos, int contract, long lots) {
        relay(to -> to.position(nowNanos, contract, lots));
    }

    @Override
    default void truthEnds(long nowNanos, int venue) {
        relay(to -> to.truthEnds(nowNanos, venue));
    }
}
