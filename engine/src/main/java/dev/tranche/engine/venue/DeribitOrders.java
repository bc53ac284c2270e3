package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.order.Rejection;
import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The connection to Deribit that orders go through: prepares it, watches what protects us, and makes
/// [dev.tranche.market.order.OrderReports] of what comes.
///
/// A message that cannot be understood may have been about an order: the connection is given up then, the
/// venue takes our orders back, and the truth is asked for on the next one.
final class DeribitOrders implements Line.Role {
    private static final long COOL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DeribitSettings settings;
    private final Places places;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final SentOrders sent;
    private final Asked asked;
    private final DeribitSession session;
    private final DeribitArming arming;
    private final DeribitReports reports;
    private final DeribitTruth truth;
    private final List<String> channels;
    private volatile Armed armed = Armed.not("not connected yet");
    private volatile long coolUntilNanos;
    private volatile boolean said;
    private volatile boolean wantsArming;
    private volatile boolean wantsReset;
    private volatile boolean frozen;
    private volatile long wantsTruth = -1;
    private volatile @Nullable Wire current;
    private long verifiedNanos;

    DeribitOrders(
            DeribitSettings settings,
            Credentials credentials,
            Places places,
            List<String> indices,
            SentOrders sent,
            Asked asked,
            GatewayInbox inbox,
            Ticks ticks) {
        this.settings = settings;
        this.places = places;
        this.inbox = inbox;
        this.ticks = ticks;
        this.sent = sent;
        this.asked = asked;
        this.session = new DeribitSession(settings, Optional.of(credentials), ticks);
        this.arming = new DeribitArming(session, settings.protection(), indices);
        this.reports = new DeribitReports(places, settings.prefix(), sent, inbox, contract -> frozen());
        this.truth = new DeribitTruth(session, reports, places, sent, settings.prefix(), inbox, ticks);
        List<String> all = new ArrayList<>(List.of("user.changes.any.any.raw"));
        if (settings.protection().isPresent()) {
            indices.forEach(index -> all.add("user.mmp_trigger." + index));
        }
        this.channels = List.copyOf(all);
    }

    Armed armed() {
        return armed;
    }

    /// Whether the protection for market makers was triggered and not reset since.
    boolean triggered() {
        return frozen;
    }

    boolean cooling() {
        return ticks.nanos() < coolUntilNanos;
    }

    /// Work for the line's thread, done at its next turn.
    void wantArming() {
        wantsArming = true;
    }

    void wantReset() {
        wantsReset = true;
    }

    void wantTruth(long sinceNanos) {
        wantsTruth = Math.max(0, sinceNanos);
    }

    @Override
    public URI address() {
        return settings.socket();
    }

    @Override
    public void prepare(Wire wire) throws VenueException, InterruptedException {
        current = wire;
        wantsTruth = -1;
        coolUntilNanos = ticks.nanos();
        session.begin(wire);
        List<Contract> listed = new ArrayList<>();
        for (String currency : truth.currencies()) {
            listed.addAll(ListedContracts.deribit(
                    places.name(),
                    session.ask(
                            wire,
                            "public/get_instruments",
                            DeribitSession.parameters().put("currency", currency))));
        }
        places.compare(listed);
        armed = arming.arm(wire, ticks.epochNanos());
        verifiedNanos = ticks.nanos();
        session.subscribe(wire, "private/subscribe", channels);
    }

    @Override
    public void due(Wire wire, long nanos) throws VenueException, InterruptedException {
        if (!said) {
            said = true;
            inbox.connected(ticks.epochNanos(), places.venue());
        }
        session.due(wire);
        if (wantsReset) {
            arming.reset(wire);
            armed = arming.arm(wire, ticks.epochNanos());
            verifiedNanos = ticks.nanos();
            wantsReset = false;
            frozen = false;
            inbox.protection(ticks.epochNanos(), places.venue(), false);
        }
        if (wantsArming || nanos - verifiedNanos > settings.link().verify().toNanos()) {
            wantsArming = false;
            armed = arming.arm(wire, ticks.epochNanos());
            verifiedNanos = ticks.nanos();
        }
        long since = wantsTruth;
        if (since >= 0 && !cooling()) {
            wantsTruth = -1;
            try {
                truth.tell(wire, since);
            } catch (VenueException e) {
                if (!DeribitCodes.tooMuch(e.code())) {
                    throw e;
                }
                coolUntilNanos = ticks.nanos() + COOL_NANOS;
                wantsTruth = since;
            }
        }
    }

    @Override
    public void lost(String reason) {
        current = null;
        armed = Armed.not(reason);
        asked.forget();
        sent.allHeard();
        if (said) {
            said = false;
            inbox.disconnected(ticks.epochNanos(), places.venue());
        }
        inbox.notice(ticks.epochNanos(), places.venue(), "orders: " + reason);
    }

    private void frozen() {
        if (!frozen) {
            frozen = true;
            inbox.protection(ticks.epochNanos(), places.venue(), true);
        }
    }

    @Override
    public void heard(byte[] bytes, long now) {
        Wire wire = current;
        if (wire == null) {
            return;
        }
        try {
            JsonNode message = DeribitSession.parse(bytes);
            if (!session.deals(wire, message)) {
                if (message.has("id")) {
                    answer(now, message.path("id").asLong(0), message);
                } else {
                    told(now, message.path("params"));
                }
            }
        } catch (JacksonException | ArithmeticException | IllegalArgumentException e) {
            wire.end("a message of " + bytes.length + " bytes could not be understood: "
                    + e.getClass().getSimpleName());
        }
    }

    private void told(long now, JsonNode parameters) {
        String channel = parameters.path("channel").asString("");
        JsonNode news = parameters.path("data");
        if (channel.startsWith("user.changes.")) {
            news.path("trades").forEach(trade -> reports.trade(now, trade));
            news.path("orders").forEach(order -> reports.order(now, order));
        } else if (channel.startsWith("user.mmp_trigger.")) {
            frozen();
        } else {
            throw new IllegalArgumentException("a channel must be one that was asked for: " + channel);
        }
    }

    private void answer(long now, long request, JsonNode message) {
        int kind = asked.kind(request);
        long id = asked.order(request);
        int contract = asked.contract(request);
        asked.done(request);
        JsonNode error = message.path("error");
        if (error.isObject()) {
            refused(
                    now,
                    kind,
                    id,
                    contract,
                    error.path("code").asInt(),
                    error.path("message").asString(""));
            return;
        }
        JsonNode result = message.path("result");
        switch (kind) {
            case Asked.PLACE, Asked.AMEND -> {
                result.path("trades").forEach(trade -> reports.trade(now, trade));
                reports.order(now, result.path("order"));
            }
            case Asked.CANCEL -> {
                if (result.asLong(1) == 0) {
                    boolean over = SentOrders.heard(sent.get(id)) || sent.get(id) == SentOrders.NONE;
                    inbox.cancelRefused(now, id, contract, over ? Rejection.NOT_OPEN : Rejection.OTHER);
                }
            }
            default -> {}
        }
    }

    private void refused(long now, int kind, long id, int contract, int code, String words) {
        Rejection why = DeribitCodes.rejection(code, words);
        if (why == Rejection.PROTECTION && kind != Asked.CANCEL) {
            frozen(); // it was triggered before this connection, and holds
        }
        if (DeribitCodes.tooMuch(code)) {
            coolUntilNanos = ticks.nanos() + COOL_NANOS;
        }
        if (kind != Asked.NOTHING && DeribitCodes.open(code)) {
            inbox.notice(now, places.venue(), "what became of order " + id + " is not known: " + code + " " + words);
            return;
        }
        switch (kind) {
            case Asked.PLACE -> {
                sent.remove(id);
                inbox.rejected(now, id, contract, why);
            }
            case Asked.AMEND -> inbox.amendRefused(now, id, contract, why);
            case Asked.CANCEL -> inbox.cancelRefused(now, id, contract, why);
            default -> inbox.notice(now, places.venue(), "a request was refused: " + code + " " + words);
        }
    }
}
