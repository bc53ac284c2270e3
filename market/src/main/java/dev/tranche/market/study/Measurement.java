package dev.tranche.market.study;

import dev.tranche.market.statistics.DeflatedSharpe;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.statistics.Resampling;
import dev.tranche.market.statistics.Shape;
import dev.tranche.market.statistics.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cells of one pass measured together over some periods: all share the draws of one bootstrap.
final class Measurement {
    private final Settings settings;
    private final Resampling resampling;
    private final int firstPeriod;
    private final List<Entry> entries = new ArrayList<>();

    /// A cell with its bootstrap; `tally` makes sense only where there are enough events.
    private record Entry(Cell cell, int horizon, int n, List<Tally> tally) {}

    private Measurement(Settings settings, Resampling resampling, int firstPeriod) {
        this.settings = settings;
        this.resampling = resampling;
        this.firstPeriod = firstPeriod;
    }

    /// What each cell shows at each horizon, in the periods `from..to`, exclusive of `to`.
    static List<CellFinding> of(Pass pass, List<Cell> cells, Settings settings, long seed, int from, int to) {
        int periods = to - from;
        Resampling resampling = Resampling.stationary(periods, Timeline.block(periods), settings.replicates(), seed);
        Measurement measurement = new Measurement(settings, resampling, from);
        for (int h = 0; h < settings.horizons().size(); h++) {
            for (Cell cell : cells) {
                measurement.add(pass, cell, h, pass.members(cell, h, from, to));
            }
        }
        return measurement.findings();
    }

    private void add(Pass pass, Cell cell, int horizonIndex, int[] members) {
        List<Tally> tally = members.length < settings.minimum()
                ? List.of()
                : List.of(Tally.of(pass, members, horizonIndex, settings.costs().roundTrip(), firstPeriod));
        entries.add(new Entry(cell, settings.horizons().get(horizonIndex), members.length, tally));
    }

    private List<CellFinding> findings() {
        List<Tally> tallies =
                entries.stream().flatMap(entry -> entry.tally().stream()).toList();
        int[] accurate = new int[tallies.size()];
        int[] correlated = new int[tallies.size()];
        double[][] nets = new double[tallies.size()][resampling.replicates()];
        if (!tallies.isEmpty()) {
            resampling.forEach((replicate, drawn) -> {
                for (int k = 0; k < tallies.size(); k++) {
                    Tally tally = tallies.get(k);
                    tally.replicate(drawn);
                    tally.replicateRanks(drawn);
                    // A replicate without an event, or without ranks to compare, speaks against the finding.
                    double excess = tally.accuracy() - 0.5;
                    accurate[k] += tally.replicateAccuracy - tally.accuracy() < excess ? 0 : 1;
                    double rho = tally.spearman.rho();
                    correlated[k] += tally.replicateRho - rho < rho ? 0 : 1;
                    nets[k][replicate] = Double.isNaN(tally.replicateNet) ? tally.net : tally.replicateNet;
                }
            });
        }
        List<CellFinding> findings = new ArrayList<>();
        int k = 0;
        for (Entry entry : entries) {
            if (entry.tally().isEmpty()) {
                findings.add(new CellFinding.TooSmall(entry.cell(), entry.horizon(), entry.n(), settings.minimum()));
            } else {
                findings.add(measured(entry, share(accurate[k]), share(correlated[k]), nets[k]));
                k++;
            }
        }
        return List.copyOf(findings);
    }

    private CellFinding measured(Entry entry, double accuracyP, double rankP, double[] nets) {
        Tally tally = entry.tally().getFirst();
        Shape shape = tally.series(resampling.periods()).shape();
        return new CellFinding.Measured(
                entry.cell(),
                entry.horizon(),
                tally.n,
                tally.hits,
                Wilson.interval(tally.hits, tally.n, settings.confidence()),
                accuracyP,
                tally.gross,
                tally.net,
                middle(nets, settings.confidence()),
                tally.spearman,
                rankP,
                shape.sharpe(),
                resampling.periods() < 2 ? Double.NaN : DeflatedSharpe.probabilistic(shape, 0));
    }

    private double share(int times) {
        return (1.0 + times) / (1.0 + resampling.replicates());
    }

    /// The middle part of the values: the percentile interval of Efron.
    static Interval middle(double[] values, double confidence) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double tail = (1 - confidence) / 2;
        int low = (int) Math.floor(tail * (sorted.length - 1));
        int high = (int) Math.ceil((1 - tail) * (sorted.length - 1));
        return new Interval(sorted[low], sorted[high]);
    }
}
