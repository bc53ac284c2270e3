package dev.tranche.batch.market.backtest;

import dev.tranche.batch.report.Curves;
import dev.tranche.batch.report.Curves.Point;
import dev.tranche.batch.report.Page;
import dev.tranche.batch.report.Page.Cell;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.GreekWatch;
import dev.tranche.market.risk.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The report of a back-test.
final class BacktestPage {
    /// Points a line is thinned to: more cannot be seen.
    private static final int POINTS = 1500;

    private static final int MARKS = 1500;
    private static final double NANOS_A_MILLI = 1e6;

    private final BacktestResult result;
    private final Series series;
    private final int[] rows;

    private BacktestPage(BacktestResult result) {
        this.result = result;
        this.series = result.trader().series;
        int count = Math.min(POINTS, series.size());
        this.rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (int) ((i + 1L) * series.size() / count) - 1;
        }
    }

    static String html(BacktestResult result, Map<String, String> digests) {
        return new BacktestPage(result).page(digests);
    }

    private String page(Map<String, String> digests) {
        Page page = Page.of(
                "Back-test: " + result.config().name(),
                BacktestJson.instant(result.begins()) + " to " + BacktestJson.instant(result.ends()) + " · "
                        + result.config().switches());
        page.verdict(
                Page.Tone.PLAIN,
                String.format(Locale.ROOT, "%+,.2f dollars on %,.0f", result.profit(), result.capital()),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "Deepest fall of equity %.3f %%; both sides stood %.1f %% of the time with %,.0f dollars"
                                        + " on the smaller side in the mean.",
                                100 * result.drawdown(),
                                100 * result.twoSided(),
                                result.quoted()),
                        "A simulation: nobody reacts to our orders, and a queue position is estimated, not known."));
        money(page);
        markets(page);
        breaker(page);
        latency(page);
        counts(page, digests);
        return page.html();
    }

    private void money(Page page) {
        page.open("equity", "Equity and drawdown");
        page.plot(curves("Equity over time", List.of(line("equity", "net", column(Trader.EQUITY))), false, 1, ""));
        page.plot(curves("Fall from the highest equity", List.of(line("drawdown", "gross", falls())), true, 100, " %"));
        page.close();
        page.open("attribution", "Where it came from");
        page.words("Spread is the mark against the price of each quote's fill, adverse selection how the mark moved in"
                + " the ten seconds after, inventory how it moved later; together with hedges, less fees and funding,"
                + " they are the profit exactly.");
        page.plot(curves(
                "Parts of the profit over time",
                List.of(
                        line("spread", "net", column(Trader.SPREAD)),
                        line("adverse", "gross", column(Trader.ADVERSE)),
                        line("inventory", "price", column(Trader.INVENTORY))),
                true,
                1,
                ""));
        page.plot(curves(
                "Hedges, fees and funding over time",
                List.of(
                        line("hedge", "net", column(Trader.HEDGE)),
                        line("fees", "gross", column(Trader.FEES)),
                        line("funding", "price", column(Trader.FUNDING))),
                true,
                1,
                ""));
        List<Cell> head = new ArrayList<>(List.of(Cell.of("strategy")));
        for (Part part : Part.values()) {
            head.add(Cell.number(part.name().toLowerCase(Locale.ROOT)));
        }
        List<List<Cell>> table = new ArrayList<>();
        for (int i = 0; i < result.config().strategies().size(); i++) {
            table.add(parts(result.config().strategies().get(i).name(), i));
        }
        table.add(parts("all", result.account().ledger().whole()));
        page.table(head, table);
        if (result.options()) {
            greeks(page);
        }
        List<Days.Day> days = result.days();
        if (days.size() > 1) {
            page.heading("Days");
            page.plot(curves(
                    "Profit of each day",
                    List.of(new Curves.Series(
                            "profit of the day",
                            "net",
                            days.stream()
                                    .map(day -> new Point(day.day() * 86_400_000.0, day.profit()))
                                    .toList())),
                    true,
                    1,
                    ""));
        }
        page.close();
    }

    private void greeks(Page page) {
        GreekWatch greeks = result.greeks();
        page.heading("By greek");
        page.words("The desk's own account: what was held is valued anew at each reading of the risk, options by their"
                + " smile, and the change laid to the greeks of the reading before; the residual is what these leave of"
                + " it. Other is the profit besides: trades, fees, funding, settlements, marks away from the smile. All"
                + " six are the desk's profit at its last reading, exactly.");
        List<Cell> head = new ArrayList<>();
        List<Cell> row = new ArrayList<>();
        BacktestJson.greeks(greeks).forEach((name, dollars) -> {
            head.add(Cell.number(name));
            row.add(Cell.number(String.format(Locale.ROOT, "%,.2f", dollars)));
        });
        page.table(head, List.of(row));
    }

    private List<Cell> parts(String name, int strategy) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
        for (Part part : Part.values()) {
            row.add(Cell.number(
                    String.format(Locale.ROOT, "%,.2f", result.account().usd(part, strategy))));
        }
        return row;
    }

    private void markets(Page page) {
        Contracts contracts = result.config().contracts();
        for (int i = 0; i < contracts.size(); i++) {
            String name = contracts.get(i).venue() + ":" + contracts.get(i).symbol();
            int first = Trader.FIRST + Trader.OF_CONTRACT * i;
            page.open("contract-" + i, name);
            double[] mid = column(first + Trader.MID);
            boolean known = false;
            for (double value : mid) {
                known |= value > 0;
            }
            if (known) {
                page.heading("Quotes and fills on the price");
                page.plot(new TradePlot(
                        name,
                        points(mid),
                        points(column(first + Trader.BID)),
                        points(column(first + Trader.ASK)),
                        marks(i)));
            }
            page.heading("Inventory");
            page.plot(curves(
                    "Position over time",
                    List.of(line("position", "net", column(first + Trader.POSITION))),
                    true,
                    1,
                    ""));
            page.close();
        }
        page.open("greeks", "Greeks");
        page.words(
                "Of the whole account, as the desk counts them: delta in dollars for a move of the price by its whole,"
                        + " gamma in dollars of delta for a move by one per cent, vega in dollars for a volatility point.");
        page.plot(curves("Delta over time", List.of(line("delta", "net", column(Trader.DELTA))), true, 1, ""));
        page.plot(curves(
                "Gamma and vega over time",
                List.of(line("gamma", "gross", column(Trader.GAMMA)), line("vega", "net", column(Trader.VEGA))),
                true,
                1,
                ""));
        page.close();
    }

    private List<TradePlot.Mark> marks(int contract) {
        List<TradePlot.Mark> marks = new ArrayList<>();
        Instrument instrument = result.config().contracts().get(contract).instrument();
        List<Fills.Fill> fills = result.recorder().fills.all().stream()
                .filter(fill -> fill.contract() == contract)
                .toList();
        int step = Math.max(1, fills.size() / MARKS);
        for (int i = 0; i < fills.size(); i += step) {
            Fills.Fill fill = fills.get(i);
            marks.add(new TradePlot.Mark(
                    fill.at() / NANOS_A_MILLI,
                    instrument.price(fill.ticks()),
                    fill.side() == Side.BUY,
                    fill.side() + " " + instrument.quantity(fill.lots()) + " at " + instrument.price(fill.ticks())));
        }
        return marks;
    }

    private void breaker(Page page) {
        page.open("breaker", "Breaker");
        page.words("0 normal, 1 warning, 2 restricted, 3 halted, 4 killed.");
        page.plot(curves("State over time", List.of(line("state", "net", column(Trader.BREAKER))), true, 1, ""));
        List<List<Cell>> table = new ArrayList<>();
        for (BreakerState state : BreakerState.values()) {
            table.add(List.of(
                    Cell.of(state.name()),
                    Cell.number(String.format(
                            Locale.ROOT, "%.2f %%", 100 * result.breakerShares().getOrDefault(state, 0.0)))));
        }
        page.table(List.of(Cell.of("state"), Cell.number("share of the time")), table);
        List<List<Cell>> changes = new ArrayList<>();
        for (Recorder.BreakerChange each : result.recorder().breaker) {
            if (changes.size() < 100) {
                changes.add(List.of(
                        Cell.of(BacktestJson.instant(each.at())),
                        Cell.of(each.before() + " to " + each.after()),
                        Cell.of(each.why())));
            }
        }
        page.table(List.of(Cell.of("at"), Cell.of("change"), Cell.of("why")), changes);
        page.close();
    }

    private void latency(Page page) {
        page.open("latency", "Latency");
        List<List<String>> facts = new ArrayList<>();
        for (int i = 0; i < result.config().venues().size(); i++) {
            facts.add(List.of(
                    "simulated, " + result.config().contracts().venues().get(i),
                    "to the venue " + result.config().venues().get(i).entry() + ", back "
                            + result.config().venues().get(i).response()));
        }
        for (int i = 0; i < result.config().feeds().size(); i++) {
            facts.add(List.of(
                    "simulated feed, " + result.config().contracts().get(i).symbol(),
                    result.config().feeds().get(i).delay().toString()));
        }
        Stopwatch watch = result.trader().watch;
        facts.add(List.of(
                "measured here: the desk's calls",
                String.format(
                        Locale.ROOT,
                        "%,d calls; half within %.1f us, 99 %% within %.1f us, 99.9 %% within %.1f us, longest %,.0f us",
                        watch.count(),
                        watch.quantile(0.5) / 1e3,
                        watch.quantile(0.99) / 1e3,
                        watch.quantile(0.999) / 1e3,
                        watch.longest() / 1e3)));
        facts.add(List.of(
                "measured here: the whole run",
                String.format(Locale.ROOT, "%.2f s for %,d events told", result.took() / 1e9, result.events())));
        page.facts(facts);
        page.soft("What is measured is of the machine that wrote this page, and takes no part in the results.");
        page.close();
    }

    private void counts(Page page, Map<String, String> digests) {
        page.open("run", "The run");
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("configuration", result.config().digest()));
        facts.add(List.of("seed", Long.toString(result.config().seed())));
        facts.add(List.of("desk hash", String.format(Locale.ROOT, "%016x", result.hash())));
        digests.forEach((file, digest) -> facts.add(List.of(file, digest)));
        facts.add(List.of("quotes decided", Long.toString(result.recorder().quotes)));
        facts.add(List.of("hedges decided", Long.toString(result.recorder().hedges)));
        facts.add(List.of("changes of regime", Long.toString(result.recorder().regimeChanges)));
        facts.add(List.of("quotes pulled", result.recorder().pulled.toString()));
        facts.add(List.of("orders not sent", result.recorder().refusals.toString()));
        facts.add(List.of("refused by venues", result.trader().rejections.toString()));
        facts.add(List.of("notices", result.recorder().notices.toString()));
        facts.add(List.of("source of the spread", result.recorder().spreads.toString()));
        page.facts(facts);
        page.close();
    }

    private Curves curves(String description, List<Curves.Series> lines, boolean zero, double factor, String unit) {
        return new Curves(description, lines, zero, factor, unit, true);
    }

    private Curves.Series line(String name, String kind, double[] values) {
        return new Curves.Series(name, kind, points(values));
    }

    private List<Point> points(double[] values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            points.add(new Point(series.at(rows[i]) / NANOS_A_MILLI, values[i]));
        }
        return points;
    }

    private double[] column(int column) {
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = series.value(rows[i], column);
        }
        return values;
    }

    private double[] falls() {
        double[] values = column(Trader.EQUITY);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            highest = Math.max(highest, values[i]);
            values[i] = (values[i] - highest) / highest;
        }
        return values;
    }
}
