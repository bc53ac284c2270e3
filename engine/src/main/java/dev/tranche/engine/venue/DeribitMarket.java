package dev.tranche.engine.venue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The connection to Deribit that market data come through: books, trades and tickers of our contracts, each
/// message as it came. A whole book is had by leaving and joining its channel again.
final class DeribitMarket implements Line.Role {
    private static final byte[] CHANNEL = "\"channel\":\"".getBytes(US_ASCII);
    private static final int HEAD = 256;

    private final DeribitSettings settings;
    private final Places places;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final boolean authenticated;
    private final DeribitSession session;
    private final Map<String, Integer> routes = new HashMap<>();
    private final List<String> channels = new ArrayList<>();
    private final AtomicIntegerArray wanted;
    private final long[] renewedNanos;
    private final AtomicLong unreadable = new AtomicLong();
    private volatile @Nullable Wire current;

    DeribitMarket(
            DeribitSettings settings,
            Optional<Credentials> credentials,
            Places places,
            int contracts,
            GatewayInbox inbox,
            Ticks ticks) {
        this.settings = settings;
        this.places = places;
        this.inbox = inbox;
        this.ticks = ticks;
        this.authenticated = settings.interval().equals("raw") && credentials.isPresent();
        this.session = new DeribitSession(settings, authenticated ? credentials : Optional.empty(), ticks);
        this.wanted = new AtomicIntegerArray(contracts);
        this.renewedNanos = new long[contracts];
        for (int place : places.ours()) {
            for (String kind : List.of("book", "trades", "ticker")) {
                String channel = channel(kind, place);
                routes.put(channel, place);
                channels.add(channel);
            }
        }
    }

    private String channel(String kind, int place) {
        return kind + "." + places.get(place).symbol() + "." + settings.interval();
    }

    /// A whole book of this contract is asked for at the line's next turn.
    void wantSnapshot(int place) {
        wanted.set(place, 1);
    }

    /// Messages that were neither of a channel nor an answer.
    long unreadable() {
        return unreadable.get();
    }

    @Override
    public URI address() {
        return settings.socket();
    }

    @Override
    public void prepare(Wire wire) throws VenueException, InterruptedException {
        current = wire;
        session.begin(wire);
        session.subscribe(wire, authenticated ? "private/subscribe" : "public/subscribe", channels);
    }

    @Override
    public void due(Wire wire, long nanos) throws VenueException, InterruptedException {
        session.due(wire);
        long pause = settings.link().firstWait().toNanos();
        for (int place : places.ours()) {
            if (wanted.get(place) == 1 && nanos - renewedNanos[place] > pause) {
                wanted.set(place, 0);
                List<String> book = List.of(channel("book", place));
                session.ask(
                        wire,
                        authenticated ? "private/unsubscribe" : "public/unsubscribe",
                        DeribitSession.channels(book));
                session.subscribe(wire, authenticated ? "private/subscribe" : "public/subscribe", book);
                renewedNanos[place] = ticks.nanos();
            }
        }
    }

    @Override
    public void lost(String reason) {
        current = null;
        long now = ticks.epochNanos();
        for (int place : places.ours()) {
            wanted.set(place, 0);
            inbox.marketLost(now, place);
        }
        inbox.notice(now, places.venue(), "market data: " + reason);
    }

    @Override
    public void heard(byte[] bytes, long now) {
        Integer place = routes.get(channelOf(bytes));
        if (place != null) {
            inbox.market(now, place, bytes, 0, bytes.length);
            return;
        }
        Wire wire = current;
        try {
            if (wire != null && !session.deals(wire, DeribitSession.parse(bytes))) {
                unreadable.incrementAndGet();
            }
        } catch (JacksonException e) {
            // A lost change of a book or trade shows as a gap in its ids: no need to give the connection up.
            if (unreadable.getAndIncrement() == 0) {
                inbox.notice(
                        now,
                        places.venue(),
                        "market data: a message of " + bytes.length + " bytes is no JSON: "
                                + e.getClass().getSimpleName());
            }
        }
    }

    /// The channel of a notification; empty when it has none near its beginning.
    private static String channelOf(byte[] bytes) {
        int end = Math.min(bytes.length, HEAD) - CHANNEL.length;
        for (int i = 0; i < end; i++) {
            int at = 0;
            while (at < CHANNEL.length && bytes[i + at] == CHANNEL[at]) {
                at++;
            }
            if (at == CHANNEL.length) {
                int from = i + CHANNEL.length;
                int to = from;
                while (to < bytes.length && bytes[to] != '"') {
                    to++;
                }
                return new String(bytes, from, to - from, US_ASCII);
            }
        }
        return "";
    }
}
