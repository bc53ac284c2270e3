package dev.tranche.engine.venue;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Arms what protects us at Deribit and asks the venue whether it holds. The venue's word counts, not ours.
final class DeribitArming {
    private static final double EQUAL = 1e-9;

    private final DeribitSession session;
    private final Optional<MarketMakerProtection> protection;
    private final List<String> indices;

    DeribitArming(DeribitSession session, Optional<MarketMakerProtection> protection, List<String> indices) {
        this.session = session;
        this.protection = protection;
        this.indices = List.copyOf(indices);
    }

    /// @throws VenueException when something does not hold though it was asked for
    Armed arm(Wire wire, long nowNanos) throws VenueException, InterruptedException {
        if (!cancelsOnDisconnect(wire)) {
            session.ask(wire, "private/enable_cancel_on_disconnect", connection());
            if (!cancelsOnDisconnect(wire)) {
                throw VenueException.of("the venue does not confirm that it cancels on a disconnect");
            }
        }
        if (protection.isEmpty()) {
            return new Armed(true, true, nowNanos, "cancel on disconnect; no protection for market makers asked for");
        }
        for (String index : indices) {
            if (!holds(wire, index, protection.get())) {
                session.ask(wire, "private/set_mmp_config", wanted(index, protection.get()));
                if (!holds(wire, index, protection.get())) {
                    throw VenueException.of("the venue does not confirm the protection for market makers on " + index);
                }
            }
        }
        return new Armed(true, true, nowNanos, "cancel on disconnect; protection for market makers on " + indices);
    }

    private static ObjectNode connection() {
        return DeribitSession.parameters().put("scope", "connection");
    }

    private boolean cancelsOnDisconnect(Wire wire) throws VenueException, InterruptedException {
        JsonNode held = session.ask(wire, "private/get_cancel_on_disconnect", connection());
        return held.path("enabled").asBoolean(false)
                && held.path("scope").asString("").equals("connection");
    }

    /// Setting it anew would end a freeze that is in force, so it is set only when it differs.
    private boolean holds(Wire wire, String index, MarketMakerProtection terms)
            throws VenueException, InterruptedException {
        JsonNode all = session.ask(
                wire, "private/get_mmp_config", DeribitSession.parameters().put("index_name", index));
        for (JsonNode one : all) {
            if (one.path("index_name").asString("").equals(index)
                    && one.path("mmp_group").asString("").isEmpty()) {
                return one.path("interval").asInt() == terms.intervalSeconds()
                        && one.path("frozen_time").asInt() == terms.frozenSeconds()
                        && equal(one, "quantity_limit", terms.quantity())
                        && equal(one, "delta_limit", terms.delta())
                        && equal(one, "vega_limit", terms.vega())
                        && equal(one, "max_quote_quantity", terms.quoted());
            }
        }
        return false;
    }

    private static boolean equal(JsonNode config, String limit, double wanted) {
        JsonNode held = config.path(limit);
        return Math.abs((held.isNumber() ? held.asDouble() : 0) - wanted) < EQUAL;
    }

    private static ObjectNode wanted(String index, MarketMakerProtection terms) {
        ObjectNode all = DeribitSession.parameters()
                .put("index_name", index)
                .put("interval", terms.intervalSeconds())
                .put("frozen_time", terms.frozenSeconds());
        limit(all, "quantity_limit", terms.quantity());
        limit(all, "delta_limit", terms.delta());
        limit(all, "vega_limit", terms.vega());
        limit(all, "max_quote_quantity", terms.quoted());
        return all;
    }

    private static void limit(ObjectNode all, String name, double value) {
        if (value > 0) {
            all.put(name, value);
        }
    }

    void reset(Wire wire) throws VenueException, InterruptedException {
        for (String index : indices) {
            session.ask(wire, "private/reset_mmp", DeribitSession.parameters().put("index_name", index));
        }
    }
}
