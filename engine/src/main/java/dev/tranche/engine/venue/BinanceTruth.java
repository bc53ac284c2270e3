package dev.tranche.engine.venue;

import dev.tranche.runtime.clock.Ticks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Asks Binance for the truth by REST: our trades since a time, our positions, and last our open orders. The
/// stream of our orders comes on another connection, so nothing says which of the two is newer; trades are
/// known by their ids either way.
final class BinanceTruth {
    private static final long MILLION = 1_000_000;
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 1000;
    private static final long WEEK = TimeUnit.DAYS.toMillis(7) - 1;

    private final BinanceRest rest;
    private final BinanceReports reports;
    private final Places places;
    private final SentOrders sent;
    private final VenueIds ids;
    private final String prefix;
    private final GatewayInbox inbox;
    private final Ticks ticks;
    private final Set<Long> paid = new HashSet<>();

    BinanceTruth(
            BinanceRest rest,
            BinanceReports reports,
            Places places,
            SentOrders sent,
            VenueIds ids,
            String prefix,
            GatewayInbox inbox,
            Ticks ticks) {
        this.rest = rest;
        this.reports = reports;
        this.places = places;
        this.sent = sent;
        this.ids = ids;
        this.prefix = prefix;
        this.inbox = inbox;
        this.ticks = ticks;
    }

    void tell(long sinceNanos) throws VenueException, InterruptedException {
        long since = Math.max(sinceNanos / MILLION, rest.millis() - TimeUnit.DAYS.toMillis(90));
        Map<Integer, List<JsonNode>> trades = new LinkedHashMap<>();
        for (int place : places.ours()) {
            List<JsonNode> mine = trades(places.get(place).symbol(), since);
            for (JsonNode trade : mine) {
                learn(places.get(place).symbol(), trade.path("orderId").asLong());
            }
            trades.put(place, mine);
        }
        funding(since);
        JsonNode positions = rest.signed("GET", "/fapi/v3/positionRisk", "");
        long asOf = ticks.epochNanos();
        Set<Long> heardOf = sent.heardOf();
        JsonNode open = rest.signed("GET", "/fapi/v1/openOrders", "");
        long now = ticks.epochNanos();
        Set<Long> live = new HashSet<>();
        for (JsonNode order : open) {
            live.add(Numbers.order(prefix, order.path("clientOrderId").asString("")));
        }
        sent.retain(heardOf, live);
        inbox.truth(now, places.venue(), asOf);
        open.forEach(order -> reports.open(now, order));
        trades.forEach((place, mine) -> mine.forEach(trade -> reports.trade(now, place, trade)));
        positions.forEach(position -> reports.position(now, position));
        inbox.truthEnds(now, places.venue());
    }

    /// A trade names its order by the venue's number: whose that is, the venue is asked once.
    private void learn(String symbol, long venueId) throws VenueException, InterruptedException {
        if (ids.knows(venueId)) {
            return;
        }
        try {
            JsonNode order = rest.signed("GET", "/fapi/v1/order", "symbol=" + symbol + "&orderId=" + venueId);
            ids.put(venueId, Numbers.order(prefix, order.path("clientOrderId").asString("")));
        } catch (VenueException e) {
            if (e.code() != -2013) {
                throw e;
            }
            ids.put(venueId, 0);
        }
    }

    private List<JsonNode> trades(String symbol, long since) throws VenueException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        long now = rest.millis();
        for (long start = since; start <= now; start += WEEK + 1) {
            String query = "symbol=" + symbol + "&limit=" + PAGE;
            JsonNode page = rest.signed(
                    "GET", "/fapi/v1/userTrades", query + "&startTime=" + start + "&endTime=" + (start + WEEK));
            page.forEach(all::add);
            for (int pages = 0; page.size() == PAGE; pages++) {
                if (pages == MOST_PAGES) {
                    throw VenueException.of("more than " + MOST_PAGES + " pages of trades since " + since);
                }
                long next = page.get(PAGE - 1).path("id").asLong() + 1;
                page = rest.signed("GET", "/fapi/v1/userTrades", query + "&fromId=" + next);
                page.forEach(all::add);
            }
        }
        return all;
    }

    /// Funding since a time, each payment once.
    void funding(long since) throws VenueException, InterruptedException {
        long start = since;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode page = rest.signed(
                    "GET", "/fapi/v1/income", "incomeType=FUNDING_FEE&limit=" + PAGE + "&startTime=" + start);
            long last = start;
            for (JsonNode one : page) {
                long at = one.path("time").asLong();
                last = Math.max(last, at);
                int place = places.find(one.path("symbol").asString(""));
                if (place != Places.UNKNOWN && paid.add(one.path("tranId").asLong())) {
                    inbox.funding(ticks.epochNanos(), place, at * MILLION, -Numbers.fee(one.path("income")));
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            // The next page begins with the last time of this one: a payment may come twice, none is left out.
            start = last > start ? last : last + 1;
        }
        throw VenueException.of("more than " + MOST_PAGES + " pages of funding since " + since);
    }
}
