package dev.tranche.engine.venue;

import dev.tranche.market.contract.Terms;
import dev.tranche.runtime.clock.Ticks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks Deribit for the truth: our trades since a time, our positions, and last our open orders. The answer
/// is told on the thread that hears, at the place in the stream where the list of open orders stands: what
/// the venue said before it is older, what comes after it is newer.
final class DeribitTruth {
    private static final long MILLION = 1_000_000;
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 1000;
    /// The venue keeps recent trades for 24 hours; older ones are history.
    private static final long RECENT_MILLIS = TimeUnit.HOURS.toMillis(23);

    private final DeribitSession session;
    private final DeribitReports reports;
    private final Places places;
    private final SentOrders sent;
    private final String prefix;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final Set<String> currencies = new TreeSet<>();
    private final Set<String> settled = new HashSet<>();

    DeribitTruth(
            DeribitSession session,
            DeribitReports reports,
            Places places,
            SentOrders sent,
            String prefix,
            GatewayInbox inbox,
            Ticks ticks) {
        this.session = session;
        this.reports = reports;
        this.places = places;
        this.sent = sent;
        this.prefix = prefix;
        this.inbox = inbox;
        this.ticks = ticks;
        places.ours().forEach(place -> currencies.add(places.get(place).terms().settlement()));
    }

    /// The currencies that our contracts settle in.
    Set<String> currencies() {
        return currencies;
    }

    void tell(Wire wire, long sinceNanos) throws VenueException, InterruptedException {
        long since = sinceNanos / MILLION;
        List<JsonNode> trades = new ArrayList<>();
        for (String currency : currencies) {
            if (ticks.epochNanos() / MILLION - since > RECENT_MILLIS) {
                trades(wire, currency, since, true, trades);
            }
            trades(wire, currency, since, false, trades);
            settlements(wire, currency, since);
        }
        JsonNode positions = session.ask(
                wire, "private/get_positions", DeribitSession.parameters().put("currency", "any"));
        long asOf = ticks.epochNanos();
        session.ask(wire, "private/get_open_orders", DeribitSession.parameters(), answer -> {
            if (answer.path("result").isArray()) {
                said(asOf, answer.path("result"), trades, positions);
            }
        });
    }

    private void said(long asOf, JsonNode open, List<JsonNode> trades, JsonNode positions) {
        long now = ticks.epochNanos();
        Set<Long> live = new HashSet<>();
        for (JsonNode order : open) {
            long id = Numbers.order(prefix, order.path("label").asString(""));
            live.add(id);
            if (id != 0 && sent.get(id) == SentOrders.NONE) {
                sent.put(id, DeribitReports.flags(order));
            }
        }
        // The answer has its place in the stream: whatever was heard of before it is in it, or over.
        sent.retain(sent.heardOf(), live);
        inbox.truth(now, places.venue(), asOf);
        open.forEach(order -> reports.open(now, order));
        trades.forEach(trade -> reports.trade(now, trade));
        positions.forEach(position -> reports.position(now, position));
        inbox.truthEnds(now, places.venue());
    }

    private void trades(Wire wire, String currency, long since, boolean history, List<JsonNode> all)
            throws VenueException, InterruptedException {
        long start = since;
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectNode wanted = DeribitSession.parameters()
                    .put("currency", currency)
                    .put("start_timestamp", start)
                    .put("end_timestamp", ticks.epochNanos() / MILLION + TimeUnit.MINUTES.toMillis(1))
                    .put("count", PAGE)
                    .put("sorting", "asc")
                    .put("historical", history);
            JsonNode answer = session.ask(wire, "private/get_user_trades_by_currency_and_time", wanted);
            long last = start;
            for (JsonNode trade : answer.path("trades")) {
                all.add(trade);
                last = Math.max(last, trade.path("timestamp").asLong(start));
            }
            if (!answer.path("has_more").asBoolean(false)) {
                return;
            }
            // The next page begins with the last time of this one: a trade may come twice, none is left out.
            start = last > start ? last : last + 1;
        }
        throw VenueException.of("more than " + MOST_PAGES + " pages of trades since " + since);
    }

    /// Funding of perpetuals and deliveries of what has expired.
    private void settlements(Wire wire, String currency, long since) throws VenueException, InterruptedException {
        List<JsonNode> all = settlementsSince(wire, currency, since);
        all.sort(Comparator.comparingLong(one -> one.path("timestamp").asLong(0)));
        for (JsonNode one : all) {
            int place = places.find(one.path("instrument_name").asString(""));
            long at = one.path("timestamp").asLong(0);
            String type = one.path("type").asString("");
            boolean news = place != Places.UNKNOWN && at >= since && settled.add(type + " " + place + " " + at);
            if (news && type.equals("settlement") && one.path("funding").isNumber()) {
                inbox.funding(ticks.epochNanos(), place, at * MILLION, -Numbers.fee(one.path("funding")));
            } else if (news && type.equals("delivery")) {
                inbox.settled(ticks.epochNanos(), place, delivery(place, one.path("index_price")));
            }
        }
    }

    /// The venue lists the newest first, and names with each page the one after it.
    private List<JsonNode> settlementsSince(Wire wire, String currency, long since)
            throws VenueException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        ObjectNode wanted =
                DeribitSession.parameters().put("currency", currency).put("count", PAGE);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode answer = session.ask(wire, "private/get_settlement_history_by_currency", wanted);
            long oldest = Long.MAX_VALUE;
            for (JsonNode one : answer.path("settlements")) {
                all.add(one);
                oldest = Math.min(oldest, one.path("timestamp").asLong(0));
            }
            String next = answer.path("continuation").asString("");
            if (oldest < since || answer.path("settlements").size() < PAGE || next.isEmpty() || next.equals("none")) {
                return all;
            }
            wanted = DeribitSession.parameters()
                    .put("currency", currency)
                    .put("count", PAGE)
                    .put("continuation", next);
        }
        throw VenueException.of("more than " + MOST_PAGES + " pages of settlements since " + since);
    }

    private long delivery(int place, JsonNode price) {
        String underlying = places.get(place).terms() instanceof Terms.CoinOption option
                ? option.underlying()
                : places.get(place).symbol();
        int grid = places.find(underlying);
        int decimals = places.priceDecimals(grid == Places.UNKNOWN ? place : grid);
        return Math.round(Numbers.decimal(price).doubleValue() * Math.pow(10, decimals));
    }
}
