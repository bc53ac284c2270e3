package dev.tranche.batch.market.spread;

import dev.tranche.batch.market.spread.Answers.Rule;
import dev.tranche.batch.market.spread.DecilePlot.Tenth;
import dev.tranche.batch.report.Page;
import dev.tranche.batch.report.Page.Cell;
import dev.tranche.batch.report.Page.Tone;
import dev.tranche.batch.report.Texts;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.statistics.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The page of `tranche market spread-report`.
///
/// @param tick of an order's price, in the quote currency
/// @param fee of a fill, basis points
record SpreadReport(Learnt learnt, List<Answers> answers, double tick, double fee) {
    private static final int TENTHS = 10;
    private static final int EXPLAINED = 300;
    private static final int SHOWN = 12;
    private static final long NANOS_A_MILLI = 1_000_000;

    private List<Answers> tested() {
        return answers.stream().filter(each -> each.size() > 0).toList();
    }

    /// What it comes to, for the terminal.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Answers each : tested()) {
            double[] gain = difference(each);
            Interval band = each.around(gain);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: n %,d, loss %.4f, constant %.4f, difference %+.4f (95 %% %+.4f to %+.4f), covered %s",
                    each.file().name(),
                    each.size(),
                    Answers.mean(each.losses(Rule.MODEL)),
                    Answers.mean(each.losses(Rule.CONSTANT)),
                    Answers.mean(gain),
                    band.low(),
                    band.high(),
                    Texts.percent(Answers.mean(each.covered(Rule.MODEL)))));
        }
        return lines;
    }

    String html() {
        Page page = Page.of("Spread model " + learnt.artifact().identity().name(), subtitle());
        verdict(page);
        facts(page);
        losses(page);
        calibration(page);
        new SpreadEconomics(learnt, tested(), tick, fee).write(page);
        importance(page);
        drift(page);
        return page.html();
    }

    private String subtitle() {
        double seconds = tested().stream()
                .mapToDouble(each -> (double) each.size() * learnt.sampleMillis() / 1e3)
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%d recordings, at most %.0f seconds each after the last row learnt from",
                answers.size(),
                seconds);
    }

    private static double[] difference(Answers of) {
        double[] model = of.losses(Rule.MODEL);
        double[] constant = of.losses(Rule.CONSTANT);
        double[] difference = new double[model.length];
        Arrays.setAll(difference, row -> model[row] - constant[row]);
        return difference;
    }

    private void verdict(Page page) {
        long better = tested().stream()
                .filter(each -> each.around(difference(each)).high() < 0)
                .count();
        long worse = tested().stream()
                .filter(each -> each.around(difference(each)).low() > 0)
                .count();
        int all = tested().size();
        String headline = better == all
                ? "Better than a constant on every recording"
                : better > 0
                        ? "Better than a constant on " + better + " of " + all + ", worse on " + worse
                        : "Not shown to be better than a constant";
        page.verdict(
                better == all ? Tone.GOOD : worse > 0 || better == 0 ? Tone.BAD : Tone.WAIT,
                headline,
                List.of(
                        "Of " + all + " recordings the model's loss is lower than the constant's on " + better
                                + " and higher on " + worse
                                + ", where the 95 % interval of the difference leaves out 0 (stationary block bootstrap).",
                        "Recordings of the same minutes are not independent of each other: markets move together. Minutes"
                                + " are little; what is shown here is how to look, not what will be."));
    }

    private void facts(Page page) {
        page.open("facts", "What was learnt");
        page.facts(List.of(
                List.of("Model", learnt.artifact().identity().name()),
                List.of("Answers", learnt.artifact().identity().label().definition()),
                List.of(
                        "Target",
                        learnt.target()
                                + (Double.isNaN(learnt.quantile())
                                        ? ", its mean"
                                        : ", its quantile " + Texts.plain(learnt.quantile()))),
                List.of(
                        "Clock",
                        "samples of " + learnt.sampleMillis() + " ms, " + learnt.horizonMillis() + " ms ahead"),
                List.of("Learnt from", instant(learnt.fromNanos()) + " to " + instant(learnt.toNanos())),
                List.of(
                        "Rules beside it",
                        String.format(
                                Locale.ROOT,
                                "a constant %.3f bp and %.2f times the realised volatility, both the best of the rows learnt"
                                        + " from; the seed's 20 bp at a volatility of .5",
                                learnt.constant(),
                                learnt.factor()))));
        page.close();
    }

    private static String instant(long nanos) {
        return Instant.ofEpochMilli(nanos / NANOS_A_MILLI).toString();
    }

    private void losses(Page page) {
        page.open("losses", "Loss on rows not learnt from");
        page.words(
                Double.isNaN(learnt.quantile())
                        ? "The loss is the squared error, in square basis points."
                        : "The loss is the pinball loss of the quantile, in basis points. Covered: the share of targets at most"
                                + " the answer; the quantile is what it should be.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Answers each : tested()) {
            for (Rule rule : Rule.values()) {
                double[] covered = each.covered(rule);
                Interval band = each.around(covered);
                rows.add(List.of(
                        Cell.of(rule == Rule.MODEL ? each.file().name() : ""),
                        Cell.of(rule.toString()),
                        Cell.number(rule == Rule.MODEL ? String.format(Locale.ROOT, "%,d", each.size()) : ""),
                        Cell.number(four(Answers.mean(each.losses(rule)))),
                        Cell.number(Texts.percent(Answers.mean(covered))),
                        Cell.number(Texts.range(band.low(), band.high())),
                        Cell.number(two(Answers.mean(each.of(rule))))));
            }
            Interval gain = each.around(difference(each));
            rows.add(List.of(
                    Cell.of(""),
                    Cell.of("model less constant"),
                    Cell.of(""),
                    Cell.number(String.format(Locale.ROOT, "%+.4f", Answers.mean(difference(each)))),
                    Cell.number("95 %"),
                    Cell.number(String.format(Locale.ROOT, "%+.4f – %+.4f", gain.low(), gain.high())),
                    Cell.of("")));
        }
        page.table(
                List.of(
                        Cell.of("recording"),
                        Cell.of("rule"),
                        Cell.number("n"),
                        Cell.number("loss"),
                        Cell.number("covered"),
                        Cell.number("95 %"),
                        Cell.number("mean answer, bp")),
                rows);
        page.close();
    }

    private void calibration(Page page) {
        if (Double.isNaN(learnt.quantile())) {
            return;
        }
        page.open("calibration", "Calibration");
        page.words(
                "Rows in tenths by what the model answered: in each, the share of targets that the answer covers, with"
                        + " 95 % by block bootstrap. The dashed line is what was taught. Below each tenth its greatest answer, in"
                        + " basis points.");
        for (Answers each : tested()) {
            page.heading(each.file().name());
            page.plot(new DecilePlot(tenths(each), learnt.quantile()));
        }
        page.close();
    }

    /// The bootstrap takes the rows of a tenth in order of time.
    private static List<Tenth> tenths(Answers of) {
        double[] said = of.of(Rule.MODEL);
        double[] covered = of.covered(Rule.MODEL);
        int[] order = IntStream.range(0, said.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> said[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Tenth> tenths = new ArrayList<>();
        int from = 0;
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            int to = said.length * tenth / TENTHS;
            while (to > 0 && to < said.length && said[order[to]] == said[order[to - 1]]) {
                to++;
            }
            if (to > from) {
                int[] rows = Arrays.copyOfRange(order, from, to);
                Arrays.sort(rows);
                double[] held =
                        Arrays.stream(rows).mapToDouble(row -> covered[row]).toArray();
                tenths.add(new Tenth(
                        said[order[from]], said[order[to - 1]], rows.length, Answers.mean(held), of.around(held)));
                from = to;
            }
        }
        return tenths;
    }

    private void importance(Page page) {
        page.open("importance", "What the answers hang on");
        List<String> inputs = learnt.artifact().model().inputNames();
        double[] sums = new double[inputs.size()];
        int explained = 0;
        String method = "";
        for (Answers each : tested()) {
            int step = Math.max(1, each.size() * tested().size() / EXPLAINED);
            for (int row = 0; row < each.size(); row += step) {
                Contributions why =
                        learnt.artifact().explain(vector(each.file().tape(), each.rows()[row]), Deadline.NONE);
                method = why.method().word();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += Math.abs(why.parts().get(i).value());
                }
                explained++;
            }
        }
        page.words("Mean size of each input's part of an answer, in basis points, over " + explained + " rows; method "
                + method + ". A part is not a cause.");
        int rows = explained;
        List<List<Cell>> table = IntStream.range(0, sums.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -sums[i]))
                .limit(SHOWN)
                .map(i -> List.of(Cell.of(inputs.get(i)), Cell.number(four(sums[i] / rows))))
                .toList();
        page.table(List.of(Cell.of("input"), Cell.number("bp")), table);
        page.close();
    }

    private double[] vector(SpreadTape tape, int sample) {
        return Arrays.stream(SpreadSchema.places(learnt.artifact()))
                .mapToDouble(place -> tape.feature(sample, place))
                .toArray();
    }

    private void drift(Page page) {
        page.open("drift", "Drift");
        page.words(
                "How far the mean of a feature lies, after the last row learnt from, from its mean in the rows learnt from"
                        + " of the same recording, in standard deviations of those; the furthest "
                        + SHOWN / 2 + " of each. A recording without rows learnt from is another time altogether.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Answers each : tested()) {
            List<Drifted> drifted = Arrays.stream(SpreadFeature.values())
                    .map(feature -> drifted(each.file().tape(), feature))
                    .filter(one -> Double.isFinite(one.deviations()))
                    .sorted(Comparator.comparingDouble(one -> -Math.abs(one.deviations())))
                    .limit(SHOWN / 2)
                    .toList();
            for (Drifted one : drifted) {
                rows.add(List.of(
                        Cell.of(one.equals(drifted.getFirst()) ? each.file().name() : ""),
                        Cell.of(one.feature().toString()),
                        Cell.number(four(one.before())),
                        Cell.number(four(one.after())),
                        Cell.number(String.format(Locale.ROOT, "%+.2f", one.deviations()))));
            }
        }
        page.table(
                List.of(
                        Cell.of("recording"),
                        Cell.of("feature"),
                        Cell.number("learnt from"),
                        Cell.number("after"),
                        Cell.number("deviations")),
                rows);
        page.close();
    }

    private record Drifted(SpreadFeature feature, double before, double after, double deviations) {}

    private Drifted drifted(SpreadTape tape, SpreadFeature feature) {
        double[] before = values(tape, feature, true);
        double[] after = values(tape, feature, false);
        double mean = Answers.mean(before);
        double square = Arrays.stream(before)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = Math.sqrt(square / (before.length - 1));
        return new Drifted(feature, mean, Answers.mean(after), (Answers.mean(after) - mean) / deviation);
    }

    private double[] values(SpreadTape tape, SpreadFeature feature, boolean learntFrom) {
        return IntStream.range(0, tape.size())
                .filter(sample -> tape.nanos(sample) <= learnt.seenNanos() == learntFrom)
                .mapToDouble(sample -> tape.feature(sample, feature.place()))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static String two(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
