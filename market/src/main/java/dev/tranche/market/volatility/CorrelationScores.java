package dev.tranche.market.volatility;

import java.util.Arrays;

/// What the correlations of [CorrelationPath] add to the log-likelihood, with its exact derivatives by `a`
/// and `b`, time after time; `S` is handed in, so that its own part in the errors can be told. The first `Q`
/// is `S`. One thread.
final class CorrelationScores {
    private final int size;
    private final double[][] q;
    private final double[][] qa;
    private final double[][] qb;
    private final double[][] r;
    private final double[][] inverse;
    private final double[] pulled;
    private final double[] gradient = new double[2];

    CorrelationScores(int size) {
        this.size = size;
        this.q = new double[size][size];
        this.qa = new double[size][size];
        this.qb = new double[size][size];
        this.r = new double[size][size];
        this.inverse = new double[size][size];
        this.pulled = new double[size];
    }

    /// Hears the derivatives of one time's term.
    @FunctionalInterface
    interface ScoreSink {
        void take(int time, double byA, double byB);
    }

    /// The gradient by `a` and `b`, a new array.
    double[] at(double a, double b, double[][] mean, double[][] innovations, ScoreSink told) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(mean[i], 0, q[i], 0, size);
            Arrays.fill(qa[i], 0);
            Arrays.fill(qb[i], 0);
        }
        double[] sum = new double[2];
        for (int t = 0; t < innovations.length; t++) {
            if (t > 0) {
                step(a, b, mean, innovations[t - 1]);
            }
            score(innovations[t]);
            told.take(t, gradient[0], gradient[1]);
            sum[0] += gradient[0];
            sum[1] += gradient[1];
        }
        return sum;
    }

    private void step(double a, double b, double[][] mean, double[] z) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double zz = z[i] * z[j];
                qa[i][j] = zz - mean[i][j] + b * qa[i][j];
                qb[i][j] = q[i][j] - mean[i][j] + b * qb[i][j];
                q[i][j] = (1 - a - b) * mean[i][j] + a * zz + b * q[i][j];
            }
        }
    }

    /// The term is `-(ln |R| + z^T R^-1 z - z^T z) / 2`, its derivative
    /// `(z^T R^-1 dR R^-1 z - trace(R^-1 dR)) / 2`.
    private void score(double[] z) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                r[i][j] = i == j ? 1 : q[i][j] / Math.sqrt(q[i][i] * q[j][j]);
            }
        }
        invert();
        for (int i = 0; i < size; i++) {
            pulled[i] = 0;
            for (int j = 0; j < size; j++) {
                pulled[i] += inverse[i][j] * z[j];
            }
        }
        gradient[0] = 0;
        gradient[1] = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double weight = pulled[i] * pulled[j] - inverse[i][j];
                gradient[0] += weight * slope(qa, i, j);
                gradient[1] += weight * slope(qb, i, j);
            }
        }
    }

    /// The inverse of `r`, by elimination in place: a positive definite matrix needs no pivots.
    private void invert() {
        for (int i = 0; i < size; i++) {
            System.arraycopy(r[i], 0, inverse[i], 0, size);
        }
        for (int k = 0; k < size; k++) {
            double pivot = 1 / inverse[k][k];
            inverse[k][k] = 1;
            for (int j = 0; j < size; j++) {
                inverse[k][j] *= pivot;
            }
            for (int i = 0; i < size; i++) {
                double factor = inverse[i][k];
                if (i != k) {
                    inverse[i][k] = 0;
                    for (int j = 0; j < size; j++) {
                        inverse[i][j] -= factor * inverse[k][j];
                    }
                }
            }
        }
    }

    /// The derivative of a correlation by that of `Q`.
    private double slope(double[][] by, int i, int j) {
        return by[i][j] / Math.sqrt(q[i][i] * q[j][j]) - 0.5 * r[i][j] * (by[i][i] / q[i][i] + by[j][j] / q[j][j]);
    }
}
