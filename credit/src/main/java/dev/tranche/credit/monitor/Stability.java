package dev.tranche.credit.monitor;

import java.util.Arrays;

/// The population stability index of a variable or score: Σ (actual − expected) · ln(actual ÷ expected) over
/// bins.
///
/// Three traps of the usual recipe are closed here. The outer bins are open, so that values beyond the
/// training range are counted. Missing values have a bin of their own. Expected shares are counted, not
/// assumed equal, and a value that fills more than one bin's worth of the sample is a bin of its own, so that
/// a feature which is mostly zero shows no drift where there is none.
///
/// Below 0.1 is called stable, above 0.2 a shift (Siddiqi 2006). Immutable.
public final class Stability {

    /// Half a case is added to each bin on both sides, so that an empty bin gives a large value and not
    /// infinity.
    private static final double PRIOR = 0.5;

    /// Upper ends of the bins, inclusive, ascending; the last bin has none.
    private final double[] edges;

    /// Counts of the expected sample, one per bin, the missing values last.
    private final long[] expected;

    private Stability(double[] edges, long[] expected) {
        this.edges = edges;
        this.expected = expected;
    }

    /// Cuts a reference sample into bins of about equal size.
    ///
    /// @param sample the reference values, NaN for missing
    /// @param bins how many bins to aim at, 2..100; fewer come out when values repeat
    /// @throws IllegalArgumentException when the sample is empty or the number of bins is out of range
    public static Stability of(double[] sample, int bins) {
        if (bins < 2 || bins > 100) {
            throw new IllegalArgumentException("bins must be within 2..100: " + bins);
        }
        if (sample.length == 0) {
            throw new IllegalArgumentException("the reference sample must not be empty");
        }
        double[] present = Arrays.stream(sample)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] edges = edges(present, bins);
        Stability empty = new Stability(edges, new long[edges.length + 2]);
        return new Stability(edges, empty.count(sample));
    }

    /// The index of another sample against the reference; 0 when the shares are the same.
    ///
    /// @param sample the values to compare, NaN for missing
    /// @throws IllegalArgumentException when the sample is empty: nothing measured is not stability
    public double index(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("the sample must not be empty");
        }
        long[] actual = count(sample);
        double expectedTotal = Arrays.stream(expected).sum();
        double index = 0;
        for (int bin = 0; bin < actual.length; bin++) {
            if (actual[bin] == 0 && expected[bin] == 0) {
                continue;
            }
            double now = (actual[bin] + PRIOR) / (sample.length + PRIOR * actual.length);
            double then = (expected[bin] + PRIOR) / (expectedTotal + PRIOR * actual.length);
            index += (now - then) * Math.log(now / then);
        }
        return index;
    }

    /// Upper ends of the bins, inclusive; values above the last end and missing values have two bins more.
    public double[] edges() {
        return edges.clone();
    }

    /// One pass over the sorted values: a bin is closed as soon as it holds its worth; a value that alone
    /// holds a bin's worth gets the bin to itself, whatever was collected before it being closed first. The
    /// last value also closes a bin, so that what lies beyond the reference is seen as new.
    private static double[] edges(double[] sorted, int bins) {
        double[] edges = new double[sorted.length];
        int count = 0;
        double worth = (double) sorted.length / bins;
        int open = 0;
        for (int at = 0; at < sorted.length; ) {
            int next = at;
            while (next < sorted.length && sorted[next] == sorted[at]) {
                next++;
            }
            if (next - at >= worth && at > open) {
                edges[count++] = sorted[at - 1];
                open = at;
            }
            if (next - open >= worth || next == sorted.length) {
                edges[count++] = sorted[at];
                open = next;
            }
            at = next;
        }
        return Arrays.copyOf(edges, count);
    }

    private long[] count(double[] sample) {
        long[] counts = new long[edges.length + 2];
        for (double value : sample) {
            if (Double.isNaN(value)) {
                counts[edges.length + 1]++;
            } else {
                int at = Arrays.binarySearch(edges, value);
                counts[at >= 0 ? at : -at - 1]++;
            }
        }
        return counts;
    }
}
