package dev.tranche.market.study;

import dev.tranche.market.statistics.Correlation;
import dev.tranche.market.statistics.Ranks;
import dev.tranche.market.statistics.Spearman;
import java.util.Arrays;

/// Scores and returns of the events of a cell, as ranks, in sums by period. A replicate keeps the ranks of
/// the whole sample and takes the correlation of Pearson between them. `replicate` writes its result to a
/// field; one writer.
final class RankTally {
    final Correlation spearman;

    /// Of the last replicate; NaN where it drew no two different ranks.
    double replicateRho;

    private static final int SUMS = 6;

    private final int[] at;
    /// Six sums a period, side by side: events, x, y, xx, yy, xy.
    private final double[] sums;

    private RankTally(Pass pass, int[] members, int horizonIndex, int firstPeriod) {
        int n = members.length;
        double[] scores = Arrays.stream(members).mapToDouble(pass::score).toArray();
        double[] returns = Arrays.stream(members)
                .mapToDouble(member -> pass.gross(horizonIndex, member))
                .toArray();
        spearman = Spearman.of(scores, returns);
        double[] scoreRanks = Ranks.average(scores);
        double[] returnRanks = Ranks.average(returns);
        int[] places = new int[n];
        double[] all = new double[n * SUMS];
        int filled = 0;
        double middle = (n + 1) / 2.0;
        for (int i = 0; i < n; i++) {
            int place = pass.period(members[i]) - firstPeriod;
            if (filled == 0 || places[filled - 1] != place) {
                places[filled++] = place;
            }
            double x = (scoreRanks[i] - middle) / n;
            double y = (returnRanks[i] - middle) / n;
            int first = (filled - 1) * SUMS;
            all[first]++;
            all[first + 1] += x;
            all[first + 2] += y;
            all[first + 3] += x * x;
            all[first + 4] += y * y;
            all[first + 5] += x * y;
        }
        at = Arrays.copyOf(places, filled);
        sums = Arrays.copyOf(all, filled * SUMS);
    }

    /// @param members at least 3 events, in the order of time
    static RankTally of(Pass pass, int[] members, int horizonIndex, int firstPeriod) {
        return new RankTally(pass, members, horizonIndex, firstPeriod);
    }

    /// Rank correlation where each period is drawn so often.
    void replicate(int[] drawn) {
        double events = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        int next = 0;
        for (int place : at) {
            double weight = drawn[place];
            events += weight * sums[next];
            x += weight * sums[next + 1];
            y += weight * sums[next + 2];
            xx += weight * sums[next + 3];
            yy += weight * sums[next + 4];
            xy += weight * sums[next + 5];
            next += SUMS;
        }
        replicateRho = (xy - x * y / events) / Math.sqrt((xx - x * x / events) * (yy - y * y / events));
    }
}
