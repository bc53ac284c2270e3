package dev.tranche.engine.trading.run;

import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;

/// Hears market data and nothing else: reports of an account that is not there say nothing.
interface MarketOnly extends GatewayInbox {
    /// Lets what is heard of markets through.
    record Through(GatewayInbox to) implements MarketOnly {
        @Override
        public void market(long now, int contract, byte[] bytes, int from, int end) {
            to.market(now, contract, bytes, from, end);
        }

        @Override
        public void marketLost(long now, int contract) {
            to.marketLost(now, contract);
        }

        @Override
        public void notice(long now, int venue, String text) {
            to.notice(now, venue, text);
        }
    }

    @Override
    default void protection(long now, int venue, boolean triggered) {}

    @Override
    default void accepted(long now, long orderId, int contract) {}

    @Override
    default void rejected(long now, long orderId, int contract, Rejection why) {}

    @Override
    default void amended(long now, long orderId, int contract, long priceTicks, long quantityLots) {}

    @Override
    default void amendRefused(long now, long orderId, int contract, Rejection why) {}

    @Override
    default void cancelRefused(long now, long orderId, int contract, Rejection why) {}

    @Override
    default void cancelled(long now, long orderId, int contract, long filledLots) {}

    @Override
    default void filled(
            long now,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {}

    @Override
    default void corrected(long now, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {}

    @Override
    default void funding(long now, int contract, long paid) {}

    @Override
    default void settled(long now, int contract, long underlyingTicks) {}

    @Override
    default void connected(long now, int venue) {}

    @Override
    default void disconnected(long now, int venue) {}

    @Override
    default void truth(long now, int venue, long asOfNanos) {}

    @Override
    default void openOrder(
            long now, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {}

    @Override
    default void position(long now, int contract, long lots) {}

    @Override
    default void truthEnds(long now, int venue) {}
}
