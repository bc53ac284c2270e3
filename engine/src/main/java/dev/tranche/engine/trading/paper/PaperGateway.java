package dev.tranche.engine.trading.paper;

import dev.tranche.engine.venue.Armed;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.engine.venue.Link;
import dev.tranche.market.Side;
import dev.tranche.market.order.TimeInForce;
import java.util.function.IntConsumer;

/// A venue on paper, as the loop sees every venue. It needs no cancel-on-disconnect: it ends with the process.
public final class PaperGateway implements Gateway {
    private final PaperVenues venues;
    private final int venue;
    private final IntConsumer snapshots;

    PaperGateway(PaperVenues venues, int venue, IntConsumer snapshots) {
        this.venues = venues;
        this.venue = venue;
        this.snapshots = snapshots;
    }

    @Override
    public int venue() {
        return venue;
    }

    @Override
    public void start() {}

    @Override
    public void arm() {}

    @Override
    public Armed armed() {
        return new Armed(true, true, 0, "on paper: orders end with this process");
    }

    @Override
    public Link link() {
        return new Link(Link.State.READY, Link.State.READY, "on paper");
    }

    @Override
    public void snapshot(int contract) {
        snapshots.accept(contract);
    }

    @Override
    public void resetProtection() {}

    @Override
    public void close() {}

    @Override
    public void place(
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            TimeInForce force,
            boolean reduceOnly) {
        venues.exchange().place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        venues.exchange().amend(orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void cancel(long orderId, int contract) {
        venues.exchange().cancel(orderId, contract);
    }

    @Override
    public void cancelAll(int contract) {
        venues.exchange().cancelAll(contract);
    }

    @Override
    public void reconcile(int place, long sinceNanos) {
        venues.exchange().reconcile(place, sinceNanos);
    }
}
