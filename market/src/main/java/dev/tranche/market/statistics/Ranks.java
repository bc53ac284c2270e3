package dev.tranche.market.statistics;

import java.util.Arrays;

/// Ranks from 1, where equal values share the mean of the ranks that they fill (scipy's `rankdata`, method
/// `average`).
public final class Ranks {
    private Ranks() {}

    /// @param values finite
    /// @throws IllegalArgumentException for a NaN, which has no rank
    public static double[] average(double[] values) {
        int n = values.length;
        int[] order = order(values);
        double[] ranks = new double[n];
        int from = 0;
        while (from < n) {
            int to = from + 1;
            while (to < n && values[order[to]] == values[order[from]]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                ranks[order[i]] = rank;
            }
            from = to;
        }
        return ranks;
    }

    /// Positions of the values from the lowest to the highest; equal values in the order given.
    public static int[] order(double[] values) {
        Integer[] boxed = new Integer[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException("a value must be a number to have a rank: NaN at " + i);
            }
            boxed[i] = i;
        }
        // 0.0 first, so that -0.0 and 0.0 are equal here as they are to `==`.
        Arrays.sort(boxed, (a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0));
        int[] order = new int[values.length];
        Arrays.setAll(order, i -> boxed[i]);
        return order;
    }
}
