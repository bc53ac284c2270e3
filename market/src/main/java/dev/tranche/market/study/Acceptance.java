package dev.tranche.market.study;

import dev.tranche.market.statistics.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Seed 003's acceptance, point by point, with what was found. It is met when every point is.
///
/// @param trials combinations that were tried before this one was chosen; the p of an accuracy is
///     multiplied by it
public record Acceptance(long trials, List<Point> points) {
    private static final double ACCURACY = 0.55;
    private static final double SIGNIFICANCE = 0.05;
    private static final String ACCURACY_REQUIRED = ">= 55 %";
    private static final String P_REQUIRED = "p x trials < 0.05";
    private static final String SPEARMAN_REQUIRED = "rho > 0, p < 0.05";
    /// Two replicates at least would lie beyond 0.05 / trials.
    private static final long REPLICATES_A_TRIAL = 40;
    private static final long MOST_REPLICATES = 100_000;

    public Acceptance {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("an acceptance must have at least one point: " + points);
        }
        if (trials < 1) {
            throw new IllegalArgumentException("trials must be at least 1: " + trials);
        }
    }

    /// @param name such as `acc@10`
    /// @param required such as `>= 55 %`
    /// @param found the number, or `n too small (12 of 30)`
    public record Point(String name, String required, String found, boolean met) {}

    /// Judges a cell.
    ///
    /// @param found the cell at every horizon of the study
    static Acceptance of(Study study, Pass pass, List<CellFinding> found, long trials) {
        List<Point> points = new ArrayList<>();
        for (int h = 0; h < found.size(); h++) {
            switch (found.get(h)) {
                case CellFinding.TooSmall few -> {
                    points.add(new Point(accuracyName(few), ACCURACY_REQUIRED, few.toString(), false));
                    points.add(new Point(chanceName(few), P_REQUIRED, few.toString(), false));
                    points.add(new Point(spearmanName(few), SPEARMAN_REQUIRED, few.toString(), false));
                }
                case CellFinding.Measured measured -> {
                    points.add(accuracy(measured));
                    points.add(chance(study, pass, measured, h, trials));
                    points.add(spearman(measured));
                }
            }
        }
        return new Acceptance(trials, points);
    }

    private static Point accuracy(CellFinding.Measured measured) {
        String found = String.format(
                Locale.ROOT,
                "%.1f %% (%d of %d; %.1f..%.1f %%)",
                100 * measured.hitRate(),
                measured.hits(),
                measured.n(),
                100 * measured.accuracy().low(),
                100 * measured.accuracy().high());
        return new Point(accuracyName(measured), ACCURACY_REQUIRED, found, measured.hitRate() >= ACCURACY);
    }

    /// The block bootstrap once more, with replicates enough that so many trials can be paid for.
    private static Point chance(Study study, Pass pass, CellFinding.Measured measured, int horizonIndex, long trials) {
        Settings settings = study.settings();
        int replicates = (int) Math.clamp(REPLICATES_A_TRIAL * trials, settings.replicates(), MOST_REPLICATES);
        int[] members = pass.members(measured.cell(), horizonIndex, 0, study.periods());
        Tally tally = study.tally(pass, members, horizonIndex, 0);
        int[] notLess = {0};
        Resampling.stationary(study.periods(), Timeline.block(study.periods()), replicates, settings.seed())
                .forEach((replicate, drawn) -> {
                    tally.replicate(drawn);
                    if (!(tally.replicateAccuracy - tally.accuracy() < tally.excess())) {
                        notLess[0]++;
                    }
                });
        double p = (1.0 + notLess[0]) / (1.0 + replicates);
        double paid = Math.min(1, p * trials);
        String found = String.format(Locale.ROOT, "%.5f x %d trials = %.4f", p, trials, paid);
        return new Point(chanceName(measured), P_REQUIRED, found, paid < SIGNIFICANCE);
    }

    private static Point spearman(CellFinding.Measured measured) {
        double rho = measured.spearman().rho();
        double p = Math.max(measured.spearman().p(), measured.spearmanP());
        String found = String.format(
                Locale.ROOT,
                "rho %.3f, p %.4f (independent %.4f, block bootstrap %.4f)",
                rho,
                p,
                measured.spearman().p(),
                measured.spearmanP());
        return new Point(spearmanName(measured), SPEARMAN_REQUIRED, found, rho > 0 && p < SIGNIFICANCE);
    }

    private static String accuracyName(CellFinding found) {
        return "acc@" + found.horizon();
    }

    private static String chanceName(CellFinding found) {
        return "acc@" + found.horizon() + " p";
    }

    private static String spearmanName(CellFinding found) {
        return "spearman@" + found.horizon();
    }

    public boolean met() {
        return points.stream().allMatch(Point::met);
    }
}
