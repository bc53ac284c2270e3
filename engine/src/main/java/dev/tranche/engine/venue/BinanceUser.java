package dev.tranche.engine.venue;

import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The connection on which Binance tells us of our own orders. Its address holds a key that is asked for and
/// kept alive.
final class BinanceUser implements Line.Role {
    /// The venue forgets a listen key after an hour.
    private static final Duration ALIVE = Duration.ofMinutes(20);

    private final BinanceSettings settings;
    private final Places places;
    private final BinanceRest rest;
    private final BinanceReports reports;
    private final BinanceTruth truth;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final Runnable changed;
    private volatile @Nullable Wire current;
    private volatile long wantsTruth = -1;
    private volatile long wantsFunding = -1;
    private long keptNanos;

    BinanceUser(
            BinanceSettings settings,
            Places places,
            BinanceRest rest,
            BinanceReports reports,
            BinanceTruth truth,
            GatewayInbox inbox,
            Ticks ticks,
            Runnable changed) {
        this.settings = settings;
        this.places = places;
        this.rest = rest;
        this.reports = reports;
        this.truth = truth;
        this.inbox = inbox;
        this.ticks = ticks;
        this.changed = changed;
    }

    void wantTruth(long sinceNanos) {
        wantsTruth = Math.max(0, sinceNanos);
    }

    @Override
    public URI address() throws VenueException, InterruptedException {
        rest.clock();
        String key = rest.keyed("POST", "/fapi/v1/listenKey").path("listenKey").asString("");
        if (!key.matches("[a-zA-Z0-9]{8,128}")) {
            throw VenueException.of("the venue gave no listen key");
        }
        return settings.stream().resolve("/ws/" + key);
    }

    @Override
    public void prepare(Wire wire) {
        current = wire;
        keptNanos = ticks.nanos();
        wantsTruth = -1;
    }

    @Override
    public void due(Wire wire, long nanos) throws VenueException, InterruptedException {
        changed.run();
        if (nanos - keptNanos > ALIVE.toNanos()) {
            rest.keyed("PUT", "/fapi/v1/listenKey");
            keptNanos = ticks.nanos();
        }
        long since = wantsTruth;
        long paid = wantsFunding;
        if (rest.cooling() || (since < 0 && paid < 0)) {
            return;
        }
        wantsTruth = -1;
        wantsFunding = -1;
        try {
            if (paid >= 0) {
                truth.funding(paid);
            }
            if (since >= 0) {
                truth.tell(since);
            }
        } catch (VenueException e) {
            if (!rest.cooling()) {
                throw e;
            }
            wantsTruth = since;
            wantsFunding = paid;
        }
    }

    @Override
    public void lost(String reason) {
        current = null;
        changed.run();
        inbox.notice(ticks.epochNanos(), places.venue(), "our orders: " + reason);
    }

    @Override
    public void heard(byte[] bytes, long now) {
        Wire wire = current;
        if (wire == null) {
            return;
        }
        try {
            JsonNode message = BinanceRest.parse(bytes);
            switch (message.path("e").asString("")) {
                case "ORDER_TRADE_UPDATE" -> reports.update(now, message.path("o"));
                case "ACCOUNT_UPDATE" -> {
                    if (message.path("a").path("m").asString("").equals("FUNDING_FEE")) {
                        wantsFunding = message.path("T").asLong()
                                - Duration.ofMinutes(1).toMillis();
                    }
                }
                case "listenKeyExpired" -> wire.end("the listen key has expired");
                case "MARGIN_CALL" -> inbox.notice(now, places.venue(), "the venue calls for margin");
                case "" -> throw new IllegalArgumentException("a message of our orders must name its event");
                default -> {}
            }
        } catch (JacksonException | ArithmeticException | IllegalArgumentException e) {
            wire.end("a message of " + bytes.length + " bytes could not be understood: "
                    + e.getClass().getSimpleName());
        }
    }
}
