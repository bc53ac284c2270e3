package dev.tranche.market.statistics;

import java.util.Arrays;

/// Isotonic regression: of all functions that never fall, the one with the least weighted squares. Found by
/// pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman, Ann. Math. Stat. 26, 1955), in one
/// pass with a stack. As in scikit-learn's `IsotonicRegression(out_of_bounds="clip")`, equal x are first
/// averaged by weight, the answer between two points is on the straight line between them, and beyond the
/// ends it is that of the end.
public final class Isotonic {
    private final double[] x;
    private final double[] y;

    private Isotonic(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /// @param x finite, in any order
    /// @param y finite, as many
    /// @param weights above 0, as many
    public static Isotonic fit(double[] x, double[] y, double[] weights) {
        int n = x.length;
        if (n == 0 || y.length != n || weights.length != n) {
            throw new IllegalArgumentException("x, y and weights must have the same length, at least 1: " + n + ", "
                    + y.length + " and " + weights.length);
        }
        int[] order = Ranks.order(x);
        double[] points = new double[n];
        double[] means = new double[n];
        double[] mass = new double[n];
        int count = 0;
        for (int at : order) {
            if (!Double.isFinite(x[at]) || !Double.isFinite(y[at]) || !(weights[at] > 0)) {
                throw new IllegalArgumentException(
                        "x and y must be finite and weights above 0: " + x[at] + ", " + y[at] + " and " + weights[at]);
            }
            if (count > 0 && points[count - 1] == x[at]) {
                mass[count - 1] += weights[at];
                means[count - 1] += (y[at] - means[count - 1]) * weights[at] / mass[count - 1];
            } else {
                points[count] = x[at];
                means[count] = y[at];
                mass[count] = weights[at];
                count++;
            }
        }
        return new Isotonic(
                Arrays.copyOf(points, count), pooled(Arrays.copyOf(means, count), Arrays.copyOf(mass, count)));
    }

    /// @param x finite, in any order
    /// @param y finite, as many
    public static Isotonic fit(double[] x, double[] y) {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return fit(x, y, ones);
    }

    /// The values nearest to `y`, by weight, that never fall.
    static double[] pooled(double[] y, double[] weights) {
        int n = y.length;
        double[] level = new double[n];
        double[] mass = new double[n];
        int[] until = new int[n];
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            double value = y[i];
            double weight = weights[i];
            while (blocks > 0 && level[blocks - 1] >= value) {
                blocks--;
                value = (value * weight + level[blocks] * mass[blocks]) / (weight + mass[blocks]);
                weight += mass[blocks];
            }
            level[blocks] = value;
            mass[blocks] = weight;
            until[blocks] = i + 1;
            blocks++;
        }
        double[] fitted = new double[n];
        int from = 0;
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(fitted, from, until[block], level[block]);
            from = until[block];
        }
        return fitted;
    }

    /// The fitted value at a point: on the line between its neighbours, that of the end beyond the ends;
    /// NaN for NaN.
    public double at(double point) {
        if (Double.isNaN(point)) {
            return Double.NaN;
        }
        int found = Arrays.binarySearch(x, point);
        if (found >= 0) {
            return y[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return y[0];
        }
        if (above == x.length) {
            return y[x.length - 1];
        }
        double share = (point - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + share * (y[above] - y[above - 1]);
    }

    /// The distinct x, ascending.
    public double[] points() {
        return x.clone();
    }

    /// The fitted value of each point, never falling.
    public double[] levels() {
        return y.clone();
    }
}
