package dev.tranche.credit.monitor;

import java.util.Arrays;
import java.util.Comparator;

/// How well scores tell bad applicants from good ones, whatever the scale of the scores.
///
/// @param auc area under the ROC curve, 0..1; ties count one half (Mann and Whitney 1947)
/// @param ks largest distance between the two cumulative distributions, 0..1 (Kolmogorov and Smirnov)
/// @param ksScore the score at which that distance is reached: the highest score of the lower side
/// @param brier mean squared distance between probability and outcome, 0..1 (Brier 1950)
public record Discrimination(double auc, double ks, double ksScore, double brier) {

    /// The Gini coefficient, 2·AUC − 1.
    public double gini() {
        return 2 * auc - 1;
    }

    /// @param probabilities probability of bad, one per applicant, 0..1
    /// @param bad whether the applicant went bad, in the same order
    /// @throws IllegalArgumentException when either class is absent: nothing can be told apart then
    public static Discrimination of(double[] probabilities, boolean[] bad) {
        Scores.requirePairs(probabilities, bad);
        Integer[] order = new Integer[bad.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        long bads = 0;
        double squares = 0;
        for (int i = 0; i < bad.length; i++) {
            bads += bad[i] ? 1 : 0;
            double miss = probabilities[i] - (bad[i] ? 1 : 0);
            squares += miss * miss;
        }
        long goods = bad.length - bads;
        if (bads == 0 || goods == 0) {
            throw new IllegalArgumentException(
                    "both good and bad outcomes are needed: " + goods + " good, " + bads + " bad");
        }
        double badsAbove = 0;
        double ks = 0;
        double ksScore = probabilities[order[0]];
        long badsSeen = 0;
        long goodsSeen = 0;
        for (int at = 0; at < order.length; ) {
            double score = probabilities[order[at]];
            long badsHere = 0;
            long goodsHere = 0;
            for (; at < order.length && probabilities[order[at]] == score; at++) {
                if (bad[order[at]]) {
                    badsHere++;
                } else {
                    goodsHere++;
                }
            }
            badsAbove += badsHere * (goodsSeen + goodsHere / 2.0);
            badsSeen += badsHere;
            goodsSeen += goodsHere;
            double distance = Math.abs((double) goodsSeen / goods - (double) badsSeen / bads);
            if (distance > ks) {
                ks = distance;
                ksScore = score;
            }
        }
        return new Discrimination(badsAbove / ((double) bads * goods), ks, ksScore, squares / bad.length);
    }
}
