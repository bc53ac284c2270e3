package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Orders, trades and contracts as Deribit writes them.
final class DeribitWords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DeribitWords() {}

    static long ticks(Contract contract, JsonNode p) {
        long ticks = Numbers.steps(p.path("price"), contract.instrument().priceDecimals());
        if (ticks <= 0 || ticks % contract.tick() != 0) {
            throw new Refused(10043, "price_wrong_tick");
        }
        return ticks;
    }

    static long lots(Contract contract, JsonNode p) {
        long lots = Numbers.steps(p.path("amount"), contract.instrument().quantityDecimals());
        if (lots < contract.least() || lots % contract.step() != 0) {
            throw new Refused(10022, "invalid_amount");
        }
        return lots;
    }

    static ObjectNode listed(Contract contract) {
        int prices = contract.instrument().priceDecimals();
        int amounts = contract.instrument().quantityDecimals();
        ObjectNode one = JSON.createObjectNode()
                .put("instrument_name", contract.symbol())
                .put("base_currency", contract.terms().base())
                .put("quote_currency", contract.terms().quote())
                .put("counter_currency", "USD")
                .put("settlement_currency", contract.terms().settlement())
                .put("tick_size", BigDecimal.valueOf(contract.tick(), prices))
                .put("contract_size", BigDecimal.valueOf(contract.step(), amounts))
                .put("min_trade_amount", BigDecimal.valueOf(contract.least(), amounts))
                .put("is_active", true);
        return switch (contract.terms()) {
            case Terms.CoinOption coin ->
                one.put("kind", "option")
                        .put("strike", coin.option().strike())
                        .put("option_type", coin.option().type().name().toLowerCase(Locale.ROOT))
                        .put("expiration_timestamp", coin.option().expiry().toEpochMilli());
            case Terms.Inverse _, Terms.Linear _ -> one.put("kind", "future").put("settlement_period", "perpetual");
        };
    }

    static ObjectNode order(Matcher.Order order, long millis) {
        Contract contract = order.contract;
        ObjectNode node = JSON.createObjectNode()
                .put("order_id", contract.terms().base() + "-" + order.id)
                .put("order_type", "limit")
                .put("label", order.label)
                .put("instrument_name", contract.symbol())
                .put("direction", order.side.name().toLowerCase(Locale.ROOT))
                .put(
                        "price",
                        BigDecimal.valueOf(order.ticks, contract.instrument().priceDecimals()))
                .put(
                        "amount",
                        BigDecimal.valueOf(order.lots, contract.instrument().quantityDecimals()))
                .put(
                        "filled_amount",
                        BigDecimal.valueOf(order.filled, contract.instrument().quantityDecimals()))
                .put("post_only", order.postOnly)
                .put("reduce_only", order.reduceOnly)
                .put("mmp", order.protectedByVenue)
                .put("replaced", order.amended)
                .put("last_update_timestamp", millis);
        if (order.open) {
            return node.put("order_state", "open");
        }
        if (order.ended.equals("filled")) {
            return node.put("order_state", "filled");
        }
        if (order.ended.equals("mmp_trigger")) {
            node.put("mmp_cancelled", true);
        }
        return node.put("order_state", "cancelled").put("cancel_reason", order.ended);
    }

    static ObjectNode trade(Matcher.Fill fill) {
        Contract contract = fill.order().contract;
        return JSON.createObjectNode()
                .put("trade_id", fill.tradeId() + "")
                .put("trade_seq", fill.sequence())
                .put("timestamp", fill.millis())
                .put("instrument_name", contract.symbol())
                .put("label", fill.order().label)
                .put("order_id", contract.terms().base() + "-" + fill.order().id)
                .put("direction", fill.side().name().toLowerCase(Locale.ROOT))
                .put(
                        "price",
                        BigDecimal.valueOf(fill.ticks(), contract.instrument().priceDecimals()))
                .put(
                        "amount",
                        BigDecimal.valueOf(fill.lots(), contract.instrument().quantityDecimals()))
                .put("fee", fill.fee())
                .put("fee_currency", contract.terms().settlement())
                .put("liquidity", fill.maker() ? "M" : "T")
                .put("state", fill.order().open ? "open" : "filled");
    }

    static JsonNode positions(Matcher matcher, String account, Collection<Contract> contracts) {
        ArrayNode all = JSON.createArrayNode();
        for (Contract contract : contracts) {
            long lots = matcher.position(account, contract.symbol());
            if (lots != 0) {
                all.add(JSON.createObjectNode()
                        .put("instrument_name", contract.symbol())
                        .put("direction", lots > 0 ? "buy" : "sell")
                        .put(
                                "size",
                                BigDecimal.valueOf(lots, contract.instrument().quantityDecimals())));
            }
        }
        return all;
    }
}
