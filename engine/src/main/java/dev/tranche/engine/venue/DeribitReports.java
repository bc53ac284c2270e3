package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;

/// What Deribit says of our orders, as the desk hears it. An order that is over is forgotten before it is told,
/// so that whoever heard it cannot change it any more. Thread-safe as far as its inbox is.
final class DeribitReports {
    private final Places places;
    private final String prefix;
    private final SentOrders sent;
    private final GatewayInbox inbox;
    private final IntConsumer triggered;

    /// @param triggered is told the contract of an order that the protection took back
    DeribitReports(Places places, String prefix, SentOrders sent, GatewayInbox inbox, IntConsumer triggered) {
        this.places = places;
        this.prefix = prefix;
        this.sent = sent;
        this.inbox = inbox;
        this.triggered = triggered;
    }

    /// An order as it stands now.
    void order(long now, JsonNode order) {
        long id = Numbers.order(prefix, order.path("label").asString(""));
        int contract = places.find(order.path("instrument_name").asString(""));
        if (id == 0 || contract == Places.UNKNOWN) {
            return;
        }
        switch (order.path("order_state").asString("")) {
            case "open" -> {
                sent.heard(id);
                if (order.path("replaced").asBoolean(false)) {
                    amended(now, id, contract, order);
                } else {
                    inbox.accepted(now, id, contract);
                }
            }
            case "cancelled" -> {
                sent.remove(id);
                inbox.cancelled(now, id, contract, lots(order, "filled_amount", contract));
                if (order.path("mmp_cancelled").asBoolean(false)) {
                    triggered.accept(contract);
                }
            }
            case "filled" -> sent.remove(id);
            case "rejected" -> {
                sent.remove(id);
                inbox.rejected(now, id, contract, Rejection.OTHER);
            }
            default ->
                inbox.notice(now, places.venue(), "an order is " + order.path("order_state") + ", which is not known");
        }
    }

    private void amended(long now, long id, int contract, JsonNode order) {
        long price = Numbers.steps(order.path("price"), places.priceDecimals(contract));
        inbox.amended(now, id, contract, price, lots(order, "amount", contract));
    }

    /// One of our trades.
    void trade(long now, JsonNode trade) {
        int contract = places.find(trade.path("instrument_name").asString(""));
        if (contract == Places.UNKNOWN) {
            inbox.notice(
                    now,
                    places.venue(),
                    "a fill in a contract that the desk does not know: "
                            + trade.path("instrument_name").asString(""));
            return;
        }
        inbox.filled(
                now,
                Numbers.order(prefix, trade.path("label").asString("")),
                contract,
                Numbers.id(trade.path("trade_id").asString("")),
                side(trade),
                Numbers.steps(trade.path("price"), places.priceDecimals(contract)),
                lots(trade, "amount", contract),
                Numbers.fee(trade.path("fee")),
                trade.path("liquidity").asString("").equals("M"));
    }

    /// An order of the venue's list of open ones.
    void open(long now, JsonNode order) {
        int contract = places.find(order.path("instrument_name").asString(""));
        if (contract == Places.UNKNOWN) {
            return;
        }
        long id = Numbers.order(prefix, order.path("label").asString(""));
        inbox.openOrder(
                now,
                id,
                contract,
                side(order),
                Numbers.steps(order.path("price"), places.priceDecimals(contract)),
                lots(order, "amount", contract),
                lots(order, "filled_amount", contract));
    }

    /// A position; `size` is in USD for inverse futures and perpetuals, in coins for options.
    void position(long now, JsonNode position) {
        int contract = places.find(position.path("instrument_name").asString(""));
        if (contract != Places.UNKNOWN) {
            long lots = lots(position, "size", contract);
            long size = Math.abs(lots);
            inbox.position(
                    now, contract, position.path("direction").asString("").equals("sell") ? -size : lots);
        }
    }

    private long lots(JsonNode from, String field, int contract) {
        return Numbers.steps(from.path(field), places.quantityDecimals(contract));
    }

    /// What [SentOrders] keeps of an order that the venue shows us.
    static int flags(JsonNode order) {
        boolean postOnly = order.path("post_only").asBoolean(false);
        return SentOrders.flags(
                side(order),
                postOnly ? TimeInForce.POST_ONLY : TimeInForce.GOOD_TILL_CANCELLED,
                order.path("reduce_only").asBoolean(false));
    }

    static Side side(JsonNode from) {
        String direction = from.path("direction").asString("");
        return switch (direction) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new IllegalArgumentException("direction must be buy or sell: " + direction);
        };
    }
}
