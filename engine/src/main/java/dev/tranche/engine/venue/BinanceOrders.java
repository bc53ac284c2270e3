package dev.tranche.engine.venue;

import dev.tranche.market.contract.Fees;
import dev.tranche.market.order.Rejection;
import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The connection to Binance that orders go through, and what protects us there: for each symbol the venue
/// counts down and cancels everything unless it hears from us in time. That it counts is verified each time by
/// its answer.
final class BinanceOrders implements Line.Role {
    private static final double NEARLY = 0.95;

    private final BinanceSettings settings;
    private final Places places;
    private final SentOrders sent;
    private final Asked asked;
    private final BinanceRest rest;
    private final BinanceReports reports;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final Runnable changed;
    private volatile Armed armed = Armed.not("not connected yet");
    private volatile boolean wantsArming;
    private volatile boolean wantsClock;
    private volatile @Nullable Wire current;
    private long armedNanos;
    private long clockNanos;

    BinanceOrders(
            BinanceSettings settings,
            Places places,
            SentOrders sent,
            Asked asked,
            BinanceRest rest,
            BinanceReports reports,
            GatewayInbox inbox,
            Ticks ticks,
            Runnable changed) {
        this.settings = settings;
        this.places = places;
        this.sent = sent;
        this.asked = asked;
        this.rest = rest;
        this.reports = reports;
        this.inbox = inbox;
        this.ticks = ticks;
        this.changed = changed;
    }

    Armed armed() {
        return armed;
    }

    void wantArming() {
        wantsArming = true;
    }

    @Override
    public URI address() {
        return settings.api();
    }

    @Override
    public void prepare(Wire wire) throws VenueException, InterruptedException {
        current = wire;
        clock();
        if (rest.signed("GET", "/fapi/v1/positionSide/dual", "")
                .path("dualSidePosition")
                .asBoolean(true)) {
            throw VenueException.of("the account holds long and short positions apart (hedge mode): set it to one-way");
        }
        places.compare(ListedContracts.binance(places.name(), rest.get("/fapi/v1/exchangeInfo", ""), Fees.NONE));
        countDown();
    }

    private void clock() throws VenueException, InterruptedException {
        rest.clock();
        wantsClock = false;
        clockNanos = ticks.nanos();
    }

    private void countDown() throws VenueException, InterruptedException {
        long began = ticks.nanos();
        long wanted = settings.countdown().toMillis();
        for (int place : places.ours()) {
            String symbol = places.get(place).symbol();
            JsonNode held =
                    rest.signed("POST", "/fapi/v1/countdownCancelAll", "symbol=" + symbol + "&countdownTime=" + wanted);
            if (!held.path("symbol").asString("").equals(symbol)
                    || held.path("countdownTime").asLong() != wanted) {
                throw VenueException.of("the venue does not confirm that it counts down for " + symbol);
            }
        }
        armedNanos = began;
        wantsArming = false;
        armed = new Armed(
                true,
                true,
                ticks.epochNanos(),
                "all orders are cancelled " + wanted + " ms after we were last heard; no protection for market makers"
                        + " at this venue");
    }

    @Override
    public void due(Wire wire, long nanos) throws VenueException, InterruptedException {
        changed.run();
        if (wantsClock || nanos - clockNanos > TimeUnit.MINUTES.toNanos(1)) {
            clock();
        }
        long whole = settings.countdown().toNanos();
        if (wantsArming || nanos - armedNanos > whole / 3) {
            try {
                countDown();
            } catch (VenueException e) {
                if (ticks.nanos() - armedNanos > whole / 2) {
                    throw e;
                }
                inbox.notice(ticks.epochNanos(), places.venue(), "counting down is tried again: " + e.getMessage());
            }
        }
    }

    @Override
    public void lost(String reason) {
        current = null;
        armed = Armed.not(reason);
        asked.forget();
        sent.allHeard();
        changed.run();
        inbox.notice(ticks.epochNanos(), places.venue(), "orders: " + reason);
    }

    @Override
    public void heard(byte[] bytes, long now) {
        Wire wire = current;
        if (wire == null) {
            return;
        }
        try {
            JsonNode message = BinanceRest.parse(bytes);
            limits(message.path("rateLimits"));
            answer(now, message.path("id").asLong(0), message);
        } catch (JacksonException | ArithmeticException | IllegalArgumentException e) {
            wire.end("a message of " + bytes.length + " bytes could not be understood: "
                    + e.getClass().getSimpleName());
        }
    }

    /// The venue says with each answer how much of each limit is used up: just before the end of one we stop.
    private void limits(JsonNode all) {
        for (JsonNode limit : all) {
            if (limit.path("count").asLong() > NEARLY * limit.path("limit").asLong(Long.MAX_VALUE)) {
                rest.cool(1);
            }
        }
    }

    private void answer(long now, long request, JsonNode message) {
        int kind = asked.kind(request);
        long id = asked.order(request);
        int contract = asked.contract(request);
        if (kind == Asked.NOTHING) {
            if (!asked.was(request)) {
                throw new IllegalArgumentException("an answer must be to a question: " + request);
            }
            return;
        }
        asked.done(request);
        JsonNode error = message.path("error");
        if (error.isObject()) {
            refused(now, kind, id, contract, message.path("status").asInt(), error);
        } else {
            reports.result(now, id, contract, kind, message.path("result"));
        }
    }

    private void refused(long now, int kind, long id, int contract, int status, JsonNode error) {
        int code = error.path("code").asInt();
        String words = error.path("msg").asString("");
        if (code == BinanceCodes.TIMESTAMP) {
            wantsClock = true;
        }
        if (BinanceCodes.tooMuch(status, code)) {
            long until = error.path("data").path("retryAfter").asLong(0);
            rest.cool(TimeUnit.MILLISECONDS.toSeconds(Math.max(0, until - rest.millis())));
        }
        if (BinanceCodes.open(status, code)) {
            inbox.notice(now, places.venue(), "what became of order " + id + " is not known: " + code + " " + words);
            return;
        }
        Rejection why = BinanceCodes.tooMuch(status, code) ? Rejection.RATE_LIMIT : BinanceCodes.rejection(code, words);
        switch (kind) {
            case Asked.PLACE -> {
                sent.remove(id);
                inbox.rejected(now, id, contract, why);
            }
            case Asked.AMEND -> inbox.amendRefused(now, id, contract, why);
            default -> {
                boolean over = SentOrders.heard(sent.get(id)) || sent.get(id) == SentOrders.NONE;
                inbox.cancelRefused(now, id, contract, why == Rejection.NOT_OPEN && !over ? Rejection.OTHER : why);
            }
        }
    }
}
