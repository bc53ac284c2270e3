package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.loop.LoopCounts;
import dev.tranche.engine.trading.status.DeskFrame;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.risk.Refusal;
import dev.tranche.runtime.metrics.LatencySnapshot;
import dev.tranche.runtime.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a market maker exports, from its start on: names as `docs/reference/metrics.md` lists them. Read from
/// the newest frame when they are asked for; nothing in the loop waits for a scrape.
final class DeskMeters {
    private static final Logger LOG = LoggerFactory.getLogger(DeskMeters.class);

    private final DeskProcess desk;
    private final MeterRegistry registry;

    private DeskMeters(DeskProcess desk, MeterRegistry registry) {
        this.desk = desk;
        this.registry = registry;
    }

    static void in(Metrics metrics, DeskProcess desk) {
        DeskMeters meters = new DeskMeters(desk, metrics.registry());
        meters.risk();
        meters.orders();
        meters.surroundings();
        meters.strategies(metrics);
        metrics.histogram(
                MarketMeterNames.QUOTE_LATENCY,
                "from the receipt of market data to the order handed over",
                () -> meters.latency(LoopCounts::quote));
        metrics.histogram(
                MarketMeterNames.LOOP_LATENCY, "what one input took", () -> meters.latency(LoopCounts::event));
    }

    private LatencySnapshot latency(Function<LoopCounts, LatencySnapshot> of) {
        return desk.counts().map(of).orElse(LatencySnapshot.empty());
    }

    private Optional<DeskFrame> frame() {
        return desk.board().frame();
    }

    private void gauge(String name, String help, Tags tags, ToDoubleFunction<DeskFrame> value) {
        Gauge.builder(
                        name,
                        this,
                        meters -> meters.frame().map(value::applyAsDouble).orElse(Double.NaN))
                .description(help)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void plain(String name, String help, Tags tags, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(help)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void counter(String name, String help, Tags tags, ToDoubleFunction<DeskFrame> value) {
        FunctionCounter.builder(
                        name,
                        this,
                        meters -> meters.frame().map(value::applyAsDouble).orElse(0.0))
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private void risk() {
        gauge(
                MarketMeterNames.BREAKER,
                "0 NORMAL, 1 WARNING, 2 RESTRICTED, 3 HALTED, 4 KILLED",
                Tags.empty(),
                DeskFrame::breakerCode);
        gauge(
                MarketMeterNames.PNL_24H,
                "dollars of the last 24 hours",
                Tags.empty(),
                f -> f.money().last24h());
        gauge(
                MarketMeterNames.DRAWDOWN,
                "fall of equity from its highest",
                Tags.empty(),
                f -> f.risk().drawdown());
        gauge(MarketMeterNames.EQUITY, "dollars", Tags.empty(), f -> f.money().equity());
        gauge(
                MarketMeterNames.PNL_DAY,
                "dollars since the day began",
                Tags.empty(),
                f -> f.money().equity() - f.money().startOfDay());
        pnl("realised", f -> f.money().realised());
        pnl("unrealised", f -> f.money().unrealised());
        pnl("fees", f -> -f.money().fees());
        pnl("funding", f -> -f.money().funding());
        cause("spread", f -> f.money().spread());
        cause("adverse_selection", f -> f.money().adverse());
        cause("inventory", f -> f.money().inventory());
        cause("hedge", f -> f.money().hedge());
        cause("fees", f -> -f.money().fees());
        cause("funding", f -> -f.money().funding());
        cause("residual", f -> f.money().residual());
        input("daily_loss", f -> f.risk().dailyLoss());
        input("drawdown", f -> f.risk().drawdown());
        input("var_95", f -> f.risk().valueAtRisk95());
        input("var_99", f -> f.risk().valueAtRisk99());
        input("concentration", f -> f.risk().concentration());
        for (String base : bases()) {
            Tags tags = Tags.of("base", base);
            gauge(
                    MarketMeterNames.DELTA,
                    "units of the base asset",
                    tags,
                    f -> f.greek(base).map(DeskFrame.GreekLine::delta).orElse(Double.NaN));
            gauge(
                    MarketMeterNames.GAMMA,
                    "units of the base asset a dollar",
                    tags,
                    f -> f.greek(base).map(DeskFrame.GreekLine::gamma).orElse(Double.NaN));
            gauge(
                    MarketMeterNames.VEGA,
                    "dollars a volatility point",
                    tags,
                    f -> f.greek(base).map(DeskFrame.GreekLine::vega).orElse(Double.NaN));
            gauge(
                    MarketMeterNames.THETA,
                    "dollars a day",
                    tags,
                    f -> f.greek(base).map(DeskFrame.GreekLine::theta).orElse(Double.NaN));
        }
    }

    private List<String> bases() {
        return desk.settings().contracts().all().stream()
                .map(contract -> contract.terms().base())
                .distinct()
                .toList();
    }

    private void pnl(String kind, ToDoubleFunction<DeskFrame> value) {
        gauge(MarketMeterNames.PNL, "dollars", Tags.of("kind", kind), value);
    }

    private void cause(String cause, ToDoubleFunction<DeskFrame> value) {
        gauge(MarketMeterNames.ATTRIBUTION, "dollars", Tags.of("cause", cause), value);
    }

    private void input(String input, ToDoubleFunction<DeskFrame> value) {
        gauge(MarketMeterNames.RISK, "what the breaker looks at, a share", Tags.of("input", input), value);
    }

    private void orders() {
        gauge(
                MarketMeterNames.ACTIVE,
                "orders that are or may be open",
                Tags.empty(),
                f -> f.orders().active());
        gauge(
                MarketMeterNames.UNKNOWN,
                "orders whose fate is not known",
                Tags.empty(),
                f -> f.orders().unknown());
        gauge(
                MarketMeterNames.FILL_RATE,
                "fills of orders placed in five minutes",
                Tags.empty(),
                f -> f.orders().fillRate());
        counter(MarketMeterNames.HEDGES, "hedges executed", Tags.empty(), DeskFrame::hedges);
        event("placed", f -> f.orders().placed());
        event("amended", f -> f.orders().amended());
        event("cancelled", f -> f.orders().cancelled());
        event("filled", f -> f.orders().filled());
        event("rejected", f -> f.orders().rejected());
        for (Refusal refusal : Refusal.values()) {
            if (refusal != Refusal.NONE) {
                counter(
                        MarketMeterNames.REFUSALS,
                        "orders that the pre-trade checks refused",
                        Tags.of("reason", refusal.name()),
                        f -> f.refused().getOrDefault(refusal.name(), 0L));
            }
        }
    }

    private void event(String event, ToDoubleFunction<DeskFrame> value) {
        counter(MarketMeterNames.ORDERS, "orders by what became of them", Tags.of("event", event), value);
    }

    private void strategies(Metrics metrics) {
        series(metrics, MarketMeterNames.REGIME, "0 LOW, 1 MEDIUM, 2 HIGH", false, DeskFrame.StrategyLine::regime);
        series(metrics, MarketMeterNames.QUOTING, "1 while it quotes", false, line -> line.quoting() ? 1 : 0);
        series(
                metrics,
                MarketMeterNames.FALLBACKS,
                "quotes for which the spread model did not answer within bounds or time",
                true,
                DeskFrame.StrategyLine::fellBack);
    }

    /// One series for each strategy in force; without any, one that is not known (of a counter: 0).
    private void series(
            Metrics metrics,
            String name,
            String help,
            boolean counter,
            ToDoubleFunction<DeskFrame.StrategyLine> value) {
        metrics.series(name, help, counter, () -> {
            List<Metrics.Point> points = frame().stream()
                    .flatMap(frame -> frame.strategies().stream())
                    .map(line -> new Metrics.Point(Map.of("strategy", line.name()), value.applyAsDouble(line)))
                    .toList();
            return points.isEmpty()
                    ? List.of(new Metrics.Point(Map.of("strategy", ""), counter ? 0 : Double.NaN))
                    : distinct(points);
        });
    }

    /// A version in force at two places is one series, the first one's.
    private static List<Metrics.Point> distinct(List<Metrics.Point> points) {
        Map<Map<String, String>, Metrics.Point> byLabels = new LinkedHashMap<>();
        points.forEach(point -> byLabels.putIfAbsent(point.labels(), point));
        return List.copyOf(byLabels.values());
    }

    private void surroundings() {
        plain(
                MarketMeterNames.UP,
                "1 while a strategy may quote",
                Tags.empty(),
                () -> desk.board().state().word().equals("QUOTING") ? 1 : 0);
        FunctionCounter.builder(
                        MarketMeterNames.EVENTS,
                        desk,
                        d -> d.counts().map(counts -> (double) counts.inputs()).orElse(0.0))
                .description("inputs that the desk took in")
                .register(registry);
        FunctionCounter.builder(MarketMeterNames.LOST, desk, DeskProcess::lost)
                .description("messages of market data that were left out because the loop was behind")
                .register(registry);
        plain(MarketMeterNames.WAITING, "bytes that wait for the loop", Tags.empty(), desk::waiting);
        plain(
                MarketMeterNames.JOURNAL_BYTES,
                "bytes of the journal on the disk",
                Tags.empty(),
                () -> desk.journal().diskBytes());
        plain(
                MarketMeterNames.JOURNAL_FULL,
                "1 while the journal takes nothing",
                Tags.empty(),
                () -> desk.detached() ? 1 : 0);
        plain(MarketMeterNames.DISK_FREE, "bytes free on the disk of the journal", Tags.empty(), this::free);
        plain(
                MarketMeterNames.STORE_UP,
                "1 while the tables take what is told; not known without tables",
                Tags.empty(),
                desk::tablesUp);
        plain(
                MarketMeterNames.SERVER_AWAY,
                "1 while the server does not answer",
                Tags.empty(),
                () -> desk.feed().reachable() ? 0 : 1);
        plain(
                MarketMeterNames.VERSIONS_REFUSED,
                "strategies and spread models that are wanted and not taken; those before them stay in force",
                Tags.empty(),
                () -> desk.feed().problems().size());
        List<String> venues = desk.settings().contracts().venues();
        for (int i = 0; i < venues.size(); i++) {
            int venue = i;
            Gateway gateway = desk.gateways().get(i);
            Tags tags = Tags.of("venue", venues.get(i));
            gauge(
                    MarketMeterNames.CONNECTED,
                    "1 while it can be heard",
                    tags,
                    f -> f.heard().get(venue) ? 1 : 0);
            plain(
                    MarketMeterNames.ARMED,
                    "1 while cancel-on-disconnect holds",
                    tags,
                    () -> gateway.armed().cancelOnDisconnect() ? 1 : 0);
        }
        for (int i = 0; i < desk.settings().contracts().size(); i++) {
            int place = i;
            Contract contract = desk.settings().contracts().get(i);
            Tags tags = Tags.of("venue", contract.venue(), "symbol", contract.symbol());
            gauge(
                    MarketMeterNames.BOOK,
                    "1 while the book can be quoted on",
                    tags,
                    f -> f.books().get(place).state().equals("VALID") ? 1 : 0);
            gauge(MarketMeterNames.POSITION, "quantity held", tags, f -> f.position(place));
        }
    }

    private double free() {
        try {
            return desk.journal().freeBytes();
        } catch (IOException e) {
            LOG.debug("disk.unreadable", e);
            return Double.NaN;
        }
    }
}
