package dev.tranche.market.regime;

import java.util.Arrays;

/// A normal distribution in several dimensions by its mean and the Cholesky root of its covariance.
/// Immutable.
final class Normals {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] mean;
    private final double[][] root;
    private final double constant;

    private Normals(double[] mean, double[][] root) {
        this.mean = mean;
        this.root = root;
        double logs = 0;
        for (int i = 0; i < mean.length; i++) {
            logs += Math.log(root[i][i]);
        }
        this.constant = -0.5 * mean.length * LOG_TWO_PI - logs;
    }

    /// @throws IllegalArgumentException when the covariance is not positive definite
    static Normals of(double[] mean, double[][] covariance) {
        int size = mean.length;
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                if (i == j) {
                    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                        throw new IllegalArgumentException(
                                "covariance must be positive definite: " + Arrays.deepToString(covariance));
                    }
                    root[i][i] = Math.sqrt(sum);
                } else {
                    root[i][j] = sum / root[j][j];
                }
            }
        }
        return new Normals(mean.clone(), root);
    }

    /// The logarithm of the density at `x`.
    double logDensity(double[] x) {
        int size = mean.length;
        double[] z = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double sum = x[i] - mean[i];
            for (int k = 0; k < i; k++) {
                sum -= root[i][k] * z[k];
            }
            z[i] = sum / root[i][i];
            squares += z[i] * z[i];
        }
        return constant - 0.5 * squares;
    }
}
