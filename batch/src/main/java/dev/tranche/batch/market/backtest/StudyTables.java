package dev.tranche.batch.market.backtest;

import dev.tranche.market.account.Part;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.statistics.DeflatedSharpe;
import dev.tranche.market.statistics.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The findings of a study as Markdown, which reads well on a terminal too.
final class StudyTables {
    private final List<DataSet> sets = new ArrayList<>();

    private StudyTables() {}

    static StudyTables empty() {
        return new StudyTables();
    }

    /// One comparison, each claim in order.
    record Row(Variant variant, List<Finding> findings) {}

    /// One recording.
    record DataSet(
            BacktestConfig config,
            boolean days,
            Map<BacktestConfig.Switches, BacktestResult> results,
            Map<BacktestConfig.Switches, Arm> arms,
            List<Row> rows,
            List<BreakerStudy.Restraint> restraints,
            List<BreakerStudy.Stress> stress,
            Optional<String> stressLeftOut,
            Finding.Draws draws) {}

    void add(DataSet set) {
        sets.add(set);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (DataSet set : sets) {
            BacktestResult any = set.results().values().iterator().next();
            int periods = set.arms().values().iterator().next().periods();
            lines.add("## " + set.config().name());
            lines.add("");
            lines.add(BacktestJson.instant(any.begins()) + " to " + BacktestJson.instant(any.ends()) + ", " + periods
                    + (set.days() ? " whole days" : " periods of 10 s; no whole day"));
            lines.add("");
            runs(lines, set);
            claims(lines, set);
            breaker(lines, set);
        }
        return lines;
    }

    private static void runs(List<String> lines, DataSet set) {
        lines.add("| desk | profit | spread | adverse | inventory | hedge | fees | deepest fall | Sharpe of a year |"
                + " deflated | fills | hedges | both sides |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        List<Shape> shapes = new ArrayList<>();
        set.arms().values().forEach(arm -> shapes.add(Shape.of(arm.profit(), arm.periods())));
        double spread = Days.deviation(shapes.stream()
                .mapToDouble(Shape::sharpe)
                .filter(Double::isFinite)
                .toArray());
        int at = 0;
        List<Arm> arms = List.copyOf(set.arms().values());
        for (Map.Entry<BacktestConfig.Switches, BacktestResult> entry :
                set.results().entrySet()) {
            BacktestResult run = entry.getValue();
            Arm arm = arms.get(at);
            Shape shape = shapes.get(at++);
            boolean ratio = set.days() && arm.periods() > 1;
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.2f %% | %s | %s | %,d | %,d | %.0f %% |",
                    entry.getKey(),
                    run.profit(),
                    run.usd(Part.SPREAD),
                    run.usd(Part.ADVERSE),
                    run.usd(Part.INVENTORY),
                    run.usd(Part.HEDGE),
                    0 - run.usd(Part.FEES),
                    100 * run.drawdown(),
                    ratio ? String.format(Locale.ROOT, "%.2f", Days.sharpe(arm.profit())) : "-",
                    ratio
                            ? String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    DeflatedSharpe.deflated(
                                            shape, spread, set.arms().size()))
                            : "-",
                    run.recorder().fills.all().size(),
                    run.recorder().hedges,
                    100 * run.twoSided()));
        }
        lines.add("");
    }

    private static void claims(List<String> lines, DataSet set) {
        lines.add("| claim | what differs | found | 95 % | widened for all comparisons | verdict |");
        lines.add("|---|---|---|---|---|---|");
        for (Claim claim : Claim.values()) {
            for (Row row : set.rows()) {
                for (Finding found : row.findings()) {
                    if (found.claim() == claim) {
                        lines.add(line(row.variant(), found));
                    }
                }
            }
        }
        lines.add("");
    }

    private static String line(Variant variant, Finding found) {
        Claim claim = found.claim();
        return "| " + claim.title() + " " + claim.text(claim.least()) + " | " + variant.name() + " | "
                + claim.text(found.estimate()) + " | " + range(claim, found.low(), found.high()) + " | "
                + range(claim, found.lowest(), found.highest()) + " | " + found.verdict()
                + (found.why().isEmpty() ? "" : ": " + found.why()) + " |";
    }

    private static String range(Claim claim, double low, double high) {
        return Double.isNaN(low) ? "-" : claim.text(low) + " to " + claim.text(high);
    }

    private static void breaker(List<String> lines, DataSet set) {
        BacktestResult all = set.results().get(BacktestConfig.Switches.ON);
        if (all == null) {
            return;
        }
        Map<BreakerState, Double> shares = all.breakerShares();
        long falseAlarms = set.restraints().stream()
                .filter(BreakerStudy.Restraint::falseAlarm)
                .count();
        lines.add("Breaker, all three in force: "
                + shares.entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %.2f %%", each.getKey(), 100 * each.getValue()))
                        .collect(Collectors.joining(", "))
                + " of the time; quoting restrained " + set.restraints().size() + " times, "
                + falseAlarms + " of them false alarms (the desk without it lost nothing meanwhile).");
        lines.add("");
        stress(lines, set);
    }

    private static void stress(List<String> lines, DataSet set) {
        set.stressLeftOut().ifPresent(why -> {
            lines.add("Stress: left out, " + why + ".");
            lines.add("");
        });
        if (set.stress().isEmpty()) {
            return;
        }
        lines.add(String.format(
                Locale.ROOT,
                "Stress: %d windows of five days that happened, the moves of the third multiplied; counted from the"
                        + " beginning of that day, in the mean of a window.",
                set.stress().getFirst().windows().size()));
        lines.add("");
        lines.add("| moves times | what differs | warned | restrained | halted | of the time | by |");
        lines.add("|---|---|---|---|---|---|---|");
        for (BreakerStudy.Stress stress : set.stress()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %.1f %% | %s |",
                    plain(stress.shock()),
                    stress.variant().name(),
                    stress.reached(BreakerState.WARNING),
                    stress.reached(BreakerState.RESTRICTED),
                    stress.reached(BreakerState.HALTED),
                    100 * Days.mean(stress.of(BreakerStudy.Window::restrained)),
                    stress.why().entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .collect(Collectors.joining(", "))));
        }
        lines.add("");
        lines.add("| moves times | what differs | measure | with breaker | without | saved | 95 % |"
                + " widened for all comparisons | the breaker | worst with | without |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
        for (BreakerStudy.Stress stress : set.stress()) {
            lines.add(saved(
                    stress,
                    "deepest fall",
                    stress.fall(set.draws()),
                    100,
                    "%.2f %%",
                    worst(stress.of(each -> -each.with().fall())),
                    worst(stress.of(each -> -each.without().fall()))));
            lines.add(saved(
                    stress,
                    "profit",
                    stress.profit(set.draws()),
                    1,
                    "%,.0f",
                    worst(stress.of(each -> each.with().profit())),
                    worst(stress.of(each -> each.without().profit()))));
        }
        lines.add("");
    }

    private static double worst(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static String saved(
            BreakerStudy.Stress stress,
            String measure,
            Saving saving,
            double factor,
            String number,
            double with,
            double without) {
        String signed = "%+" + number.substring(1);
        return "| " + plain(stress.shock()) + " | " + stress.variant().name() + " | " + measure + " | "
                + text(number, factor * saving.with()) + " | " + text(number, factor * saving.without()) + " | "
                + text(signed, factor * saving.saved()) + " | " + text(signed, factor * saving.low()) + " to "
                + text(signed, factor * saving.high()) + " | " + text(signed, factor * saving.lowest()) + " to "
                + text(signed, factor * saving.highest()) + " | " + saving.words() + " | "
                + text(number, factor * with) + " | " + text(number, factor * without) + " |";
    }

    private static String text(String number, double value) {
        return String.format(Locale.ROOT, number, value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
