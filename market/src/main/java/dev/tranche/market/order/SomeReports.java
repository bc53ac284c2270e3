package dev.tranche.market.order;

import dev.tranche.market.Side;

/// Hears of all that venues say only what it overrides: for those who count, watch or keep one kind of report.
/// Never for who decides by them: a desk that misses a report no longer knows what it holds.
public interface SomeReports extends OrderReports {
    @Override
    default void accepted(long nowNanos, long orderId, int contract) {}

    @Override
    default void rejected(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    default void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {}

    @Override
    default void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    default void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {}

    @Override
    default void cancelled(long nowNanos, long orderId, int contract, long filledLots) {}

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
            boolean maker) {}

    @Override
    default void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {}

    @Override
    default void funding(long nowNanos, int contract, long dueNanos, long paid) {}

    @Override
    default void settled(long nowNanos, int contract, long underlyingTicks) {}

    @Override
    default void connected(long nowNanos, int venue) {}

    @Override
    default void disconnected(long nowNanos, int venue) {}

    @Override
    default void truth(long nowNanos, int venue, long asOfNanos) {}

    @Override
    default void openOrder(
            long nowNanos,
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            long filledLots) {}

    @Override
    default void position(long nowNanos, int contract, long lots) {}

    @Override
    default void truthEnds(long nowNanos, int venue) {}
}
