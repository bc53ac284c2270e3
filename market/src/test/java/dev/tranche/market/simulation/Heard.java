package dev.tranche.market.simulation;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.Rejection;
import java.util.ArrayList;
import java.util.List;

/// Writes down what a venue says, one line a report.
class Heard implements OrderReports {
    final List<String> lines = new ArrayList<>();

    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void add(long now, String line) {
        lines.add(now + " " + line);
    }

    @Override
    public void accepted(long nowNanos, long orderId, int contract) {
        add(nowNanos, "accepted " + orderId);
    }

    @Override
    public void rejected(long nowNanos, long orderId, int contract, Rejection why) {
        add(nowNanos, "rejected " + orderId + " " + why);
    }

    @Override
    public void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {
        add(nowNanos, "amended " + orderId + " " + quantityLots + "@" + priceTicks);
    }

    @Override
    public void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {
        add(nowNanos, "amend refused " + orderId + " " + why);
    }

    @Override
    public void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {
        add(nowNanos, "cancel refused " + orderId + " " + why);
    }

    @Override
    public void cancelled(long nowNanos, long orderId, int contract, long filledLots) {
        add(nowNanos, "cancelled " + orderId + " after " + filledLots);
    }

    @Override
    public void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {
        add(
                nowNanos,
                "filled " + orderId + " #" + tradeId + " " + side + " " + quantityLots + "@" + priceTicks + " fee "
                        + fee + (maker ? " maker" : " taker"));
    }

    @Override
    public void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        add(nowNanos, "corrected " + tradeId);
    }

    @Override
    public void funding(long nowNanos, int contract, long dueNanos, long paid) {
        add(nowNanos, "funding " + paid);
    }

    @Override
    public void settled(long nowNanos, int contract, long underlyingTicks) {
        add(nowNanos, "settled " + underlyingTicks);
    }

    @Override
    public void connected(long nowNanos, int venue) {
        add(nowNanos, "connected " + venue);
    }

    @Override
    public void disconnected(long nowNanos, int venue) {
        add(nowNanos, "disconnected " + venue);
    }

    @Override
    public void truth(long nowNanos, int venue, long asOfNanos) {
        add(nowNanos, "truth as of " + asOfNanos);
    }

    @Override
    public void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        add(nowNanos, "open " + orderId + " " + side + " " + filledLots + " of " + quantityLots + "@" + priceTicks);
    }

    @Override
    public void position(long nowNanos, int contract, long lots) {
        add(nowNanos, "position " + lots);
    }

    @Override
    public void truthEnds(long nowNanos, int venue) {
        add(nowNanos, "truth ends");
    }
}
