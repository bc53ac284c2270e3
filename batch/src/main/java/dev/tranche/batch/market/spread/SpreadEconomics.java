package dev.tranche.batch.market.spread;

import dev.tranche.batch.market.spread.Answers.Rule;
import dev.tranche.batch.report.Page;
import dev.tranche.batch.report.Page.Cell;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.spread.SpreadTrial;
import dev.tranche.market.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/// The part of the report that says what quoting each rule's spread would have earned, by the rule of
/// [SpreadTrial].
///
/// @param tick of an order's price, in the quote currency
/// @param fee of a fill, basis points
record SpreadEconomics(Learnt learnt, List<Answers> tested, double tick, double fee) {
    /// Constants for comparison, basis points.
    private static final double[] CONSTANTS = {0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 20};

    private static final double LEAST = 0.01;

    void write(Page page) {
        page.open("economics", "What quoting it would have earned");
        page.words(String.format(
                Locale.ROOT,
                "After each sample a bid and an ask rest half the spread from the mid until the next sample; a side is filled"
                        + " once at most, when a trade goes through its price; a fill is valued at the mid %d ms after the"
                        + " interval; the fee is %s bp. No latency, no size, no inventory: the back-test has those. Sums are"
                        + " in basis points of one fill, with 95 %% by block bootstrap.",
                learnt.horizonMillis(),
                SpreadReport.two(fee)));
        page.soft("The constant with as many fills is chosen with the fills of the test rows known, so that it compares"
                + " earnings at equal activity; nobody could have chosen it beforehand.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Answers each : tested) {
            SpreadTape tape = each.file().tape();
            boolean first = true;
            SpreadTrial model = trial(each, Answers.spread(Rule.MODEL, tape, learnt));
            for (Rule rule : Rule.values()) {
                rows.add(row(
                        first ? each.file().name() : "",
                        rule.toString(),
                        each,
                        trial(each, Answers.spread(rule, tape, learnt))));
                first = false;
            }
            double alike = alike(each, model.count());
            rows.add(row(
                    "",
                    "constant of as many fills, " + SpreadReport.two(alike) + " bp",
                    each,
                    trial(each, sample -> alike)));
            for (double constant : CONSTANTS) {
                rows.add(row(
                        "", "constant " + SpreadReport.two(constant) + " bp", each, trial(each, sample -> constant)));
            }
        }
        page.table(
                List.of(
                        Cell.of("recording"),
                        Cell.of("spread"),
                        Cell.number("fills"),
                        Cell.number("captured, bp"),
                        Cell.number("earned a fill, bp"),
                        Cell.number("sum, bp"),
                        Cell.number("95 %")),
                rows);
        page.close();
    }

    private SpreadTrial trial(Answers of, IntToDoubleFunction spread) {
        SpreadTape tape = of.file().tape();
        double[] spreads = new double[tape.size()];
        Arrays.setAll(
                spreads,
                sample -> tape.nanos(sample) > learnt.seenNanos()
                        ? Math.max(LEAST, spread.applyAsDouble(sample))
                        : Double.NaN);
        long ticks = Math.max(1, Math.round(tick / of.file().instrument().price(1)));
        return SpreadTrial.of(tape, spreads, learnt.horizon(), ticks, fee);
    }

    /// The constant spread whose fills come nearest to a count, by bisection: wider fills no more.
    private double alike(Answers of, long count) {
        double low = LEAST;
        double high = 200;
        for (int step = 0; step < 40; step++) {
            double middle = Math.sqrt(low * high);
            if (trial(of, sample -> middle).count() > count) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private List<Cell> row(String name, String rule, Answers of, SpreadTrial trial) {
        SpreadTape tape = of.file().tape();
        double[] all = trial.earned();
        int from = 0;
        while (from < all.length && tape.nanos(from) <= learnt.seenNanos()) {
            from++;
        }
        Interval band = of.aroundSum(Arrays.copyOfRange(all, from, all.length));
        return List.of(
                Cell.of(name),
                Cell.of(rule),
                Cell.number(String.format(Locale.ROOT, "%,d", trial.count())),
                Cell.number(SpreadReport.two(trial.capturedMean())),
                Cell.number(SpreadReport.two(trial.earnedMean())),
                Cell.number(String.format(Locale.ROOT, "%+.1f", trial.total())),
                Cell.number(String.format(Locale.ROOT, "%+.1f – %+.1f", band.low(), band.high())));
    }
}
