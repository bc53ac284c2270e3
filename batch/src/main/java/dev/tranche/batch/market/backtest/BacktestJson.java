package dev.tranche.batch.market.backtest;

import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.GreekWatch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The results as JSON: the same configuration, seed and recordings give the same bytes. Nothing that this
/// machine measured is in it.
final class BacktestJson {
    private static final int KEEP = 2000;

    private BacktestJson() {}

    static String document(BacktestResult result, Map<String, String> digests) {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(tree(result, digests));
    }

    /// Parts of the desk's profit by greek, dollars, and all of it.
    static Map<String, Double> greeks(GreekWatch greeks) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("delta", greeks.byDelta());
        parts.put("gamma", greeks.byGamma());
        parts.put("vega", greeks.byVega());
        parts.put("theta", greeks.byTheta());
        parts.put("residual", greeks.residual());
        parts.put("other", greeks.other());
        parts.put("total", greeks.total());
        return parts;
    }

    private static Map<String, Object> tree(BacktestResult result, Map<String, String> digests) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", result.config().name());
        tree.put("config", result.config().digest());
        tree.put("recordings", new TreeMap<>(digests));
        tree.put("seed", result.config().seed());
        tree.put("switches", result.config().switches().toString());
        tree.put("begins", instant(result.begins()));
        tree.put("ends", instant(result.ends()));
        tree.put("events", result.events());
        tree.put("hash", String.format(Locale.ROOT, "%016x", result.hash()));
        tree.put("capital", result.capital());
        tree.put("profit", result.profit());
        tree.put("drawdown", result.drawdown());
        tree.put("quoted_usd", result.quoted());
        tree.put("two_sided_share", result.twoSided());
        tree.put("parts", parts(result, result.account().ledger().whole()));
        tree.put("greeks", greeks(result.greeks()));
        tree.put("strategies", strategies(result));
        tree.put("contracts", contracts(result));
        tree.put("days", days(result));
        tree.put("quotes", result.recorder().quotes);
        tree.put("hedges", result.recorder().hedges);
        tree.put("regime_changes", result.recorder().regimeChanges);
        tree.put("pulled", counts(result.recorder().pulled));
        tree.put("refusals", counts(result.recorder().refusals));
        tree.put("rejections", counts(result.trader().rejections));
        tree.put("notices", counts(result.recorder().notices));
        tree.put("spread_source", counts(result.recorder().spreads));
        tree.put("breaker_shares", breaker(result));
        tree.put(
                "breaker_changes",
                result.recorder().breaker.stream()
                        .map(each -> {
                            Map<String, Object> change = new LinkedHashMap<>();
                            change.put("at", instant(each.at()));
                            change.put("before", each.before().name());
                            change.put("after", each.after().name());
                            change.put("why", each.why());
                            return change;
                        })
                        .toList());
        tree.put("fills", result.recorder().fills.all().size());
        tree.put("first_fills", fills(result));
        return tree;
    }

    static String instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }

    private static Map<String, Object> parts(BacktestResult result, int strategy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            tree.put(part.name().toLowerCase(Locale.ROOT), result.account().usd(part, strategy));
        }
        return tree;
    }

    private static List<Object> strategies(BacktestResult result) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < result.config().strategies().size(); i++) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", result.config().strategies().get(i).name());
            tree.put("parts", parts(result, i));
            list.add(tree);
        }
        return list;
    }

    private static List<Object> contracts(BacktestResult result) {
        List<Object> list = new ArrayList<>();
        Contracts contracts = result.config().contracts();
        Ledger ledger = result.account().ledger();
        for (int i = 0; i < contracts.size(); i++) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("venue", contracts.get(i).venue());
            tree.put("symbol", contracts.get(i).symbol());
            tree.put("maker_fills", result.recorder().fills.count(i, true));
            tree.put("taker_fills", result.recorder().fills.count(i, false));
            tree.put("traded_lots", result.recorder().fills.lots(i));
            tree.put("position_lots", ledger.lots(ledger.whole(), i));
            list.add(tree);
        }
        return list;
    }

    private static List<Object> days(BacktestResult result) {
        List<Object> list = new ArrayList<>();
        for (Days.Day day : result.days()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("day", LocalDate.ofEpochDay(day.day()).toString());
            tree.put("hours", Math.round(day.hours() * 100) / 100.0);
            tree.put("profit", day.profit());
            list.add(tree);
        }
        return list;
    }

    private static Map<String, Object> breaker(BacktestResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        result.breakerShares().forEach((state, share) -> tree.put(state.name(), share));
        return tree;
    }

    private static Map<String, Long> counts(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> tree = new LinkedHashMap<>();
        counts.forEach((key, count) -> tree.put(key.name().toLowerCase(Locale.ROOT), count));
        return tree;
    }

    private static List<Object> fills(BacktestResult result) {
        List<Object> list = new ArrayList<>();
        for (Fills.Fill fill : result.recorder().fills.all()) {
            if (list.size() == KEEP) {
                break;
            }
            list.add(List.of(
                    fill.at(),
                    fill.strategy(),
                    fill.contract(),
                    fill.side().name(),
                    fill.ticks(),
                    fill.lots(),
                    fill.fee(),
                    fill.maker() ? "maker" : "taker",
                    fill.intent().name()));
        }
        return list;
    }
}
