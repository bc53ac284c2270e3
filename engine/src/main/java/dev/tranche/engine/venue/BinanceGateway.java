package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.clock.Ticks;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Binance's USD-M futures: orders over the WebSocket API, our own orders and fills over the user data stream,
/// market data over combined streams, the truth over REST. Our order id is the client's order id, by which it is
/// changed and cancelled too. Connected is who can send orders *and* hear of them.
///
/// Never tried against the venue itself: written by its public documentation, tested against a local exchange
/// that speaks the same protocol (docs/reference/venues.md).
public final class BinanceGateway implements Gateway {
    /// The usual name of the venue in contracts.
    public static final String NAME = "binance";

    /// What is there only with credentials.
    private record Trading(
            BinanceRequests requests, BinanceOrders orders, Line ordersLine, BinanceUser user, Line userLine) {}

    private final Places places;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final HttpClient client;
    private final SentOrders sent = new SentOrders();
    private final Asked asked = new Asked();
    private final BinanceRest rest;
    private final BinanceMarket market;
    private final Line marketLine;
    private final Optional<Trading> trading;
    private boolean said;

    private BinanceGateway(
            String name,
            BinanceSettings settings,
            Optional<Credentials> credentials,
            Contracts contracts,
            GatewayInbox inbox,
            Ticks ticks,
            RandomGenerator chance) {
        this.places = new Places(contracts, name);
        this.inbox = inbox;
        this.ticks = ticks;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.link().patience())
                .build();
        this.rest = new BinanceRest(settings, credentials, client, ticks);
        this.market = new BinanceMarket(settings, places, contracts.size(), rest, inbox, ticks);
        this.marketLine = new Line(name + "-market", settings.stream(), settings.link(), client, ticks, chance, market);
        this.trading = credentials.map(who -> {
            VenueIds ids = new VenueIds();
            BinanceReports reports = new BinanceReports(places, settings.prefix(), sent, ids, inbox);
            BinanceTruth truth = new BinanceTruth(rest, reports, places, sent, ids, settings.prefix(), inbox, ticks);
            BinanceOrders orders =
                    new BinanceOrders(settings, places, sent, asked, rest, reports, inbox, ticks, this::compare);
            BinanceUser user = new BinanceUser(settings, places, rest, reports, truth, inbox, ticks, this::compare);
            return new Trading(
                    new BinanceRequests(contracts, settings, who),
                    orders,
                    new Line(name + "-orders", settings.api(), settings.link(), client, ticks, chance, orders),
                    user,
                    new Line(name + "-user", settings.stream(), settings.link(), client, ticks, chance, user));
        });
    }

    /// A gateway to the venue of the usual name; it begins with [#start].
    ///
    /// @throws IllegalArgumentException when no contract is traded there
    public static BinanceGateway of(
            BinanceSettings settings,
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
    public static BinanceGateway of(
            String venue,
            BinanceSettings settings,
            Optional<Credentials> credentials,
            Contracts contracts,
            GatewayInbox inbox,
            Ticks ticks,
            RandomGenerator chance) {
        return new BinanceGateway(venue, settings, credentials, contracts, inbox, ticks, chance);
    }

    /// Says that the venue can be heard, or that it cannot, when that has changed.
    private synchronized void compare() {
        boolean now = ready();
        if (now != said) {
            said = now;
            if (now) {
                inbox.connected(ticks.epochNanos(), venue());
            } else {
                inbox.disconnected(ticks.epochNanos(), venue());
            }
        }
    }

    private boolean ready() {
        return trading.isPresent()
                && trading.get().ordersLine().ready()
                && trading.get().userLine().ready();
    }

    @Override
    public int venue() {
        return places.venue();
    }

    @Override
    public void start() {
        marketLine.start();
        if (trading.isPresent()) {
            trading.get().userLine().start();
            trading.get().ordersLine().start();
        }
    }

    @Override
    public void arm() {
        trading.ifPresent(all -> all.orders().wantArming());
    }

    /// The venue has no such protection: nothing is to be reset.
    @Override
    public void resetProtection() {}

    @Override
    public void snapshot(int contract) {
        places.check(contract);
        market.wantSnapshot(contract);
    }

    @Override
    public Armed armed() {
        return trading.map(all -> all.orders().armed()).orElseGet(() -> Armed.not("there are no credentials"));
    }

    @Override
    public Link link() {
        if (trading.isEmpty()) {
            return new Link(Link.State.CLOSED, marketLine.state(), marketLine.reason());
        }
        Line orders = trading.get().ordersLine();
        Line user = trading.get().userLine();
        Line worse = orders.ready() ? user : orders;
        return new Link(worse.state(), marketLine.state(), worse.ready() ? marketLine.reason() : worse.reason());
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
        Rejection no = refusal();
        if (no != null || trading.isEmpty()) {
            inbox.rejected(ticks.epochNanos(), orderId, contract, no == null ? Rejection.OTHER : no);
            return;
        }
        int flags = SentOrders.flags(side, force, reduceOnly);
        sent.put(orderId, flags);
        long request = asked.next(Asked.PLACE, orderId, contract);
        boolean atOnce = force == TimeInForce.IMMEDIATE_OR_CANCEL;
        BinanceRequests requests = trading.get().requests();
        if (!send(requests.place(request, orderId, contract, flags, atOnce, priceTicks, quantityLots, rest.millis()))) {
            asked.done(request);
            sent.remove(orderId);
            inbox.rejected(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        places.check(contract);
        Rejection no = refusal();
        int flags = sent.get(orderId);
        if (no != null || flags == SentOrders.NONE || trading.isEmpty()) {
            inbox.amendRefused(ticks.epochNanos(), orderId, contract, no == null ? Rejection.NOT_OPEN : no);
            return;
        }
        long request = asked.next(Asked.AMEND, orderId, contract);
        BinanceRequests requests = trading.get().requests();
        if (!send(requests.amend(request, orderId, contract, flags, priceTicks, quantityLots, rest.millis()))) {
            asked.done(request);
            inbox.amendRefused(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    @Override
    public void cancel(long orderId, int contract) {
        places.check(contract);
        long request = asked.next(Asked.CANCEL, orderId, contract);
        if (trading.isEmpty() || !send(trading.get().requests().cancel(request, orderId, contract, rest.millis()))) {
            asked.done(request);
            inbox.cancelRefused(ticks.epochNanos(), orderId, contract, Rejection.OTHER);
        }
    }

    /// By REST, on the line's thread: the WebSocket API has no such request.
    @Override
    public void cancelAll(int contract) {
        places.check(contract);
        if (trading.isEmpty()) {
            return;
        }
        String symbol = places.get(contract).symbol();
        trading.get().ordersLine().later(wire -> rest.signed("DELETE", "/fapi/v1/allOpenOrders", "symbol=" + symbol));
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        if (venue != venue()) {
            throw new IllegalArgumentException("this is venue " + venue() + ": " + venue);
        }
        trading.ifPresent(all -> all.user().wantTruth(sinceNanos));
    }

    /// Why nothing but cancels may be sent now; null when it may.
    private @Nullable Rejection refusal() {
        if (!ready() || !armed().verified()) {
            return Rejection.OTHER;
        }
        return rest.cooling() ? Rejection.RATE_LIMIT : null;
    }

    private boolean send(Ascii message) {
        return trading.isPresent()
                && trading.get().ordersLine().ready()
                && trading.get().ordersLine().send(message);
    }

    @Override
    public void close() {
        marketLine.close();
        if (trading.isPresent()) {
            trading.get().ordersLine().close();
            trading.get().userLine().close();
        }
        client.shutdownNow();
    }
}
