package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Orders, trades and contracts as Binance writes them.
final class BinanceWords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BinanceWords() {}

    static long ticks(Contract contract, Map<String, String> p) {
        long ticks = new BigDecimal(p.getOrDefault("price", "0"))
                .movePointRight(contract.instrument().priceDecimals())
                .longValueExact();
        if (ticks <= 0 || ticks % contract.tick() != 0) {
            throw new Refused(-4014, "Price not increased by tick size.");
        }
        return ticks;
    }

    static long lots(Contract contract, Map<String, String> p) {
        long lots = new BigDecimal(p.getOrDefault("quantity", "0"))
                .movePointRight(contract.instrument().quantityDecimals())
                .longValueExact();
        if (lots < contract.least()) {
            throw new Refused(-4003, "Quantity less than or equal to zero.");
        }
        return lots;
    }

    static ObjectNode listed(Contract contract) {
        ObjectNode one = JSON.createObjectNode()
                .put("symbol", contract.symbol())
                .put("contractType", "PERPETUAL")
                .put("status", "TRADING")
                .put("baseAsset", contract.terms().base())
                .put("quoteAsset", contract.terms().quote())
                .put("marginAsset", contract.terms().settlement())
                .put("pricePrecision", contract.instrument().priceDecimals())
                .put("quantityPrecision", contract.instrument().quantityDecimals());
        one.putArray("filters")
                .add(JSON.createObjectNode()
                        .put("filterType", "PRICE_FILTER")
                        .put("tickSize", price(contract, contract.tick())))
                .add(JSON.createObjectNode()
                        .put("filterType", "LOT_SIZE")
                        .put("minQty", quantity(contract, contract.least()))
                        .put("stepSize", quantity(contract, contract.step())));
        return one;
    }

    static String price(Contract contract, long ticks) {
        return BigDecimal.valueOf(ticks, contract.instrument().priceDecimals()).toPlainString();
    }

    static String quantity(Contract contract, long lots) {
        return BigDecimal.valueOf(lots, contract.instrument().quantityDecimals())
                .toPlainString();
    }

    static String status(Matcher.Order order) {
        if (order.open) {
            return order.filled > 0 ? "PARTIALLY_FILLED" : "NEW";
        }
        return order.ended.equals("filled") ? "FILLED" : "CANCELED";
    }

    static ObjectNode order(Matcher.Order order) {
        return JSON.createObjectNode()
                .put("orderId", order.id)
                .put("symbol", order.contract.symbol())
                .put("status", status(order))
                .put("clientOrderId", order.label)
                .put("price", price(order.contract, order.ticks))
                .put("origQty", quantity(order.contract, order.lots))
                .put("executedQty", quantity(order.contract, order.filled))
                .put("timeInForce", order.postOnly ? "GTX" : "GTC")
                .put("reduceOnly", order.reduceOnly)
                .put("side", order.side.name())
                .put("positionSide", "BOTH");
    }

    static ObjectNode trade(Matcher.Fill fill) {
        Contract contract = fill.order().contract;
        return JSON.createObjectNode()
                .put("id", fill.tradeId())
                .put("orderId", fill.order().id)
                .put("symbol", contract.symbol())
                .put("side", fill.side().name())
                .put("price", price(contract, fill.ticks()))
                .put("qty", quantity(contract, fill.lots()))
                .put("commission", fill.fee().toPlainString())
                .put("commissionAsset", contract.terms().settlement())
                .put("maker", fill.maker())
                .put("time", fill.millis());
    }

    /// An `ORDER_TRADE_UPDATE`.
    static ObjectNode update(Matcher.Order order, String execution, Matcher.@Nullable Fill fill, long millis) {
        Contract contract = order.contract;
        boolean last = order.filled == order.lots;
        ObjectNode o = JSON.createObjectNode()
                .put("s", contract.symbol())
                .put("c", order.label)
                .put("S", order.side.name())
                .put("o", "LIMIT")
                .put("f", order.postOnly ? "GTX" : "GTC")
                .put("q", quantity(contract, order.lots))
                .put("p", price(contract, order.ticks))
                .put("x", execution)
                .put("X", fill == null ? status(order) : last ? "FILLED" : "PARTIALLY_FILLED")
                .put("i", order.id)
                .put("l", quantity(contract, fill == null ? 0 : fill.lots()))
                .put("z", quantity(contract, order.filled))
                .put("L", price(contract, fill == null ? 0 : fill.ticks()))
                .put("t", fill == null ? 0 : fill.tradeId())
                .put("m", fill != null && fill.maker())
                .put("R", order.reduceOnly)
                .put("T", millis);
        if (fill != null) {
            o.put("N", contract.terms().settlement()).put("n", fill.fee().toPlainString());
        }
        ObjectNode message = JSON.createObjectNode()
                .put("e", "ORDER_TRADE_UPDATE")
                .put("E", millis)
                .put("T", millis);
        message.set("o", o);
        return message;
    }
}
