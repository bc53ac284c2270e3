package dev.tranche.engine.venue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Deribit's protection for market makers, by its quantity limit: configurations, what was filled lately, who is
/// frozen.
final class DeribitProtection {
    private final Map<String, ObjectNode> configs = new HashMap<>();
    private final Set<String> frozen = new HashSet<>();
    private final Deque<Matcher.Fill> fills = new ArrayDeque<>();

    void set(String account, String index, ObjectNode config) {
        configs.put(account + index, config);
        frozen.remove(account);
    }

    @Nullable
    ObjectNode get(String account, String index) {
        return configs.get(account + index);
    }

    void reset(String account) {
        frozen.remove(account);
        fills.clear();
    }

    boolean frozen(String account) {
        return frozen.contains(account);
    }

    static String index(Matcher.Order order) {
        return order.contract.terms().base().toLowerCase(Locale.ROOT) + "_usd";
    }

    /// A fill of a resting order; says which orders are taken back because it was too much, none when it was not.
    List<Matcher.Order> filled(Matcher.Fill maker, List<Matcher.Order> open) {
        Matcher.Order order = maker.order();
        ObjectNode config = configs.get(order.account + index(order));
        if (config == null || !order.protectedByVenue) {
            return List.of();
        }
        fills.add(maker);
        long since = maker.millis() - 1000 * config.path("interval").asLong();
        fills.removeIf(fill -> fill.millis() < since);
        double traded = fills.stream()
                .mapToDouble(fill -> fill.order().contract.instrument().quantity(fill.lots()))
                .sum();
        if (traded <= config.path("quantity_limit").asDouble(Double.MAX_VALUE) || !frozen.add(order.account)) {
            return List.of();
        }
        List<Matcher.Order> back = new ArrayList<>(open);
        back.removeIf(each -> !each.protectedByVenue || each.id == order.id);
        return back;
    }
}
