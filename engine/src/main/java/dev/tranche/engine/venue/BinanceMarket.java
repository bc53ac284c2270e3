package dev.tranche.engine.venue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// The connection to Binance that market data come through: changes of books, best quotes, trades and mark
/// prices of our contracts, each message as it came; whole books by REST when they are wanted.
final class BinanceMarket implements Line.Role {
    private static final byte[] STREAM = "{\"stream\":\"".getBytes(US_ASCII);

    private final BinanceSettings settings;
    private final Places places;
    private final BinanceRest rest;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final Map<String, Integer> routes = new HashMap<>();
    private final AtomicIntegerArray wanted;
    private final long[] fetchedNanos;
    private final AtomicLong unreadable = new AtomicLong();

    BinanceMarket(
            BinanceSettings settings, Places places, int contracts, BinanceRest rest, GatewayInbox inbox, Ticks ticks) {
        this.settings = settings;
        this.places = places;
        this.rest = rest;
        this.inbox = inbox;
        this.ticks = ticks;
        this.wanted = new AtomicIntegerArray(contracts);
        this.fetchedNanos = new long[contracts];
        places.ours().forEach(place -> routes.put(lower(place), place));
    }

    private String lower(int place) {
        return places.get(place).symbol().toLowerCase(Locale.ROOT);
    }

    void wantSnapshot(int place) {
        wanted.set(place, 1);
    }

    /// Messages that were of no stream of ours.
    long unreadable() {
        return unreadable.get();
    }

    @Override
    public URI address() {
        return settings.stream()
                .resolve("/stream?streams="
                        + places.ours().stream()
                                .map(this::lower)
                                .map(name -> name + "@depth@100ms/" + name + "@bookTicker/" + name + "@trade/" + name
                                        + "@markPrice@1s")
                                .collect(Collectors.joining("/")));
    }

    @Override
    public void prepare(Wire wire) {
        for (int place : places.ours()) {
            fetchedNanos[place] = ticks.nanos() - settings.link().firstWait().toNanos();
            wanted.set(place, 1);
        }
    }

    @Override
    public void due(Wire wire, long nanos) throws VenueException, InterruptedException {
        for (int place : places.ours()) {
            if (wanted.get(place) == 1
                    && nanos - fetchedNanos[place]
                            >= settings.link().firstWait().toNanos()
                    && !rest.cooling()) {
                wanted.set(place, 0);
                fetchedNanos[place] = nanos;
                snapshot(place);
            }
        }
    }

    private void snapshot(int place) throws VenueException, InterruptedException {
        try {
            byte[] book = rest.bytes(
                    "/fapi/v1/depth", "symbol=" + places.get(place).symbol() + "&limit=" + settings.levels());
            inbox.market(ticks.epochNanos(), place, book, 0, book.length);
        } catch (VenueException e) {
            if (!rest.cooling()) {
                throw e;
            }
            wanted.set(place, 1);
        }
    }

    @Override
    public void lost(String reason) {
        long now = ticks.epochNanos();
        for (int place : places.ours()) {
            wanted.set(place, 0);
            inbox.marketLost(now, place);
        }
        inbox.notice(now, places.venue(), "market data: " + reason);
    }

    @Override
    public void heard(byte[] bytes, long now) {
        Integer place = routes.get(symbolOf(bytes));
        if (place != null) {
            inbox.market(now, place, bytes, 0, bytes.length);
        } else if (unreadable.getAndIncrement() == 0) {
            // A lost change of a book or trade shows as a gap in its ids: no need to give the connection up.
            inbox.notice(now, places.venue(), "market data: a message of " + bytes.length + " bytes is of no stream");
        }
    }

    /// The symbol of a message of a combined stream, `{"stream":"btcusdt@trade","data":…`.
    private static String symbolOf(byte[] bytes) {
        for (int i = 0; i < STREAM.length; i++) {
            if (i >= bytes.length || bytes[i] != STREAM[i]) {
                return "";
            }
        }
        int to = STREAM.length;
        while (to < bytes.length && bytes[to] != '@' && bytes[to] != '"') {
            to++;
        }
        return new String(bytes, STREAM.length, to - STREAM.length, US_ASCII);
    }
}
