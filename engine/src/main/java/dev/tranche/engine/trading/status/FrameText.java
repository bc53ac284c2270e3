package dev.tranche.engine.trading.status;

import dev.tranche.market.contract.Contracts;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.BreakerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A frame as a tree for JSON.
///
/// @param around for what a frame does not hold
record FrameText(Contracts contracts, StatusBoard.Surroundings around) {
    /// A number, or null when it is not known.
    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /// The seed's code of a state of the breaker.
    static int code(BreakerState state) {
        return switch (state) {
            case NORMAL -> 0;
            case WARNING -> 1;
            case RESTRICTED -> 2;
            case HALTED -> 3;
            case KILLED -> 4;
        };
    }

    void into(Map<String, Object> tree, DeskFrame frame) {
        tree.put("strategies", frame.strategies().stream().map(this::strategy).toList());
        tree.put("breaker", breaker(frame));
        tree.put("pnl", pnl(frame));
        tree.put("greeks", frame.greeks().stream().map(FrameText::greek).toList());
        tree.put("positions", frame.positions().stream().map(this::position).toList());
        tree.put(
                "quotes",
                frame.quotes().stream().map(line -> quote(line, frame)).toList());
        tree.put("orders", orders(frame));
        Map<String, Object> hedges = new LinkedHashMap<>();
        hedges.put("executed", frame.hedges());
        hedges.put("last", frame.lastHedge().at() == 0 ? null : note(frame.lastHedge()));
        tree.put("hedges", hedges);
        tree.put("notices", frame.notes().stream().map(FrameText::note).toList());
    }

    private Map<String, Object> strategy(DeskFrame.StrategyLine line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", line.name());
        tree.put("place", line.place());
        tree.putAll(around.version(line.place()));
        tree.put("since", StatusBoard.time(line.since()));
        tree.put("quoting", line.quoting());
        tree.put("why", line.why());
        Map<String, Object> spread = new LinkedHashMap<>();
        spread.put("source", line.source().believed() ? "model" : "heuristic");
        spread.put("reason", line.source().toString());
        String version = around.spread(line.place());
        spread.put("version", version.isEmpty() ? null : version);
        spread.put("answered", line.answered());
        spread.put("fallbacks", line.fellBack());
        spread.put("late", line.late());
        tree.put("spread", spread);
        Map<String, Object> regime = new LinkedHashMap<>();
        regime.put("state", Regimes.word(line.regime()));
        regime.put("code", line.regime());
        regime.put("probabilities", line.probabilities());
        regime.put("since", StatusBoard.time(line.regimeSince()));
        tree.put("regime", regime);
        Map<String, Object> pnl = new LinkedHashMap<>();
        pnl.put("total", number(line.total()));
        pnl.put("realised", number(line.realised()));
        pnl.put("unrealised", number(line.unrealised()));
        pnl.put("fees", number(-line.fees()));
        pnl.put("funding", number(-line.funding()));
        tree.put("pnl", pnl);
        tree.put("fills", line.fills());
        tree.put("refusals", line.refusals());
        return tree;
    }

    private static Map<String, Object> breaker(DeskFrame frame) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("state", frame.breaker().name());
        tree.put("code", code(frame.breaker()));
        tree.put("since", StatusBoard.time(frame.breakerSince()));
        tree.put("why", frame.breakerWhy());
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("daily_loss", number(frame.risk().dailyLoss()));
        inputs.put("drawdown", number(frame.risk().drawdown()));
        inputs.put("var_95", number(frame.risk().valueAtRisk95()));
        inputs.put("var_99", number(frame.risk().valueAtRisk99()));
        inputs.put("concentration", number(frame.risk().concentration()));
        tree.put("inputs", inputs);
        List<Map<String, Object>> violations = new ArrayList<>();
        frame.circuit().ifPresent(circuit -> circuit.violations().forEach(each -> violations.add(violation(each))));
        tree.put("violations", violations);
        return tree;
    }

    private static Map<String, Object> violation(BreakerLimits.Violation violation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metric", violation.metric());
        tree.put("critical", violation.critical());
        tree.put("value", number(violation.value()));
        tree.put("limit", number(violation.limit()));
        return tree;
    }

    private static Map<String, Object> pnl(DeskFrame frame) {
        DeskFrame.Money money = frame.money();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("equity", number(money.equity()));
        tree.put("start_of_day", number(money.startOfDay()));
        tree.put("day", number(money.equity() - money.startOfDay()));
        tree.put("last_24h", number(money.last24h()));
        tree.put("total", number(money.total()));
        tree.put("realised", number(money.realised()));
        tree.put("unrealised", number(money.unrealised()));
        tree.put("fees", number(-money.fees()));
        tree.put("funding", number(-money.funding()));
        tree.put("drawdown", number(frame.risk().drawdown()));
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("spread", number(money.spread()));
        parts.put("adverse_selection", number(money.adverse()));
        parts.put("inventory", number(money.inventory()));
        parts.put("hedge", number(money.hedge()));
        parts.put("fees", number(-money.fees()));
        parts.put("funding", number(-money.funding()));
        parts.put("residual", number(money.residual()));
        parts.put("greeks", byGreek(frame.byGreek()));
        tree.put("attribution", parts);
        return tree;
    }

    private static Map<String, Object> byGreek(DeskFrame.GreekMoney money) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("delta", number(money.delta()));
        tree.put("gamma", number(money.gamma()));
        tree.put("vega", number(money.vega()));
        tree.put("theta", number(money.theta()));
        tree.put("residual", number(money.residual()));
        tree.put("other", number(money.other()));
        tree.put("total", number(money.total()));
        return tree;
    }

    private static Map<String, Object> greek(DeskFrame.GreekLine line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("base", line.base());
        tree.put("delta", number(line.delta()));
        tree.put("gamma", number(line.gamma()));
        tree.put("vega", number(line.vega()));
        tree.put("theta", number(line.theta()));
        tree.put("price", number(line.price()));
        return tree;
    }

    private Map<String, Object> position(DeskFrame.PositionLine line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("venue", contracts.get(line.contract()).venue());
        tree.put("symbol", contracts.get(line.contract()).symbol());
        tree.put("quantity", line.quantity());
        tree.put("average", number(line.average()));
        tree.put("mark", number(line.mark()));
        tree.put("notional", number(line.notional()));
        tree.put("unrealised", number(line.unrealised()));
        tree.put("realised", number(line.realised()));
        tree.put("venue_quantity", number(line.venueQuantity()));
        return tree;
    }

    private Map<String, Object> quote(DeskFrame.QuoteLine line, DeskFrame frame) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "strategy",
                frame.strategies().stream()
                        .filter(each -> each.place() == line.place())
                        .findFirst()
                        .map(DeskFrame.StrategyLine::name)
                        .orElse(""));
        tree.put("venue", contracts.get(line.contract()).venue());
        tree.put("symbol", contracts.get(line.contract()).symbol());
        tree.put("at", StatusBoard.time(line.at()));
        boolean bid = Double.isFinite(line.bid());
        boolean ask = Double.isFinite(line.ask());
        tree.put("bid", number(line.bid()));
        tree.put("bid_quantity", bid ? line.bidQuantity() : null);
        tree.put("ask", number(line.ask()));
        tree.put("ask_quantity", ask ? line.askQuantity() : null);
        tree.put("fair", number(line.fair()));
        tree.put("reservation", number(line.reservation()));
        tree.put("half_spread_bps", number(line.halfSpreadBps()));
        tree.put("skew_bps", number(line.skewBps()));
        tree.put("why", line.why());
        return tree;
    }

    private static Map<String, Object> orders(DeskFrame frame) {
        DeskFrame.OrderLine orders = frame.orders();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("active", orders.active());
        tree.put("unknown", orders.unknown());
        tree.put("placed", orders.placed());
        tree.put("amended", orders.amended());
        tree.put("cancelled", orders.cancelled());
        tree.put("filled", orders.filled());
        tree.put("rejected", orders.rejected());
        Map<String, Long> refused = new LinkedHashMap<>(frame.refused());
        refused.values().removeIf(count -> count == 0);
        tree.put("refused", refused);
        tree.put("fill_rate_5m", number(orders.fillRate()));
        return tree;
    }

    private static Map<String, Object> note(DeskWatch.Noted noted) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", StatusBoard.time(noted.at()));
        tree.put("kind", noted.kind());
        tree.put("text", noted.text());
        return tree;
    }
}
