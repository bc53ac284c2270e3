package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a desk hears, kept so that another desk can hear the same.
final class Tape implements OrderReports {
    private final List<Consumer<Desk>> inputs = new ArrayList<>();
    private final Desk desk;

    Tape(Desk desk) {
        this.desk = desk;
    }

    void say(Consumer<Desk> input) {
        inputs.add(input);
        input.accept(desk);
    }

    int size() {
        return inputs.size();
    }

    /// Says everything again, but one input (-1 for none).
    void play(Desk other, int but) {
        for (int i = 0; i < inputs.size(); i++) {
            if (i != but) {
                inputs.get(i).accept(other);
            }
        }
    }

    @Override
    public void accepted(long now, long orderId, int contract) {
        say(to -> to.accepted(now, orderId, contract));
    }

    @Override
    public void rejected(long now, long orderId, int contract, Rejection why) {
        say(to -> to.rejected(now, orderId, contract, why));
    }

    @Override
    public void amended(long now, long orderId, int contract, long ticks, long lots) {
        say(to -> to.amended(now, orderId, contract, ticks, lots));
    }

    @Override
    public void amendRefused(long now, long orderId, int contract, Rejection why) {
        say(to -> to.amendRefused(now, orderId, contract, why));
    }

    @Override
    public void cancelRefused(long now, long orderId, int contract, Rejection why) {
        say(to -> to.cancelRefused(now, orderId, contract, why));
    }

    @Override
    public void cancelled(long now, long orderId, int contract, long filled) {
        say(to -> to.cancelled(now, orderId, contract, filled));
    }

    @Override
    public void filled(
            long now, long id, int contract, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        say(to -> to.filled(now, id, contract, trade, side, ticks, lots, fee, maker));
    }

    @Override
    public void corrected(long now, int contract, long trade, long ticks, long lots, long fee) {
        say(to -> to.corrected(now, contract, trade, ticks, lots, fee));
    }

    @Override
    public void funding(long now, int contract, long paid) {
        say(to -> to.funding(now, contract, paid));
    }

    @Override
    public void settled(long now, int contract, long ticks) {
        say(to -> to.settled(now, contract, ticks));
    }

    @Override
    public void connected(long now, int venue) {
        say(to -> to.connected(now, venue));
    }

    @Override
    public void disconnected(long now, int venue) {
        say(to -> to.disconnected(now, venue));
    }

    @Override
    public void truth(long now, int venue, long asOf) {
        say(to -> to.truth(now, venue, asOf));
    }

    @Override
    public void openOrder(long now, long id, int contract, Side side, long ticks, long lots, long filled) {
        say(to -> to.openOrder(now, id, contract, side, ticks, lots, filled));
    }

    @Override
    public void position(long now, int contract, long lots) {
        say(to -> to.position(now, contract, lots));
    }

    @Override
    public void truthEnds(long now, int venue) {
        say(to -> to.truthEnds(now, venue));
    }
}
