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
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// The report of a back-test.
final class BacktestPage {
    /// Points a line is thinned to: more cannot be seen.
    private static final int POINTS = 1500;

    private static final int MARKS = 800;

    /// Fills of a closer look, where all of them cover each other.
    private static final int CLOSE_UP = 80;

    /// Stretches of time whose lowest and highest are drawn.
    private static final int STRETCHES = 240;

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
                        line("adverse", "second", column(Trader.ADVERSE)),
                        line("inventory", "price", column(Trader.INVENTORY))),
                true,
                1,
                ""));
        page.plot(curves(
                "Hedges, fees and funding over time",
                List.of(
                        line("hedge", "net", column(Trader.HEDGE)),
                        line("fees", "second", column(Trader.FEES)),
                        line("funding", "price", column(Trader.FUNDING))),
                true,
                1,
                ""));
        parts(page, List.copyOf(EnumSet.range(Part.TOTAL, Part.UNREALISED)));
        parts(page, List.copyOf(EnumSet.range(Part.SPREAD, Part.FUNDING)));
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
            row.add(Cell.number(BacktestText.money(dollars)));
        });
        page.table(head, List.of(row));
        page.words("What changed after that reading, " + BacktestText.money(result.profit() - greeks.total())
                + " dollars, is laid to none of them.");
    }

    private void parts(Page page, List<Part> parts) {
        List<Cell> head = new ArrayList<>(List.of(Cell.of("strategy")));
        parts.forEach(part -> head.add(Cell.number(part.name().toLowerCase(Locale.ROOT))));
        List<List<Cell>> table = new ArrayList<>();
        for (int i = 0; i < result.config().strategies().size(); i++) {
            table.add(parts(result.config().strategies().get(i).name(), i, parts));
        }
        table.add(parts("all", result.account().ledger().whole(), parts));
        page.table(head, table);
    }

    private List<Cell> parts(String name, int strategy, List<Part> parts) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
        for (Part part : parts) {
            row.add(Cell.number(BacktestText.money(result.account().usd(part, strategy))));
        }
        return row;
    }

    private void markets(Page page) {
        Contracts contracts = result.config().contracts();
        List<String> idle = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            String name = contracts.get(i).venue() + ":" + contracts.get(i).symbol();
            if (result.recorder().fills.lots(i) == 0) {
                idle.add(name);
            } else {
                market(page, i, name);
            }
        }
        if (!idle.isEmpty()) {
            page.open("idle", "Not traded");
            page.words(String.join(", ", idle));
            page.close();
        }
        page.open("greeks", "Greeks");
        if (result.options()) {
            page.words("Of the whole account, as the desk counts them: delta in dollars for a move of the price by its"
                    + " whole, gamma in dollars of delta for a move by one per cent, vega in dollars for a volatility"
                    + " point.");
            page.plot(curves("Delta over time", held("delta", Trader.DELTA), true, 1, ""));
            page.plot(curves(
                    "Gamma and vega over time",
                    List.of(line("gamma", "second", column(Trader.GAMMA)), line("vega", "net", column(Trader.VEGA))),
                    true,
                    1,
                    ""));
        } else {
            page.words("Of the whole account, as the desk counts it: delta in dollars for a move of the price by its"
                    + " whole. There are no options, so no gamma and no vega.");
            page.plot(curves("Delta over time", held("delta", Trader.DELTA), true, 1, ""));
        }
        page.close();
    }

    private void market(Page page, int contract, String name) {
        int first = Trader.FIRST + Trader.OF_CONTRACT * contract;
        List<TradePlot.Mark> all = marks(contract);
        page.open("contract-" + contract, name);
        page.heading("Quotes and fills on the price");
        page.plot(trades(name, first, rows, thinned(all)));
        if (all.size() > TradePlot.READABLE) {
            page.heading("A closer look: " + CLOSE_UP + " fills in the middle of all");
            int from = (all.size() - CLOSE_UP) / 2;
            List<TradePlot.Mark> some = all.subList(from, from + CLOSE_UP);
            double begins = some.getFirst().millis();
            double ends = some.getLast().millis();
            int[] close = IntStream.range(0, series.size())
                    .filter(row -> millis(row) >= begins && millis(row) <= ends)
                    .toArray();
            if (close.length > 1) {
                page.plot(trades(name + ", closer", first, close, some));
            }
        }
        page.heading("Inventory");
        page.plot(curves("Position over time", held("position", first + Trader.POSITION), true, 1, ""));
        page.close();
    }

    private TradePlot trades(String name, int first, int[] at, List<TradePlot.Mark> marks) {
        double begins = millis(at[0]);
        double ends = millis(at[at.length - 1]);
        return new TradePlot(
                name,
                points(at, column(first + Trader.MID, at)),
                points(at, column(first + Trader.BID, at)),
                points(at, column(first + Trader.ASK, at)),
                marks.stream()
                        .filter(mark -> mark.millis() >= begins && mark.millis() <= ends)
                        .toList());
    }

    private static List<TradePlot.Mark> thinned(List<TradePlot.Mark> marks) {
        int step = Math.max(1, marks.size() / MARKS);
        return IntStream.range(0, marks.size() / step)
                .mapToObj(i -> marks.get(i * step))
                .toList();
    }

    /// What goes up and down: itself while its readings can be told apart, else mean, lowest and highest of as many
    /// stretches as can.
    private List<Curves.Series> held(String name, int column) {
        if (series.size() <= STRETCHES * 4) {
            return List.of(line(name, "net", column(column)));
        }
        List<Point> mean = new ArrayList<>();
        List<Point> lowest = new ArrayList<>();
        List<Point> highest = new ArrayList<>();
        for (int i = 0; i < STRETCHES; i++) {
            int from = (int) ((long) i * series.size() / STRETCHES);
            int to = (int) ((i + 1L) * series.size() / STRETCHES);
            DoubleSummaryStatistics values = IntStream.range(from, to)
                    .mapToDouble(row -> series.value(row, column))
                    .summaryStatistics();
            double at = millis((from + to) / 2);
            mean.add(new Point(at, values.getAverage()));
            lowest.add(new Point(at, values.getMin()));
            highest.add(new Point(at, values.getMax()));
        }
        return List.of(
                new Curves.Series("lowest", "gross", lowest),
                new Curves.Series("highest", "gross", highest),
                new Curves.Series("mean " + name, "net", mean));
    }

    private List<TradePlot.Mark> marks(int contract) {
        List<TradePlot.Mark> marks = new ArrayList<>();
        Instrument instrument = result.config().contracts().get(contract).instrument();
        List<Fills.Fill> fills = result.recorder().fills.all().stream()
                .filter(fill -> fill.contract() == contract)
                .toList();
        for (Fills.Fill fill : fills) {
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
        if (result.recorder().breaker.isEmpty()) {
            page.words("NORMAL all the time: no limit was reached.");
            page.close();
            return;
        }
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
        if (result.recorder().breaker.size() > changes.size()) {
            page.soft("The first " + changes.size() + " of "
                    + result.recorder().breaker.size() + " changes.");
        }
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
        return points(rows, values);
    }

    private List<Point> points(int[] at, double[] values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            points.add(new Point(millis(at[i]), values[i]));
        }
        return points;
    }

    private double millis(int row) {
        return series.at(row) / NANOS_A_MILLI;
    }

    private double[] column(int column) {
        return column(column, rows);
    }

    private double[] column(int column, int[] at) {
        return Arrays.stream(at).mapToDouble(row -> series.value(row, column)).toArray();
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
