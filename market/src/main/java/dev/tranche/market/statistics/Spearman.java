package dev.tranche.market.statistics;

import org.hipparchus.distribution.continuous.TDistribution;

/// Spearman's rank correlation with average ranks for ties: the correlation of Pearson between ranks. Its
/// two-sided p is that of `scipy.stats.spearmanr`: `t = rho sqrt((n - 2) / (1 - rho²))` against Student's t
/// with n - 2 degrees of freedom (Kendall and Stuart, The Advanced Theory of Statistics 2, 31.19), an
/// approximation that is fair from about ten pairs on and takes the pairs for independent.
public final class Spearman {
    private static final int FEWEST = 3;

    private Spearman() {}

    /// @param x numbers
    /// @param y as many numbers, at least 3
    /// @return `rho` and `p` are NaN where one side never changes
    public static Correlation of(double[] x, double[] y) {
        if (x.length != y.length || x.length < FEWEST) {
            throw new IllegalArgumentException(
                    "both sides must have the same 3 or more values: " + x.length + " and " + y.length);
        }
        double rho = pearson(Ranks.average(x), Ranks.average(y));
        return new Correlation(rho, twoSided(rho, x.length), x.length);
    }

    private static double pearson(double[] x, double[] y) {
        int n = x.length;
        double mean = (n + 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            double dx = x[i] - mean;
            double dy = y[i] - mean;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xx == 0 || yy == 0 ? Double.NaN : Math.clamp(xy / Math.sqrt(xx) / Math.sqrt(yy), -1, 1);
    }

    private static double twoSided(double rho, int n) {
        if (Double.isNaN(rho)) {
            return Double.NaN;
        }
        double rest = (1 - rho) * (1 + rho);
        if (rest <= 0) {
            return 0;
        }
        double t = Math.abs(rho) * Math.sqrt((n - 2) / rest);
        return 2 * new TDistribution(n - 2).cumulativeProbability(-t);
    }
}
