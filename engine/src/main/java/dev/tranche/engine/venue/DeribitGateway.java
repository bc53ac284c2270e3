package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Deribit by its JSON-RPC interface over WebSocket, v2. Two connections: orders do not wait behind market
/// data. Our order id is the order's label, by which it is changed and cancelled too, so that an order can be
/// taken back whose acknowledgement never came.
///
/// Never tried against the venue itself: written by its public documentation, tested against a local exchange
/// that speaks the same protocol (docs/reference/venues.md).
public final class DeribitGateway implements Gateway {
    /// The usual name of the venue in contracts.
    public static final String NAME = "deribit";

    private final Places places;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final HttpClient client;
    private final SentOrders sent = new SentOrders();
    private final Asked asked = new Asked();
    private final DeribitRequests requests;
    private final DeribitMarket market;
    private final Line marketLine;
    private final @Nullable DeribitOrders orders;
    private final @Nullable Line ordersLine;

    private DeribitGateway(
            String name,
            DeribitSettings settings,
            Optional<Credentials> credentials,
            Contracts contracts,
            GatewayInbox inbox,
            Ticks ticks,
            RandomGenerator chance) {
        this.places = new Places(contracts, name);
        this.inbox = inbox;
        this.ticks = ticks;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.link().patience())
                .build();
        this.requests = new DeribitRequests(
                contracts, settings.prefix(), settings.protection().isPresent());
        this.market = new DeribitMarket(settings, credentials, places, contracts.size(), inbox, ticks);
        this.marketLine = new Line(name + "-market", settings.socket(), settings.link(), client, ticks, chance, market);
        if (credentials.isPresent()) {
            List<String> indices = places.ours().stream()
                    .map(place -> places.get(place).terms().base().toLowerCase(Locale.ROOT) + "_usd")
                    .distinct()
                    .toList();
            this.orders = new DeribitOrders(settings, credentials.get(), places, indices, sent, asked, inbox, ticks);
            this.ordersLine =
                    new Line(name + "-orders", settings.socket(), settings.link(), client, ticks, chance, orders);
        } else {
            this.orders = null;
            this.ordersLine = null;
        }
    }

    /// A gateway to the venue of the usual name; it begins with [#start].
    ///
    /// @throws IllegalArgumentException when no contract is traded there
    public static DeribitGateway of(
            DeribitSettings settings,
            Optional<Credentials> credentials,
            Contracts contracts,
            GatewayInbox inbox,
            Ticks ticks,
            RandomGenerator chance) {
        return of(NAME, settings, credentials, contracts, inbox, ticks, chance);
    }

    /// A gateway that begins with [#start].
    ///
    /// @param venue its name in the contracts
    /// @param credentials without them market data come and every order is refused
    /// @param contracts all of the desk; those of this venue are this gateway's
    /// @param chance of the waits before connecting again
    /// @throws IllegalArgumentException when no contract is traded there
    public static DeribitGateway of(
            String venue,
            DeribitSettings settings,
            Optional<Credentials> credentials,
            Contracts contracts,
            GatewayInbox inbox,
            Ticks ticks,
            RandomGenerator chance) {
        return new DeribitGateway(venue, settings, credentials, contracts, inbox, ticks, chance);
    }

    @Override
    public int venue() {
        return places.venue();
    }

    @Override
    public void start() {
        marketLine.start();
        if (ordersLine != null) {
            ordersLine.start();
        }
    }

    @Override
    public void arm() {
        if (orders != null) {
            orders.wantArming();
        }
    }

    @Override
    public void resetProtection() {
        if (orders != null) {
            orders.wantReset();
        }
    }

    @Override
    public void snapshot(int contract) {
        places.check(contract);
        market.wantSnapshot(contract);
    }

    @Override
    public Armed armed() {
        return orders == null ? Armed.not("there are no credentials") : orders.armed();
    }

    @Override
    public Link link() {
        if (ordersLine == null) {
            return new Link(Link.State.CLOSED, marketLine.state(), marketLine.reason());
        }
        return new Link(
                ordersLine.state(), marketLine.state(), ordersLine.ready() ? marketLine.reason() : ordersLine.reason());
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
        places.check(contract);
        Rejection no = refusal(force == TimeInForce.POST_ONLY);
        if (no != null) {
            inbox.rejected(ticks.epochNanos(), orderId, contract, no);
            return;
        }
        int flags = SentOrders.flags(side, force, reduceOnly);
        sent.put(orderId, flags);
        long request = asked.next(Asked.PLACE, orderId, contract);
        boolean atOnce = force == TimeInForce.IMMEDIATE_OR_CANCEL;
        if (!send(requests.place(request, orderId, contract, flags, atOnce, priceTicks, quantityLots))) {
            asked.done(request);
            sent.remove(orderId);
            inbox.rejected(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        places.check(contract);
        int flags = sent.get(orderId);
        Rejection no = refusal(SentOrders.postOnly(flags));
        if (no != null || flags == SentOrders.NONE) {
            inbox.amendRefused(ticks.epochNanos(), orderId, contract, no == null ? Rejection.NOT_OPEN : no);
            return;
        }
        long request = asked.next(Asked.AMEND, orderId, contract);
        if (!send(requests.amend(request, orderId, contract, flags, priceTicks, quantityLots))) {
            asked.done(request);
            inbox.amendRefused(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    @Override
    public void cancel(long orderId, int contract) {
        places.check(contract);
        long request = asked.next(Asked.CANCEL, orderId, contract);
        if (!send(requests.cancel(request, orderId, contract))) {
            asked.done(request);
            inbox.cancelRefused(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    @Override
    public void cancelAll(int contract) {
        places.check(contract);
        long request = asked.next(Asked.CANCEL_ALL, 0, contract);
        if (!send(requests.cancelAll(request, contract))) {
            asked.done(request);
            inbox.notice(
                    ticks.epochNanos(),
                    venue(),
                    "cancelling everything in " + places.get(contract).symbol() + " could not be asked for: "
                            + link().reason());
        }
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        if (venue != venue()) {
            throw new IllegalArgumentException("this is venue " + venue() + ": " + venue);
        }
        if (orders != null) {
            orders.wantTruth(sinceNanos);
        }
    }

    /// Why an order may not be sent or changed now; null when it may.
    ///
    /// @param quote whether the venue's protection for market makers holds for it
    private @Nullable Rejection refusal(boolean quote) {
        if (orders == null
                || ordersLine == null
                || !ordersLine.ready()
                || !orders.armed().verified()) {
            return Rejection.OTHER;
        }
        if (quote && orders.triggered()) {
            return Rejection.PROTECTION;
        }
        return orders.cooling() ? Rejection.RATE_LIMIT : null;
    }

    private boolean send(Ascii message) {
        return ordersLine != null && ordersLine.ready() && ordersLine.send(message);
    }

    @Override
    public void close() {
        marketLine.close();
        if (ordersLine != null) {
            ordersLine.close();
        }
        client.shutdownNow();
    }
}
