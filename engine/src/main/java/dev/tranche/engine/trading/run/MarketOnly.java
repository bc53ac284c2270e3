package dev.tranche.engine.trading.run;

import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;

/// Lets market data through and nothing else: reports of an account that is not there say nothing.
record MarketOnly(GatewayInbox to) implements GatewayInbox {
    @Override
    public void market(long now, int contract, byte[] bytes, int from, int end) {
        to.market(now, contract, bytes, from, end);
    }

    @Override
    public void marketLost(long now, int contract) {
        to.marketLost(now, contract);
    }

    @Override
    public void protection(long now, int venue, boolean triggered) {}

    @Override
    public void notice(long now, int venue, String text) {
        to.notice(now, venue, text);
    }

    @Override
    public void accepted(long now, long orderId, int contract) {}

    @Override
    public void rejected(long now, long orderId, int contract, Rejection why) {}

    @Override
    public void amended(long now, long orderId, int contract, long priceTicks, long quantityLots) {}

    @Override
    public void amendRefused(long now, long orderId, int contract, Rejection why) {}

    @Override
    public void cancelRefused(long now, long orderId, int contract, Rejection why) {}

    @Override
    public void cancelled(long now, long orderId, int contract, long filledLots) {}

    @Override
    public void filled(
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
    public void corrected(long now, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {}

    @Override
    public void funding(long now, int contract, long paid) {}

    @Override
    public void settled(long now, int contract, long underlyingTicks) {}

    @Override
    public void connected(long now, int venue) {}

    @Override
    public void disconnected(long now, int venue) {}

    @Override
    public void truth(long now, int venue, long asOfNanos) {}

    @Override
    public void openOrder(
            long now, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {}

    @Override
    public void position(long now, int contract, long lots) {}

    @Override
    public void truthEnds(long now, int venue) {}
}
