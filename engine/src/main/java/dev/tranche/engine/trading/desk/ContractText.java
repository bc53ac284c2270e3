package dev.tranche.engine.trading.desk;

import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Contracts as JSON, as the journal's first record holds them.
final class ContractText {
    private ContractText() {}

    /// Contracts as a list of objects.
    static List<Map<String, Object>> of(Contracts contracts) {
        return contracts.all().stream().map(ContractText::of).toList();
    }

    private static Map<String, Object> of(Contract contract) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("venue", contract.venue());
        tree.put("symbol", contract.symbol());
        tree.put("price_decimals", contract.instrument().priceDecimals());
        tree.put("quantity_decimals", contract.instrument().quantityDecimals());
        tree.put("tick", contract.tick());
        tree.put("step", contract.step());
        tree.put("least", contract.least());
        tree.put("maker", contract.fees().maker());
        tree.put("taker", contract.fees().taker());
        if (Double.isFinite(contract.fees().cap())) {
            tree.put("cap", contract.fees().cap());
        }
        switch (contract.terms()) {
            case Terms.Linear(String base, String quote, boolean perpetual) -> {
                tree.put("terms", "linear");
                tree.put("base", base);
                tree.put("quote", quote);
                tree.put("perpetual", perpetual);
            }
            case Terms.Inverse(String base, String quote, double unit, boolean perpetual) -> {
                tree.put("terms", "inverse");
                tree.put("base", base);
                tree.put("quote", quote);
                tree.put("unit", unit);
                tree.put("perpetual", perpetual);
            }
            case Terms.CoinOption(String base, String underlying, InverseOption option) -> {
                tree.put("terms", "option");
                tree.put("base", base);
                tree.put("underlying", underlying);
                tree.put("right", option.type().name().toLowerCase(Locale.ROOT));
                tree.put("strike", option.strike());
                tree.put("expiry", option.expiry().toString());
            }
        }
        return tree;
    }

    /// The contracts of such a list.
    ///
    /// @throws IllegalArgumentException for what is no contract
    static Contracts read(JsonNode list) {
        List<Contract> all = new ArrayList<>();
        list.forEach(each -> all.add(one(each)));
        return Contracts.of(all);
    }

    private static Contract one(JsonNode tree) {
        return new Contract(
                new Instrument(
                        tree.path("symbol").asString(""),
                        tree.path("price_decimals").asInt(),
                        tree.path("quantity_decimals").asInt()),
                tree.path("venue").asString(""),
                terms(tree),
                tree.path("tick").asLong(),
                tree.path("step").asLong(),
                tree.path("least").asLong(),
                new Fees(
                        tree.path("maker").asDouble(),
                        tree.path("taker").asDouble(),
                        tree.path("cap").asDouble(Double.POSITIVE_INFINITY)));
    }

    private static Terms terms(JsonNode tree) {
        String base = tree.path("base").asString("");
        return switch (tree.path("terms").asString("")) {
            case "linear" -> new Terms.Linear(base, tree.path("quote").asString(""), perpetual(tree));
            case "inverse" ->
                new Terms.Inverse(
                        base, tree.path("quote").asString(""), tree.path("unit").asDouble(), perpetual(tree));
            case "option" ->
                new Terms.CoinOption(
                        base,
                        tree.path("underlying").asString(""),
                        new InverseOption(
                                OptionType.valueOf(
                                        tree.path("right").asString("").toUpperCase(Locale.ROOT)),
                                tree.path("strike").asDouble(),
                                Instant.parse(tree.path("expiry").asString(""))));
            default ->
                throw new IllegalArgumentException("terms must be linear, inverse or option: "
                        + tree.path("terms").asString(""));
        };
    }

    private static boolean perpetual(JsonNode tree) {
        return tree.path("perpetual").asBoolean(false);
    }
}
