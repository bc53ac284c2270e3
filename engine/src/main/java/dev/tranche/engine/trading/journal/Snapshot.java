package dev.tranche.engine.trading.journal;

import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.risk.PreTrade;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.risk.RiskMonitor;
import dev.tranche.market.risk.RiskReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/// The account of a desk at one moment, as its journal holds it from time to time; all in dollars. What was not
/// known is NaN, in JSON null.
///
/// @param equity capital and profit
/// @param capital paid in, less what was paid out, in dollars of the time
/// @param parts of the profit
/// @param drawdown share of the highest equity
/// @param pnl24h of the last 24 hours
/// @param breaker state of the breaker
/// @param greeks by base asset
/// @param positions open ones of strategies; the last strategy is nobody's
/// @param metrics whatever else is measured, by name
public record Snapshot(
        double equity,
        double capital,
        Map<Part, Double> parts,
        double drawdown,
        double pnl24h,
        String breaker,
        Map<String, Greeks> greeks,
        List<Position> positions,
        Map<String, Double> metrics) {
    /// Name of the metric that says what the capital is worth now.
    public static final String DEPOSITED = "capital_worth";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Of one base asset.
    ///
    /// @param delta coins
    /// @param gamma coins for a dollar
    /// @param vega dollars for a percentage point
    /// @param theta dollars a day
    /// @param price dollars a coin
    public record Greeks(double delta, double gamma, double vega, double theta, double price) {}

    /// What a strategy has in a contract.
    ///
    /// @param strategy its place
    /// @param quantity below 0 when short
    /// @param entry average price
    /// @param profit in the settlement currency
    public record Position(
            int strategy, String venue, String instrument, double quantity, double entry, double profit) {}

    public Snapshot {
        parts = Map.copyOf(parts);
        greeks = Map.copyOf(greeks);
        positions = List.copyOf(positions);
        metrics = Map.copyOf(metrics);
    }

    /// The account as it is now. Only the desk's thread may ask for it.
    public static Snapshot of(Desk desk) {
        Ledger ledger = desk.ledger();
        Map<Part, Double> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part, ledger.usd(part, ledger.whole()));
        }
        PreTrade gate = desk.gate();
        Map<String, Greeks> greeks = new LinkedHashMap<>();
        List<String> assets = desk.assets();
        for (int i = 0; i < assets.size(); i++) {
            String base = assets.get(i);
            int all = ledger.whole();
            greeks.put(
                    base,
                    new Greeks(
                            gate.delta(all, base),
                            gate.gamma(all, base),
                            gate.vega(all, base),
                            desk.greeks().theta(base),
                            desk.price(i)));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("orders_open", (double) gate.open());
        metrics.put(DEPOSITED, ledger.deposited());
        metrics.put("orders_sent", (double) desk.sent());
        for (Refusal refusal : Refusal.values()) {
            if (gate.count(refusal) > 0) {
                metrics.put("checked_" + refusal.name().toLowerCase(Locale.ROOT), (double) gate.count(refusal));
            }
        }
        RiskReading reading = desk.risk().map(RiskMonitor::reading).orElse(RiskReading.NONE);
        metrics.put("daily_loss", reading.dailyLoss());
        metrics.put("var_95", reading.valueAtRisk95());
        metrics.put("var_99", reading.valueAtRisk99());
        metrics.put("concentration", reading.concentration());
        return new Snapshot(
                ledger.equity(),
                ledger.capital(),
                parts,
                reading.drawdown(),
                desk.risk().map(RiskMonitor::pnl24h).orElse(Double.NaN),
                desk.breaker().name(),
                greeks,
                positions(ledger),
                metrics);
    }

    private static List<Position> positions(Ledger ledger) {
        List<Position> found = new ArrayList<>();
        for (int strategy = 0; strategy <= ledger.house(); strategy++) {
            for (int each = ledger.firstContract(strategy); each >= 0; each = ledger.nextContract(strategy, each)) {
                long lots = ledger.lots(strategy, each);
                if (lots != 0) {
                    Contract contract = ledger.contracts().get(each);
                    found.add(new Position(
                            strategy,
                            contract.venue(),
                            contract.symbol(),
                            contract.instrument().quantity(lots),
                            ledger.entry(strategy, each),
                            ledger.amount(Part.TOTAL, strategy, each)));
                }
            }
        }
        return found;
    }

    /// What a part of the profit is, NaN while unknown.
    public double part(Part part) {
        return parts.getOrDefault(part, Double.NaN);
    }

    /// As JSON, for the journal.
    public String text() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("equity", finite(equity));
        tree.put("capital", finite(capital));
        Map<String, Object> byPart = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            byPart.put(part.name(), finite(part(part)));
        }
        tree.put("parts", byPart);
        tree.put("drawdown", finite(drawdown));
        tree.put("pnl_24h", finite(pnl24h));
        tree.put("breaker", breaker);
        Map<String, Object> byBase = new LinkedHashMap<>();
        greeks.forEach((base, each) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("delta", finite(each.delta));
            one.put("gamma", finite(each.gamma));
            one.put("vega", finite(each.vega));
            one.put("theta", finite(each.theta));
            one.put("price", finite(each.price));
            byBase.put(base, one);
        });
        tree.put("greeks", byBase);
        tree.put("positions", positions.stream().map(Snapshot::position).toList());
        Map<String, Object> measured = new LinkedHashMap<>();
        metrics.forEach((name, value) -> measured.put(name, finite(value)));
        tree.put("metrics", measured);
        return JSON.writeValueAsString(tree);
    }

    private static Map<String, Object> position(Position each) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("strategy", each.strategy);
        one.put("venue", each.venue);
        one.put("instrument", each.instrument);
        one.put("quantity", finite(each.quantity));
        one.put("entry", finite(each.entry));
        one.put("profit", finite(each.profit));
        return one;
    }

    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : NullNode.getInstance();
    }

    /// Reads what [#text] wrote.
    public static Snapshot read(String json) {
        JsonNode tree = JSON.readTree(json);
        Map<Part, Double> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part, number(tree.path("parts"), part.name()));
        }
        Map<String, Greeks> greeks = new LinkedHashMap<>();
        tree.path("greeks")
                .properties()
                .forEach(each -> greeks.put(
                        each.getKey(),
                        new Greeks(
                                number(each.getValue(), "delta"),
                                number(each.getValue(), "gamma"),
                                number(each.getValue(), "vega"),
                                number(each.getValue(), "theta"),
                                number(each.getValue(), "price"))));
        List<Position> positions = new ArrayList<>();
        tree.path("positions")
                .forEach(each -> positions.add(new Position(
                        each.path("strategy").asInt(),
                        each.path("venue").asString(""),
                        each.path("instrument").asString(""),
                        number(each, "quantity"),
                        number(each, "entry"),
                        number(each, "profit"))));
        Map<String, Double> metrics = new LinkedHashMap<>();
        tree.path("metrics")
                .properties()
                .forEach(each -> metrics.put(each.getKey(), number(tree.path("metrics"), each.getKey())));
        return new Snapshot(
                number(tree, "equity"),
                number(tree, "capital"),
                parts,
                number(tree, "drawdown"),
                number(tree, "pnl_24h"),
                tree.path("breaker").asString(""),
                greeks,
                positions,
                metrics);
    }

    private static double number(JsonNode tree, String name) {
        return tree.path(name).asDouble(Double.NaN);
    }

    /// The positions as JSON.
    public String positionsText() {
        return JSON.writeValueAsString(
                positions.stream().map(Snapshot::position).toList());
    }

    /// The greeks as JSON.
    public String greeksText() {
        return JSON.writeValueAsString(JSON.readTree(text()).path("greeks"));
    }

    /// The metrics as JSON.
    public String metricsText() {
        return JSON.writeValueAsString(JSON.readTree(text()).path("metrics"));
    }

    /// Of all assets in dollars: what delta gains for a rise of each by 100 %; NaN while unknown.
    public double dollarDelta() {
        return greeks.values().stream()
                .mapToDouble(each -> each.delta == 0 ? 0 : each.delta * each.price)
                .sum();
    }

    /// Of all assets in dollars: what [#dollarDelta] gains for a rise of each by 100 %; NaN while unknown.
    public double dollarGamma() {
        return greeks.values().stream()
                .mapToDouble(each -> each.gamma == 0 ? 0 : each.gamma * each.price * each.price)
                .sum();
    }

    /// Of all assets, dollars for a percentage point.
    public double vega() {
        return greeks.values().stream().mapToDouble(Greeks::vega).sum();
    }

    /// Of all assets, dollars a day.
    public double theta() {
        return greeks.values().stream().mapToDouble(Greeks::theta).sum();
    }
}
