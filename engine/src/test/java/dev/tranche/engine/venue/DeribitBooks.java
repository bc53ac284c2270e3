package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The books of a local exchange as Deribit publishes them: a snapshot, and changes that name the one before.
final class DeribitBooks {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, ArrayNode[]> pending = new HashMap<>();
    private long last = 1000;

    void renumber(long by) {
        last += by;
    }

    void level(Contract contract, Side side, long ticks, long lots, boolean before) {
        ArrayNode[] sides = pending.computeIfAbsent(
                contract.symbol(), any -> new ArrayNode[] {JSON.createArrayNode(), JSON.createArrayNode()});
        sides[side == Side.BUY ? 0 : 1].add(
                level(lots == 0 ? "delete" : before ? "change" : "new", contract, ticks, lots));
    }

    private static ArrayNode level(String action, Contract contract, long ticks, long lots) {
        return JSON.createArrayNode()
                .add(action)
                .add(BigDecimal.valueOf(ticks, contract.instrument().priceDecimals()))
                .add(BigDecimal.valueOf(lots, contract.instrument().quantityDecimals()));
    }

    /// What has changed since the last time; null when nothing has.
    @Nullable
    ObjectNode change(Contract contract, long millis) {
        ArrayNode[] sides = pending.remove(contract.symbol());
        if (sides == null) {
            return null;
        }
        long previous = ids.getOrDefault(contract.symbol(), 0L);
        last += 3;
        ids.put(contract.symbol(), last);
        ObjectNode news = JSON.createObjectNode()
                .put("type", "change")
                .put("timestamp", millis)
                .put("prev_change_id", previous)
                .put("instrument_name", contract.symbol())
                .put("change_id", last);
        news.set("bids", sides[0]);
        news.set("asks", sides[1]);
        return news;
    }

    ObjectNode whole(Contract contract, Matcher matcher, long millis) {
        ObjectNode news = JSON.createObjectNode()
                .put("type", "snapshot")
                .put("timestamp", millis)
                .put("instrument_name", contract.symbol())
                .put("change_id", ids.getOrDefault(contract.symbol(), 0L));
        for (Side side : Side.values()) {
            ArrayNode levels = news.putArray(side == Side.BUY ? "bids" : "asks");
            matcher.levels(contract, side).forEach(each -> levels.add(level("new", contract, each[0], each[1])));
        }
        return news;
    }
}
