package dev.tranche.market.statistics;

import java.util.Arrays;

/// The quantile of the values before, in a window: what was knowable, not the quantile of the whole sample,
/// which knows the future. Between two values it lies on the line (numpy's default, R's type 7). One
/// writer; a step takes a binary search and a move within the window.
public final class TrailingQuantile {
    private final double quantile;
    private final int needed;
    private final double[] ring;
    private final double[] sorted;
    private int count;
    private int next;

    private TrailingQuantile(double quantile, int window, int needed) {
        this.quantile = quantile;
        this.needed = needed;
        this.ring = new double[window];
        this.sorted = new double[window];
    }

    /// @param quantile 0..1
    /// @param window how many values are remembered, at least 2
    /// @param needed values before which there is no answer, 1..window
    public static TrailingQuantile of(double quantile, int window, int needed) {
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile must be within 0..1: " + quantile);
        }
        if (window < 2 || needed < 1 || needed > window) {
            throw new IllegalArgumentException(
                    "window must be at least 2 and needed within 1..window: " + window + " and " + needed);
        }
        return new TrailingQuantile(quantile, window, needed);
    }

    /// The quantile of the values taken so far; NaN while there are fewer than needed.
    public double value() {
        if (count < needed) {
            return Double.NaN;
        }
        return Quantile.ofSorted(sorted, count, quantile);
    }

    /// Takes a value in; the oldest one leaves when the window is full.
    ///
    /// @param value finite
    public void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite: " + value);
        }
        if (count == ring.length) {
            remove(ring[next]);
        }
        ring[next] = value;
        next = next + 1 == ring.length ? 0 : next + 1;
        int found = Arrays.binarySearch(sorted, 0, count, value);
        int place = found >= 0 ? found : -found - 1;
        System.arraycopy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = value;
        count++;
    }

    private void remove(double value) {
        int place = Arrays.binarySearch(sorted, 0, count, value);
        System.arraycopy(sorted, place + 1, sorted, place, count - place - 1);
        count--;
    }
}
