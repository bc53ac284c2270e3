package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The books of a local exchange as Binance publishes them: changes that name the last update before them, and
/// whole books by request.
final class BinanceBooks {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Changed levels of the two sides: lots by price.
    private record Changes(TreeMap<Long, Long> bids, TreeMap<Long, Long> asks) {}

    private final Map<String, Changes> pending = new HashMap<>();
    private final Map<String, Long> updates = new HashMap<>();
    private long last = 5000;

    void renumber(long by) {
        last += by;
    }

    void level(Contract contract, Side side, long ticks, long lots) {
        Changes changes =
                pending.computeIfAbsent(contract.symbol(), any -> new Changes(new TreeMap<>(), new TreeMap<>()));
        (side == Side.BUY ? changes.bids() : changes.asks()).put(ticks, lots);
    }

    /// What has changed since the last time; null when nothing has.
    @Nullable
    ObjectNode change(Contract contract, long millis) {
        Changes changes = pending.remove(contract.symbol());
        if (changes == null) {
            return null;
        }
        long previous = updates.getOrDefault(contract.symbol(), last);
        long first = last + 1;
        last += 4;
        updates.put(contract.symbol(), last);
        ObjectNode news = JSON.createObjectNode()
                .put("e", "depthUpdate")
                .put("E", millis)
                .put("T", millis)
                .put("s", contract.symbol())
                .put("U", first)
                .put("u", last)
                .put("pu", previous);
        changes.bids().forEach(levels(contract, news.putArray("b")));
        changes.asks().forEach(levels(contract, news.putArray("a")));
        return news;
    }

    private static BiConsumer<Long, Long> levels(Contract contract, ArrayNode to) {
        return (ticks, lots) -> to.add(JSON.createArrayNode()
                .add(BinanceWords.price(contract, ticks))
                .add(BinanceWords.quantity(contract, lots)));
    }

    ObjectNode whole(Contract contract, Matcher matcher) {
        ObjectNode book = JSON.createObjectNode()
                .put("lastUpdateId", updates.getOrDefault(contract.symbol(), last))
                .put("E", matcher.millis())
                .put("T", matcher.millis());
        for (Side side : Side.values()) {
            ArrayNode to = book.putArray(side == Side.BUY ? "bids" : "asks");
            matcher.levels(contract, side).forEach(each -> levels(contract, to).accept(each[0], each[1]));
        }
        return book;
    }
}
