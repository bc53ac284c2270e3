package dev.tranche.batch.market.backtest;

import dev.tranche.market.account.Part;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.statistics.DeflatedSharpe;
import dev.tranche.market.statistics.Shape;
import java.util.ArrayList;
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
            Optional<BreakerStudy.Stress> stress) {}

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
                    -run.usd(Part.FEES),
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
        set.stress().ifPresent(stress -> {
            lines.add(String.format(
                    Locale.ROOT,
                    "Stress: %d paths of days drawn with replacement, the moves of one day times %.1f. Quoting was"
                            + " restrained on %d; on %d of those equity fell less deep than without a breaker (95 %%"
                            + " %.0f to %.0f %%). Deepest fall, median: %.2f %% with, %.2f %% without; worst %.2f %%"
                            + " and %.2f %%.",
                    stress.paths(),
                    stress.shock(),
                    stress.acted(),
                    stress.shallower(),
                    100 * stress.interval().low(),
                    100 * stress.interval().high(),
                    100 * stress.with().get(stress.paths() / 2),
                    100 * stress.without().get(stress.paths() / 2),
                    100 * stress.with().getLast(),
                    100 * stress.without().getLast()));
            lines.add("");
        });
    }
}
