package dev.tranche.market.study;

import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.statistics.Isotonic;
import dev.tranche.market.statistics.Ranks;
import dev.tranche.market.statistics.Resampling;
import dev.tranche.market.statistics.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a score is worth, learnt from the events of one cell: win rate and expected return by horizon, and
/// whether that meets seed 003's acceptance.
///
/// The win rate is an isotonic regression of hits on scores ([Isotonic]); its levels are joined with a
/// neighbour until each stands on the minimum of events that the settings ask for. The expected return of a
/// bin is the mean net return of its events, made to ascend over the bins by the same regression.
///
/// @param cell whose events these are
/// @param trials combinations that were tried before these parameters and this cell were chosen
/// @param horizons in the order of the settings
public record Calibration(
        Parameters parameters, Cell cell, long trials, List<HorizonCalibration> horizons, Acceptance acceptance) {
    private static final int GROUPS = 5;

    public Calibration {
        horizons = List.copyOf(horizons);
    }

    /// @param pass of the parameters chosen
    /// @param cell such as the total of a source
    /// @param trials every combination tried, at least 1
    public static Calibration of(Study study, Pass pass, Cell cell, long trials) {
        Settings settings = study.settings();
        List<CellFinding> found = Measurement.of(study, pass, List.of(cell), settings.seed(), 0, study.periods());
        List<HorizonCalibration> horizons = new ArrayList<>();
        for (int h = 0; h < found.size(); h++) {
            horizons.add(
                    switch (found.get(h)) {
                        case CellFinding.TooSmall few ->
                            new HorizonCalibration.TooSmall(few.horizon(), few.n(), few.needed());
                        case CellFinding.Measured measured -> fitted(study, pass, measured, h);
                    });
        }
        return new Calibration(pass.parameters(), cell, trials, horizons, Acceptance.of(study, pass, found, trials));
    }

    private static HorizonCalibration fitted(Study study, Pass pass, CellFinding.Measured measured, int horizonIndex) {
        int[] members = pass.members(measured.cell(), horizonIndex, 0, study.periods());
        double[] scores = new double[members.length];
        double[] hits = new double[members.length];
        for (int i = 0; i < members.length; i++) {
            scores[i] = pass.score(members[i]);
            hits[i] = pass.gross(horizonIndex, members[i]) > 0 ? 1 : 0;
        }
        int[] order = Ranks.order(scores);
        List<Double> groups = groups(order, hits);
        boolean ascending = groups.getLast() > groups.getFirst();
        for (int g = 1; g < groups.size(); g++) {
            ascending &= groups.get(g) >= groups.get(g - 1);
        }
        List<Integer> ends =
                ends(scores, order, Isotonic.fit(scores, hits), study.settings().minimum());
        return new HorizonCalibration.Fitted(
                measured.horizon(),
                members.length,
                bins(study, pass, horizonIndex, members, scores, order, ends),
                groups,
                ascending,
                measured.spearman(),
                measured.spearmanP());
    }

    private static List<Double> groups(int[] order, double[] hits) {
        List<Double> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            int from = order.length * group / GROUPS;
            int to = order.length * (group + 1) / GROUPS;
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += hits[order[i]];
            }
            groups.add(sum / (to - from));
        }
        return groups;
    }

    /// Where each level ends in the order of scores, after joining those with too few events: forwards, and
    /// what is left over at the end with the level before.
    private static List<Integer> ends(double[] scores, int[] order, Isotonic fit, int minimum) {
        List<Integer> ends = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            boolean complete = i == order.length || fit.at(scores[order[i]]) > fit.at(scores[order[i - 1]]);
            if (complete && i - from >= minimum) {
                ends.add(i);
                from = i;
            }
        }
        if (from < order.length) {
            ends.removeLast();
            ends.add(order.length);
        }
        return ends;
    }

    private static List<ScoreBin> bins(
            Study study, Pass pass, int horizonIndex, int[] members, double[] scores, int[] order, List<Integer> ends) {
        Settings settings = study.settings();
        List<Tally> tallies = new ArrayList<>();
        double[] places = new double[ends.size()];
        double[] nets = new double[ends.size()];
        double[] weights = new double[ends.size()];
        int from = 0;
        for (int bin = 0; bin < ends.size(); bin++) {
            int to = ends.get(bin);
            // Places in `members` are in the order of time, and so must those of the bin be.
            int[] inTime =
                    Arrays.stream(order, from, to).sorted().map(i -> members[i]).toArray();
            Tally tally = study.tally(pass, inTime, horizonIndex, 0);
            tallies.add(tally);
            places[bin] = bin;
            nets[bin] = tally.net;
            weights[bin] = tally.n;
            from = to;
        }
        double[] ascending = Isotonic.fit(places, nets, weights).levels();
        List<Interval> bands = bands(study, tallies);
        List<ScoreBin> bins = new ArrayList<>();
        from = 0;
        for (int bin = 0; bin < ends.size(); bin++) {
            int to = ends.get(bin);
            Tally tally = tallies.get(bin);
            bins.add(new ScoreBin(
                    scores[order[from]],
                    scores[order[to - 1]],
                    tally.n,
                    tally.accuracy(),
                    Wilson.interval(tally.hits, tally.n, settings.confidence()),
                    ascending[bin],
                    bands.get(bin)));
            from = to;
        }
        return bins;
    }

    /// Of the mean net return of each bin as it is.
    private static List<Interval> bands(Study study, List<Tally> tallies) {
        Settings settings = study.settings();
        Resampling resampling = Resampling.stationary(
                study.periods(), Timeline.block(study.periods()), settings.replicates(), settings.seed());
        double[][] nets = new double[tallies.size()][settings.replicates()];
        resampling.forEach((replicate, drawn) -> {
            for (int bin = 0; bin < tallies.size(); bin++) {
                Tally tally = tallies.get(bin);
                tally.replicate(drawn);
                nets[bin][replicate] = Double.isNaN(tally.replicateNet) ? tally.net : tally.replicateNet;
            }
        });
        return Arrays.stream(nets)
                .map(values -> Measurement.middle(values, settings.confidence()))
                .toList();
    }
}
