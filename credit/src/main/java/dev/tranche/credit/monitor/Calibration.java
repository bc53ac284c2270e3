package dev.tranche.credit.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// How many applicants went bad against how many the scores announced: observed ÷ expected, with an interval.
///
/// A ratio of 1 says the scores are probabilities; 0.5 says they announce twice the losses that come.
/// Training with `scale_pos_weight`, or cutting off the base rate in another way, shows here and nowhere
/// else: the ranking stays.
///
/// The interval is Wilson's (1927, eq. for the score interval of a proportion) for the observed rate, divided
/// by the mean expected rate, which is taken as known.
///
/// @param applicants number of applicants with a known outcome, at least 1
/// @param observed how many of them went bad
/// @param expected sum of their probabilities of bad, greater than 0
/// @param low lower end of the interval of the ratio
/// @param high upper end of the interval of the ratio
public record Calibration(long applicants, long observed, double expected, double low, double high) {

    /// Confidence of the interval unless another is asked for.
    public static final double CONFIDENCE = 0.95;

    /// From counts, as windows keep them.
    ///
    /// @param confidence coverage of the interval, within 0..1 exclusive
    /// @throws IllegalArgumentException when there is nothing to compare: no applicants, no expectation, or
    ///     counts that contradict each other
    public static Calibration of(long applicants, long observed, double expected, double confidence) {
        if (applicants < 1 || observed < 0 || observed > applicants) {
            throw new IllegalArgumentException(
                    "observed must be within 0..applicants, of at least 1: " + observed + " of " + applicants);
        }
        if (!(expected > 0 && expected <= applicants)) {
            throw new IllegalArgumentException("expected must be within 0..applicants, above 0: " + expected);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be within 0..1: " + confidence);
        }
        double z = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
        double n = applicants;
        double rate = observed / n;
        double scale = 1 + z * z / n;
        double centre = rate + z * z / (2 * n);
        double spread = z * Math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
        double meanExpected = expected / n;
        double low = observed == 0 ? 0 : (centre - spread) / scale;
        double high = observed == applicants ? 1 : (centre + spread) / scale;
        return new Calibration(applicants, observed, expected, low / meanExpected, high / meanExpected);
    }

    /// From scores and outcomes, at 95 %.
    ///
    /// @param probabilities probability of bad, one per applicant, 0..1
    /// @param bad whether the applicant went bad, in the same order
    public static Calibration of(double[] probabilities, boolean[] bad) {
        return of(probabilities, bad, 0, probabilities.length, order(probabilities));
    }

    /// The same comparison in ten (or fewer) groups of about equal size from the lowest scores to the
    /// highest. Equal scores may fall on both sides of a border; their order is that of the input, so the
    /// groups are reproducible.
    public static List<Calibration> byDecile(double[] probabilities, boolean[] bad) {
        Integer[] order = order(probabilities);
        int groups = Math.min(10, order.length);
        List<Calibration> deciles = new ArrayList<>(groups);
        for (int group = 0; group < groups; group++) {
            int from = (int) ((long) order.length * group / groups);
            int to = (int) ((long) order.length * (group + 1) / groups);
            deciles.add(of(probabilities, bad, from, to, order));
        }
        return deciles;
    }

    /// Observed ÷ expected.
    public double ratio() {
        return observed / expected;
    }

    /// Share of applicants that went bad, 0..1.
    public double observedRate() {
        return (double) observed / applicants;
    }

    /// Mean probability of bad, 0..1.
    public double expectedRate() {
        return expected / applicants;
    }

    private static Calibration of(double[] probabilities, boolean[] bad, int from, int to, Integer[] order) {
        Scores.requirePairs(probabilities, bad);
        long observed = 0;
        double expected = 0;
        for (int i = from; i < to; i++) {
            observed += bad[order[i]] ? 1 : 0;
            expected += probabilities[order[i]];
        }
        return of(to - from, observed, expected, CONFIDENCE);
    }

    private static Integer[] order(double[] probabilities) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        return order;
    }
}
