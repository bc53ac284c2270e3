package dev.tranche.market.study;

import dev.tranche.market.statistics.Correlation;
import dev.tranche.market.statistics.Ranks;
import dev.tranche.market.statistics.SparseSeries;
import dev.tranche.market.statistics.Spearman;
import java.util.Arrays;

/// The events of a cell at a horizon, summed by period, so that one replicate of the bootstrap costs one
/// step a period
/// with events. `replicate` writes its results to the fields; one writer.
///
/// Rank correlation is resampled with the ranks of the whole sample kept, as the correlation of Pearson
/// between them.
final class Tally {
    final int n;
    final int hits;
    final double gross;
    final double net;
    final Correlation spearman;

    /// Of the last replicate; NaN where it drew no event.
    double replicateAccuracy;
    double replicateNet;
    double replicateRho;

    private final int[] at;
    private final double[] counts;
    private final double[] wins;
    private final double[] nets;
    private final double[] x;
    private final double[] y;
    private final double[] xx;
    private final double[] yy;
    private final double[] xy;

    private Tally(Pass pass, int[] members, int horizonIndex, double cost, int firstPeriod) {
        n = members.length;
        double[] scores = new double[n];
        double[] returns = new double[n];
        int won = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            scores[i] = pass.score(members[i]);
            returns[i] = pass.gross(horizonIndex, members[i]);
            won += returns[i] > 0 ? 1 : 0;
            sum += returns[i];
        }
        hits = won;
        gross = sum / n;
        net = gross - cost;
        spearman = Spearman.of(scores, returns);
        double[] scoreRanks = Ranks.average(scores);
        double[] returnRanks = Ranks.average(returns);
        int[] places = new int[n];
        double[][] sums = new double[8][n];
        int filled = 0;
        double middle = (n + 1) / 2.0;
        for (int i = 0; i < n; i++) {
            int place = pass.period(members[i]) - firstPeriod;
            if (filled == 0 || places[filled - 1] != place) {
                places[filled++] = place;
            }
            double rankX = (scoreRanks[i] - middle) / n;
            double rankY = (returnRanks[i] - middle) / n;
            double[] values = {
                1, returns[i] > 0 ? 1 : 0, returns[i] - cost, rankX, rankY, rankX * rankX, rankY * rankY, rankX * rankY
            };
            for (int k = 0; k < values.length; k++) {
                sums[k][filled - 1] += values[k];
            }
        }
        at = Arrays.copyOf(places, filled);
        counts = Arrays.copyOf(sums[0], filled);
        wins = Arrays.copyOf(sums[1], filled);
        nets = Arrays.copyOf(sums[2], filled);
        x = Arrays.copyOf(sums[3], filled);
        y = Arrays.copyOf(sums[4], filled);
        xx = Arrays.copyOf(sums[5], filled);
        yy = Arrays.copyOf(sums[6], filled);
        xy = Arrays.copyOf(sums[7], filled);
    }

    /// @param members at least 3 events, in the order of time
    /// @param cost of a round trip, a fraction of the price
    /// @param firstPeriod the period that is number 0 of the resampling
    static Tally of(Pass pass, int[] members, int horizonIndex, double cost, int firstPeriod) {
        return new Tally(pass, members, horizonIndex, cost, firstPeriod);
    }

    double accuracy() {
        return (double) hits / n;
    }

    /// Net returns by period.
    SparseSeries series(int periods) {
        return SparseSeries.of(periods, at, nets);
    }

    /// Accuracy and net return where each period is drawn so often.
    void replicate(int[] drawn) {
        double events = 0;
        double won = 0;
        double earned = 0;
        for (int i = 0; i < at.length; i++) {
            double weight = drawn[at[i]];
            events += weight * counts[i];
            won += weight * wins[i];
            earned += weight * nets[i];
        }
        replicateAccuracy = won / events;
        replicateNet = earned / events;
    }

    /// Rank correlation where each period is drawn so often.
    void replicateRanks(int[] drawn) {
        double events = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumYy = 0;
        double sumXy = 0;
        for (int i = 0; i < at.length; i++) {
            double weight = drawn[at[i]];
            events += weight * counts[i];
            sumX += weight * x[i];
            sumY += weight * y[i];
            sumXx += weight * xx[i];
            sumYy += weight * yy[i];
            sumXy += weight * xy[i];
        }
        double varianceX = sumXx - sumX * sumX / events;
        double varianceY = sumYy - sumY * sumY / events;
        replicateRho = (sumXy - sumX * sumY / events) / Math.sqrt(varianceX * varianceY);
    }
}
