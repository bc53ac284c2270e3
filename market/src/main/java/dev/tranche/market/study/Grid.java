package dev.tranche.market.study;

import dev.tranche.market.statistics.DeflatedSharpe;
import dev.tranche.market.statistics.MaximumTest;
import dev.tranche.market.statistics.RealityCheck;
import dev.tranche.market.statistics.Resampling;
import dev.tranche.market.statistics.Shape;
import dev.tranche.market.statistics.SparseSeries;
import dev.tranche.market.statistics.SuperiorAbility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The combinations of a grid at one horizon, judged together: the best one is only as good as the best of
/// so many would not be by luck.
final class Grid {
    private final Study study;
    private final Settings settings;
    private final int horizonIndex;
    private final int periods;
    private final long trials;
    private final List<Combination> combinations;

    /// A parameter set and a cell with enough events.
    private record Combination(Pass pass, Cell cell, Tally tally, Shape shape) {}

    private Grid(Study study, int horizonIndex, int periods, long trials, List<Combination> combinations) {
        this.study = study;
        this.settings = study.settings();
        this.horizonIndex = horizonIndex;
        this.periods = periods;
        this.trials = trials;
        this.combinations = combinations;
    }

    static Grid of(Study study, int horizonIndex, List<Pass> passes, List<Cell> cells, long trials) {
        int periods = study.periods();
        List<Combination> combinations = new ArrayList<>();
        for (Pass pass : passes) {
            for (Cell cell : cells) {
                int[] members = pass.members(cell, horizonIndex, 0, periods);
                if (members.length >= study.settings().minimum()) {
                    Tally tally = study.tally(pass, members, horizonIndex, 0);
                    combinations.add(new Combination(
                            pass, cell, tally, tally.series(0, periods).shape()));
                }
            }
        }
        return new Grid(study, horizonIndex, periods, trials, combinations);
    }

    GridFindings findings(List<Fold> folds, Timeline timeline) {
        int horizon = settings.horizons().get(horizonIndex);
        List<GridFindings.Step> steps =
                folds.stream().map(fold -> step(fold, timeline)).toList();
        if (combinations.isEmpty()) {
            return new GridFindings(horizon, trials, 0, Optional.empty(), 1, new SuperiorAbility(1, 1, 1), 1, steps);
        }
        Resampling resampling =
                Resampling.stationary(periods, Timeline.block(periods), settings.replicates(), settings.seed());
        List<SparseSeries> series = combinations.stream()
                .map(combination -> combination.tally().series(0, periods))
                .toList();
        return new GridFindings(
                horizon,
                trials,
                combinations.size(),
                best(),
                RealityCheck.p(series, resampling),
                SuperiorAbility.of(series, resampling),
                accuracyP(resampling),
                steps);
    }

    private Optional<GridFindings.Best> best() {
        Optional<Combination> best = best(combinations, Combination::shape);
        return best.map(combination -> {
            double expected = DeflatedSharpe.expectedMaximum(spread(), trials);
            return new GridFindings.Best(
                    combination.pass().parameters(),
                    measured(combination, 0, periods),
                    combination.shape().sharpe(),
                    expected,
                    DeflatedSharpe.probabilistic(combination.shape(), expected));
        });
    }

    private static Optional<Combination> best(List<Combination> among, Function<Combination, Shape> shape) {
        Optional<Combination> best = Optional.empty();
        double highest = Double.NEGATIVE_INFINITY;
        for (Combination combination : among) {
            double sharpe = shape.apply(combination).sharpe();
            if (sharpe > highest) {
                highest = sharpe;
                best = Optional.of(combination);
            }
        }
        return best;
    }

    private CellFinding measured(Combination combination, int from, int to) {
        return Measurement.of(study, combination.pass(), List.of(combination.cell()), settings.seed(), from, to)
                .get(horizonIndex);
    }

    /// Standard deviation of the Sharpe ratios of the combinations.
    private double spread() {
        double[] sharpes = combinations.stream()
                .mapToDouble(combination -> combination.shape().sharpe())
                .filter(Double::isFinite)
                .toArray();
        return sharpes.length < 2 ? 0 : SparseSeries.of(sharpes).shape().deviation();
    }

    private double accuracyP(Resampling resampling) {
        int many = combinations.size();
        double[] excess = new double[many];
        for (int k = 0; k < many; k++) {
            excess[k] = combinations.get(k).tally().excess();
        }
        double[][] deviations = new double[resampling.replicates()][many];
        resampling.forEach((replicate, drawn) -> {
            for (int k = 0; k < many; k++) {
                Tally tally = combinations.get(k).tally();
                tally.replicate(drawn);
                deviations[replicate][k] = tally.replicateAccuracy - tally.accuracy();
            }
        });
        return MaximumTest.p(excess, deviations);
    }

    /// The choice made on the past of a fold, and what became of it.
    private GridFindings.Step step(Fold fold, Timeline timeline) {
        int from = timeline.edge(fold.trainFromMillis());
        int to = timeline.edge(fold.trainToMillis());
        List<Combination> known = combinations.stream()
                .filter(combination -> combination.tally().events(from, to) >= settings.minimum())
                .toList();
        Optional<Combination> chosen =
                best(known, combination -> combination.tally().series(from, to).shape());
        return new GridFindings.Step(
                fold,
                chosen.map(combination -> combination.pass().parameters()),
                chosen.map(combination -> measured(
                        combination, timeline.edge(fold.testFromMillis()), timeline.edge(fold.testToMillis()))));
    }
}
