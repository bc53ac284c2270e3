package dev.tranche.engine.trading.loop;

import dev.tranche.engine.venue.Gateway;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import java.util.List;

/// Sends what a desk asks for to the gateway of the contract's venue. The loop's thread alone.
public final class Router implements OrderSink {
    private final Gateway[] byContract;
    private final Gateway[] byVenue;

    private Router(Gateway[] byContract, Gateway[] byVenue) {
        this.byContract = byContract;
        this.byVenue = byVenue;
    }

    /// @param gateways one for each venue, in any order
    /// @throws IllegalArgumentException when a venue has none
    public static Router of(Contracts contracts, List<Gateway> gateways) {
        Gateway[] byVenue = new Gateway[contracts.venues().size()];
        gateways.forEach(gateway -> byVenue[gateway.venue()] = gateway);
        for (int i = 0; i < byVenue.length; i++) {
            if (!has(byVenue, i)) {
                throw new IllegalArgumentException(
                        "a venue has no gateway: " + contracts.venues().get(i));
            }
        }
        Gateway[] byContract = new Gateway[contracts.size()];
        for (int i = 0; i < byContract.length; i++) {
            byContract[i] = byVenue[contracts.venue(i)];
        }
        return new Router(byContract, byVenue);
    }

    @SuppressWarnings("ConstantValue") // an array begins empty
    private static boolean has(Gateway[] gateways, int at) {
        Object gateway = gateways[at];
        return gateway != null;
    }

    /// How many contracts there are.
    int contracts() {
        return byContract.length;
    }

    /// The gateway of a venue.
    Gateway venue(int venue) {
        return byVenue[venue];
    }

    /// The venue of a contract.
    int venueOf(int contract) {
        return byContract[contract].venue();
    }

    /// How many venues there are.
    int venues() {
        return byVenue.length;
    }

    /// Asks for a whole book of a contract.
    public void snapshot(int contract) {
        byContract[contract].snapshot(contract);
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
        byContract[contract].place(orderId, contract, side, priceTicks, quantityLots, force, reduceOnly);
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        byContract[contract].amend(orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void cancel(long orderId, int contract) {
        byContract[contract].cancel(orderId, contract);
    }

    @Override
    public void cancelAll(int contract) {
        byContract[contract].cancelAll(contract);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        byVenue[venue].reconcile(venue, sinceNanos);
    }
}
