package dev.tranche.market.study;

import dev.tranche.market.statistics.SparseSeries;
import java.util.Arrays;

/// The events of a cell at a horizon, summed by period, so that one replicate of the bootstrap costs one
/// step a period with events. `replicate` writes its results to the fields; one writer.
final class Tally {
    private static final double EVEN = 0.5;

    final int n;
    final int hits;
    final double gross;
    final double net;
    /// Accuracy of the same announcements made at any time.
    final double chance;

    /// Of the last replicate; NaN where it drew no event.
    double replicateAccuracy;
    double replicateNet;

    private final int[] at;
    private final double[] counts;
    private final double[] wins;
    private final double[] nets;

    private Tally(Pass pass, int[] members, int horizonIndex, double cost, double chance, int firstPeriod) {
        this.chance = chance;
        n = members.length;
        int[] places = new int[n];
        double[] count = new double[n];
        double[] won = new double[n];
        double[] earned = new double[n];
        int filled = 0;
        int wonAll = 0;
        double sum = 0;
        for (int member : members) {
            int place = pass.period(member) - firstPeriod;
            if (filled == 0 || places[filled - 1] != place) {
                places[filled++] = place;
            }
            double gain = pass.gross(horizonIndex, member);
            int hit = gain > 0 ? 1 : 0;
            wonAll += hit;
            sum += gain;
            count[filled - 1]++;
            won[filled - 1] += hit;
            earned[filled - 1] += gain - cost;
        }
        hits = wonAll;
        gross = sum / n;
        net = gross - cost;
        at = Arrays.copyOf(places, filled);
        counts = Arrays.copyOf(count, filled);
        wins = Arrays.copyOf(won, filled);
        nets = Arrays.copyOf(earned, filled);
    }

    /// @param members at least one event, in the order of time
    /// @param cost of a round trip, a fraction of the price
    /// @param chance accuracy of the same announcements made at any time
    /// @param firstPeriod the period that is number 0 of the resampling
    static Tally of(Pass pass, int[] members, int horizonIndex, double cost, double chance, int firstPeriod) {
        return new Tally(pass, members, horizonIndex, cost, chance, firstPeriod);
    }

    double accuracy() {
        return (double) hits / n;
    }

    /// How far the accuracy lies above one half, or above chance where that is more.
    double excess() {
        return accuracy() - Math.max(EVEN, chance);
    }

    /// Net returns in the periods `from..to`, exclusive of `to`, the empty ones too.
    SparseSeries series(int from, int to) {
        int first = firstAt(from);
        int last = firstAt(to);
        int[] places = Arrays.copyOfRange(at, first, last);
        for (int i = 0; i < places.length; i++) {
            places[i] -= from;
        }
        return SparseSeries.of(to - from, places, Arrays.copyOfRange(nets, first, last));
    }

    /// Events in the periods `from..to`, exclusive of `to`.
    int events(int from, int to) {
        double sum = 0;
        for (int i = firstAt(from); i < firstAt(to); i++) {
            sum += counts[i];
        }
        return (int) sum;
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

    private int firstAt(int period) {
        int found = Arrays.binarySearch(at, period);
        return found >= 0 ? found : -found - 1;
    }
}
