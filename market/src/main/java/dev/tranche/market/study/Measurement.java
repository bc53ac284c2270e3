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
    private final Study study;
    private final Settings settings;
    private final Resampling resampling;
    private final int firstPeriod;
    private final List<Entry> entries = new ArrayList<>();

    /// A cell at a horizon.
    private sealed interface Entry {
        record Few(CellFinding.TooSmall finding) implements Entry {}

        record Enough(Cell cell, int horizon, Tally tally, RankTally ranks, Sample sample) implements Entry {}
    }

    /// What the replicates showed.
    private static final class Sample {
        private int notLess;
        private int ranksNotLess;
        private final double[] nets;

        private Sample(int replicates) {
            nets = new double[replicates];
        }
    }

    private Measurement(Study study, Resampling resampling, int firstPeriod) {
        this.study = study;
        this.settings = study.settings();
        this.resampling = resampling;
        this.firstPeriod = firstPeriod;
    }

    /// What each cell shows at each horizon, in the periods `from..to`, exclusive of `to`.
    static List<CellFinding> of(Study study, Pass pass, List<Cell> cells, long seed, int from, int to) {
        Settings settings = study.settings();
        int periods = to - from;
        Resampling resampling = Resampling.stationary(periods, Timeline.block(periods), settings.replicates(), seed);
        Measurement measurement = new Measurement(study, resampling, from);
        for (int h = 0; h < settings.horizons().size(); h++) {
            for (Cell cell : cells) {
                measurement.add(pass, cell, h, pass.members(cell, h, from, to));
            }
        }
        return measurement.findings();
    }

    private void add(Pass pass, Cell cell, int horizonIndex, int[] members) {
        int horizon = settings.horizons().get(horizonIndex);
        if (members.length < settings.minimum()) {
            entries.add(new Entry.Few(new CellFinding.TooSmall(cell, horizon, members.length, settings.minimum())));
            return;
        }
        entries.add(new Entry.Enough(
                cell,
                horizon,
                study.tally(pass, members, horizonIndex, firstPeriod),
                RankTally.of(pass, members, horizonIndex, firstPeriod),
                new Sample(resampling.replicates())));
    }

    private List<CellFinding> findings() {
        List<Entry.Enough> enough = entries.stream()
                .filter(Entry.Enough.class::isInstance)
                .map(Entry.Enough.class::cast)
                .toList();
        if (!enough.isEmpty()) {
            resampling.forEach((replicate, drawn) -> enough.forEach(entry -> take(entry, replicate, drawn)));
        }
        return entries.stream()
                .map(entry -> switch (entry) {
                    case Entry.Few few -> few.finding();
                    case Entry.Enough full -> measured(full);
                })
                .toList();
    }

    /// A replicate without an event, or without ranks to compare, speaks against the finding.
    private static void take(Entry.Enough entry, int replicate, int[] drawn) {
        Tally tally = entry.tally();
        Sample sample = entry.sample();
        tally.replicate(drawn);
        if (!(tally.replicateAccuracy - tally.accuracy() < tally.excess())) {
            sample.notLess++;
        }
        sample.nets[replicate] = Double.isNaN(tally.replicateNet) ? tally.net : tally.replicateNet;
        RankTally ranks = entry.ranks();
        ranks.replicate(drawn);
        if (!(ranks.replicateRho - ranks.spearman.rho() < ranks.spearman.rho())) {
            sample.ranksNotLess++;
        }
    }

    private CellFinding measured(Entry.Enough entry) {
        Tally tally = entry.tally();
        Shape shape = tally.series(0, resampling.periods()).shape();
        return new CellFinding.Measured(
                entry.cell(),
                entry.horizon(),
                tally.n,
                tally.hits,
                Wilson.interval(tally.hits, tally.n, settings.confidence()),
                tally.chance,
                share(entry.sample().notLess),
                tally.gross,
                tally.net,
                middle(entry.sample().nets, settings.confidence()),
                entry.ranks().spearman,
                share(entry.sample().ranksNotLess),
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
