package dev.tranche.engine.trading.desk;

import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.feed.FeedLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a desk is made of, as the first record of its journal holds it: a desk made of the same is the same.
///
/// @param wires form of the market data, one for each of [Contracts#venues]
/// @param feed when a stream counts as silent, restarted or late
/// @param seed of the chance of venues on paper
public record Setup(Contracts contracts, DeskTerms terms, List<Wire> wires, FeedLimits feed, long seed) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Setup {
        wires = List.copyOf(wires);
        if (wires.size() != contracts.venues().size()) {
            throw new IllegalArgumentException(
                    "there must be one wire for each of " + contracts.venues().size() + " venues: " + wires.size());
        }
    }

    /// The same with another first number of an order.
    public Setup beginningAt(long firstSequence) {
        DeskTerms t = terms;
        return new Setup(
                contracts,
                new DeskTerms(
                        t.name(),
                        t.strategies(),
                        t.orders(),
                        t.levels(),
                        t.capital(),
                        t.limits(),
                        t.risk(),
                        t.breaker(),
                        t.reading(),
                        t.reconcile(),
                        t.acknowledge(),
                        firstSequence),
                wires,
                feed,
                seed);
    }

    /// As JSON; two setups with one text are the same.
    public String text() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("form", 1);
        tree.put("contracts", ContractText.of(contracts));
        tree.put("wires", wires.stream().map(Wire::word).toList());
        tree.put("terms", terms);
        tree.put("feed", feed);
        tree.put("seed", Long.toString(seed));
        return JSON.writeValueAsString(tree);
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws IllegalArgumentException when it is not that
    public static Setup read(byte[] text) {
        JsonNode tree = JSON.readTree(new String(text, StandardCharsets.UTF_8));
        if (tree.path("form").asInt(0) != 1) {
            throw new IllegalArgumentException(
                    "a journal begins with the form 1: " + tree.path("form").asInt(0));
        }
        List<Wire> wires = new ArrayList<>();
        tree.path("wires").forEach(each -> wires.add(Wire.parse(each.asString(""))));
        return new Setup(
                ContractText.read(tree.path("contracts")),
                JSON.treeToValue(tree.path("terms"), DeskTerms.class),
                wires,
                JSON.treeToValue(tree.path("feed"), FeedLimits.class),
                Long.parseLong(tree.path("seed").asString("0")));
    }
}
