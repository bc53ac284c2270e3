package dev.tranche.engine.trading.desk;

import dev.tranche.engine.trading.terms.ContractText;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.risk.BreakerLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    /// As JSON; two setups with one text are the same.
    public String text() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("form", 1);
        tree.put("contracts", ContractText.of(contracts));
        tree.put("wires", wires.stream().map(Wire::word).toList());
        tree.put("terms", terms(terms));
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("silence_ms", feed.silenceMillis());
        limits.put("clock_ms", feed.clockMillis());
        limits.put("jump_ms", feed.jumpMillis());
        limits.put("restart_ids", feed.restartIds());
        limits.put("repeats_are_faults", feed.repeatsAreFaults());
        tree.put("feed", limits);
        tree.put("seed", Long.toString(seed));
        return JSON.writeValueAsString(tree);
    }

    private static Map<String, Object> terms(DeskTerms terms) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", terms.name());
        tree.put("strategies", terms.strategies());
        tree.put("orders", terms.orders());
        tree.put("levels", terms.levels());
        tree.put("capital", terms.capital());
        tree.put("breaker", breaker(terms.breaker()));
        tree.put("reading_ns", terms.reading().toNanos());
        tree.put("reconcile_ns", terms.reconcile().toNanos());
        tree.put("acknowledge_ns", terms.acknowledge().toNanos());
        tree.put("first_sequence", terms.firstSequence());
        return tree;
    }

    private static Map<String, Object> breaker(BreakerLimits limits) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("daily_loss_warning", limits.dailyLossWarning());
        tree.put("daily_loss_limit", limits.dailyLossLimit());
        tree.put("drawdown_warning", limits.drawdownWarning());
        tree.put("drawdown_limit", limits.drawdownLimit());
        tree.put("var_95_limit", limits.valueAtRisk95Limit());
        tree.put("var_99_limit", limits.valueAtRisk99Limit());
        tree.put("concentration_warning", limits.concentrationWarning());
        tree.put("concentration_limit", limits.concentrationLimit());
        tree.put("cooldown_ns", limits.cooldown().toNanos());
        tree.put("patience_ns", limits.patience().toNanos());
        return tree;
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
        JsonNode feed = tree.path("feed");
        JsonNode terms = tree.path("terms");
        return new Setup(
                ContractText.read(tree.path("contracts")),
                new DeskTerms(
                        terms.path("name").asString(""),
                        terms.path("strategies").asInt(),
                        terms.path("orders").asInt(),
                        terms.path("levels").asInt(),
                        terms.path("capital").asDouble(),
                        breaker(terms.path("breaker")),
                        nanos(terms, "reading_ns"),
                        nanos(terms, "reconcile_ns"),
                        nanos(terms, "acknowledge_ns"),
                        terms.path("first_sequence").asLong()),
                wires,
                new FeedLimits(
                        feed.path("silence_ms").asLong(),
                        feed.path("clock_ms").asLong(),
                        feed.path("jump_ms").asLong(),
                        feed.path("restart_ids").asLong(),
                        feed.path("repeats_are_faults").asBoolean()),
                Long.parseLong(tree.path("seed").asString("0")));
    }

    private static BreakerLimits breaker(JsonNode limits) {
        return new BreakerLimits(
                limits.path("daily_loss_warning").asDouble(),
                limits.path("daily_loss_limit").asDouble(),
                limits.path("drawdown_warning").asDouble(),
                limits.path("drawdown_limit").asDouble(),
                limits.path("var_95_limit").asDouble(),
                limits.path("var_99_limit").asDouble(),
                limits.path("concentration_warning").asDouble(),
                limits.path("concentration_limit").asDouble(),
                nanos(limits, "cooldown_ns"),
                nanos(limits, "patience_ns"));
    }

    private static Duration nanos(JsonNode tree, String name) {
        return Duration.ofNanos(tree.path(name).asLong());
    }
}
