package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.order.TimeInForce;
import tools.jackson.databind.JsonNode;

/// What Binance says of our orders, as the desk hears it. An order that is over is forgotten before it is told,
/// so that whoever heard it cannot change it any more. Thread-safe as far as its inbox is.
final class BinanceReports {
    private static final double CENTS = 1e8;

    private final Places places;
    private final String prefix;
    private final SentOrders sent;
    private final VenueIds ids;
    private final GatewayInbox inbox;
    private volatile boolean foreignFeeSaid;

    BinanceReports(Places places, String prefix, SentOrders sent, VenueIds ids, GatewayInbox inbox) {
        this.places = places;
        this.prefix = prefix;
        this.sent = sent;
        this.ids = ids;
        this.inbox = inbox;
    }

    /// The order part `o` of an `ORDER_TRADE_UPDATE`.
    void update(long now, JsonNode order) {
        int contract = places.find(order.path("s").asString(""));
        if (contract == Places.UNKNOWN) {
            inbox.notice(
                    now,
                    places.venue(),
                    "an order in a contract that the desk does not know: "
                            + order.path("s").asString(""));
            return;
        }
        long id = Numbers.order(prefix, order.path("c").asString(""));
        ids.put(order.path("i").asLong(), id);
        if (order.path("X").asString("").equals("FILLED")) {
            sent.remove(id);
        }
        switch (order.path("x").asString("")) {
            case "NEW" -> {
                if (id != 0) {
                    sent.heard(id);
                    inbox.accepted(now, id, contract);
                }
            }
            case "AMENDMENT" -> {
                if (id != 0) {
                    inbox.amended(now, id, contract, price(order, "p", contract), lots(order, "q", contract));
                }
            }
            case "TRADE", "CALCULATED" ->
                inbox.filled(
                        now,
                        id,
                        contract,
                        order.path("t").asLong(),
                        side(order.path("S")),
                        price(order, "L", contract),
                        lots(order, "l", contract),
                        fee(now, contract, order, "n", "N", order.path("m").asBoolean(false)),
                        order.path("m").asBoolean(false));
            case "CANCELED", "EXPIRED" -> over(now, id, contract, lots(order, "z", contract));
            default ->
                inbox.notice(
                        now,
                        places.venue(),
                        "an order had an execution that is not known: "
                                + order.path("x").asString(""));
        }
    }

    /// The result of a request: an order as it stood then.
    void result(long now, long id, int contract, int kind, JsonNode order) {
        ids.put(order.path("orderId").asLong(), id);
        switch (order.path("status").asString("")) {
            case "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH" ->
                over(now, id, contract, lots(order, "executedQty", contract));
            case "NEW", "PARTIALLY_FILLED" -> {
                sent.heard(id);
                if (kind == Asked.AMEND) {
                    inbox.amended(now, id, contract, price(order, "price", contract), lots(order, "origQty", contract));
                } else if (kind == Asked.PLACE) {
                    inbox.accepted(now, id, contract);
                }
            }
            default -> sent.heard(id);
        }
    }

    private void over(long now, long id, int contract, long filled) {
        if (id != 0) {
            sent.remove(id);
            inbox.cancelled(now, id, contract, filled);
        }
    }

    /// An order of the venue's list of open ones.
    void open(long now, JsonNode order) {
        int contract = places.find(order.path("symbol").asString(""));
        if (contract == Places.UNKNOWN) {
            return;
        }
        long id = Numbers.order(prefix, order.path("clientOrderId").asString(""));
        ids.put(order.path("orderId").asLong(), id);
        Side side = side(order.path("side"));
        if (id != 0 && sent.get(id) == SentOrders.NONE) {
            boolean postOnly = order.path("timeInForce").asString("").equals("GTX");
            sent.put(
                    id,
                    SentOrders.flags(
                            side,
                            postOnly ? TimeInForce.POST_ONLY : TimeInForce.GOOD_TILL_CANCELLED,
                            order.path("reduceOnly").asBoolean(false)));
        }
        inbox.openOrder(
                now,
                id,
                contract,
                side,
                price(order, "price", contract),
                lots(order, "origQty", contract),
                lots(order, "executedQty", contract));
    }

    /// A trade of the venue's list.
    void trade(long now, int contract, JsonNode trade) {
        inbox.filled(
                now,
                ids.get(trade.path("orderId").asLong()),
                contract,
                trade.path("id").asLong(),
                side(trade.path("side")),
                price(trade, "price", contract),
                lots(trade, "qty", contract),
                fee(
                        now,
                        contract,
                        trade,
                        "commission",
                        "commissionAsset",
                        trade.path("maker").asBoolean(false)),
                trade.path("maker").asBoolean(false));
    }

    void position(long now, JsonNode position) {
        int contract = places.find(position.path("symbol").asString(""));
        if (contract != Places.UNKNOWN) {
            inbox.position(now, contract, lots(position, "positionAmt", contract));
        }
    }

    /// A fee may be paid in another coin than the contract settles in; what it would have been by the contract's
    /// own rate stands for it then.
    private long fee(long now, int contract, JsonNode from, String amount, String asset, boolean maker) {
        Contract terms = places.get(contract);
        String currency = from.path(asset).asString("");
        if (currency.isEmpty()) {
            return 0;
        }
        if (currency.equals(terms.terms().settlement())) {
            return Numbers.fee(from.path(amount));
        }
        if (!foreignFeeSaid) {
            foreignFeeSaid = true;
            inbox.notice(
                    now,
                    places.venue(),
                    "fees are taken in " + currency + " and told by the contract's rate in "
                            + terms.terms().settlement());
        }
        String price = from.has("L") ? "L" : "price";
        String quantity = from.has("l") ? "l" : "qty";
        double notional = terms.instrument().price(price(from, price, contract))
                * terms.instrument().quantity(lots(from, quantity, contract));
        return Math.round(
                notional * (maker ? terms.fees().maker() : terms.fees().taker()) * CENTS);
    }

    private long price(JsonNode from, String field, int contract) {
        return Numbers.steps(from.path(field), places.priceDecimals(contract));
    }

    private long lots(JsonNode from, String field, int contract) {
        return Numbers.steps(from.path(field), places.quantityDecimals(contract));
    }

    private static Side side(JsonNode from) {
        String side = from.asString("");
        return switch (side) {
            case "BUY" -> Side.BUY;
            case "SELL" -> Side.SELL;
            default -> throw new IllegalArgumentException("side must be BUY or SELL: " + side);
        };
    }
}
