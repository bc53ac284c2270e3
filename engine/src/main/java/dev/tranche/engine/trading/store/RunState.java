package dev.tranche.engine.trading.store;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.market.contract.Contract;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What has to be known of a desk to read its journal: its contracts, when and where it began, and which
/// strategy is at which place. One reader.
final class RunState {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Setup setup;
    private final long run;
    private final long start;
    private final Map<Integer, String> names = new HashMap<>();

    private RunState(Setup setup, long run, long start) {
        this.setup = setup;
        this.run = run;
        this.start = start;
    }

    /// @param run epoch nanoseconds of the record that began it
    /// @param start its position
    static RunState of(Setup setup, long run, long start) {
        return new RunState(setup, run, start);
    }

    String desk() {
        return setup.terms().name();
    }

    long run() {
        return run;
    }

    long start() {
        return start;
    }

    Contract contract(int place) {
        return setup.contracts().get(place);
    }

    void name(int place, String name) {
        if (name.isEmpty()) {
            names.remove(place);
        } else {
            names.put(place, name);
        }
    }

    /// The version at a place; `nobody` where there is none.
    String strategy(int place) {
        return names.getOrDefault(place, "nobody");
    }

    /// The names as JSON.
    String namesText() {
        return JSON.writeValueAsString(names);
    }

    void readNames(String json) {
        JsonNode tree = JSON.readTree(json);
        tree.properties()
                .forEach(each -> names.put(
                        Integer.parseInt(each.getKey()), each.getValue().asString("")));
    }

    /// Unique over all journals: the desk, when it began, and the record.
    String event(long position) {
        return desk() + "/" + run + "/" + position;
    }

    /// A trade's name: one trade is one row, however often it is read.
    String trade(int contract, long id) {
        return desk() + "/" + run + "/" + contract(contract).venue() + ":"
                + contract(contract).symbol() + "/" + id;
    }

    BigDecimal price(int contract, long ticks) {
        return BigDecimal.valueOf(ticks, contract(contract).instrument().priceDecimals());
    }

    BigDecimal quantity(int contract, long lots) {
        return BigDecimal.valueOf(lots, contract(contract).instrument().quantityDecimals());
    }
}
