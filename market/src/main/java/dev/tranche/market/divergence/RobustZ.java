package dev.tranche.market.divergence;

import java.util.Arrays;

/// A z-score by median and MAD of a window of the last values: `(x - median) / (1.4826 MAD)`, 1.4826 being
/// what makes the MAD of normal values their deviation (Hampel, JASA 69, 1974; Rousseeuw, Croux, JASA 88,
/// 1993).
///
/// The window is exact, not approximated: its values are also kept sorted, so that a value costs two binary
/// searches and one copy inside an array of at most 1024, the median a look-up, and the MAD a binary search
/// over the two halves that lie around the median. When more than half of the window is one value, the MAD is
/// 0 and the mean absolute deviation times 1.2533 stands in (Iglewicz, Hoaglin, "How to Detect and Handle
/// Outliers", 1993); a constant window gives 0 for the same value and the clip for any other. Nothing
/// allocated. One writer.
public final class RobustZ implements ZScore {
    private static final int SMALLEST = 8;
    private static final int LARGEST = 1024;
    private static final double NORMAL_MAD = 1.4826;
    private static final double NORMAL_MEAN_DEVIATION = 1.2533141373155;

    private final double[] ring;
    private final double[] sorted;
    private final Terms terms;
    private int size;
    private int next;
    private long last;

    private RobustZ(int window, Terms terms) {
        this.ring = new double[window];
        this.sorted = new double[window];
        this.terms = terms;
    }

    /// @param window values, 8..1024; at least the warm-up
    public static RobustZ of(int window, Terms terms) {
        if (window < SMALLEST || window > LARGEST) {
            throw new IllegalArgumentException("window must be within 8..1024 values: " + window);
        }
        if (window < terms.warmup()) {
            throw new IllegalArgumentException("window must hold the warm-up of " + terms.warmup() + ": " + window);
        }
        return new RobustZ(window, terms);
    }

    @Override
    public double on(long eventMillis, double given) {
        if (size > 0 && Math.abs(eventMillis - last) > terms.resetGapMillis()) {
            reset();
        }
        last = eventMillis;
        double value = Scores.finite(given) + 0.0; // -0.0 would be sorted apart from 0.0
        double z = warm() ? score(value) : Double.NaN;
        enter(value);
        return z;
    }

    @Override
    public void reset() {
        size = 0;
        next = 0;
    }

    @Override
    public boolean warm() {
        return size >= terms.warmup();
    }

    private double score(double value) {
        double median = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
        double mad = size % 2 == 1
                ? nearest(median, size / 2 + 1)
                : (nearest(median, size / 2) + nearest(median, size / 2 + 1)) / 2;
        double scale = mad > 0 ? NORMAL_MAD * mad : NORMAL_MEAN_DEVIATION * meanDeviation(median);
        return Scores.clipped(value - median, scale, terms.clip());
    }

    /// The k-th smallest distance from a centre: the k nearest values lie side by side in sorted order, and
    /// where they begin is found by halving.
    private double nearest(double centre, int k) {
        int from = 0;
        int to = size - k;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (centre - sorted[middle] > sorted[middle + k] - centre) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Math.max(Math.abs(centre - sorted[from]), Math.abs(sorted[from + k - 1] - centre));
    }

    private double meanDeviation(double centre) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.abs(sorted[i] - centre);
        }
        return sum / size;
    }

    private void enter(double value) {
        int to = place(value);
        if (size < ring.length) {
            System.arraycopy(sorted, to, sorted, to + 1, size - to);
            sorted[to] = value;
            size++;
        } else {
            int from = place(ring[next]);
            if (from < to) {
                to--;
                System.arraycopy(sorted, from + 1, sorted, from, to - from);
            } else {
                System.arraycopy(sorted, to, sorted, to + 1, from - to);
            }
            sorted[to] = value;
        }
        ring[next] = value;
        next = next + 1 == ring.length ? 0 : next + 1;
    }

    /// Where a value is, or would be, in sorted order.
    private int place(double value) {
        int at = Arrays.binarySearch(sorted, 0, size, value);
        return at >= 0 ? at : -at - 1;
    }
}
