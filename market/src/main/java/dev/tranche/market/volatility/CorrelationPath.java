package dev.tranche.market.volatility;

/// The correlations that a dynamic conditional correlation model gives a series of innovations, and their
/// likelihood (R. Engle, "Dynamic conditional correlation", Journal of Business and Economic Statistics 20,
/// 2002): `Q' = (1 - a - b) S + a z z^T + b Q`, and `R` is `Q` with its diagonal brought to one. `S` is the
/// mean of `z z^T`. One thread.
final class CorrelationPath {
    private final double[][] innovations;
    private final int size;
    private final double[][] mean;
    private final double[][] q;
    private final double[][] r;
    private final double[] solved;

    /// @param innovations one row a time, one column a series
    CorrelationPath(double[][] innovations) {
        this.innovations = innovations;
        this.size = innovations[0].length;
        this.mean = new double[size][size];
        this.q = new double[size][size];
        this.r = new double[size][size];
        this.solved = new double[size];
        for (double[] z : innovations) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    mean[i][j] += z[i] * z[j] / innovations.length;
                }
            }
        }
    }

    /// `S`.
    double[][] mean() {
        return mean;
    }

    /// What the correlations add to the log-likelihood of the separate series; negative infinity where a
    /// matrix is not positive definite.
    ///
    /// @param told is handed each time's correlations, the last once more for the time after the series
    double at(double a, double b, CorrelationSink told) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(mean[i], 0, q[i], 0, size);
        }
        double sum = 0;
        for (int t = 0; t <= innovations.length; t++) {
            if (t > 0) {
                double[] z = innovations[t - 1];
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        q[i][j] = (1 - a - b) * mean[i][j] + a * z[i] * z[j] + b * q[i][j];
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    r[i][j] = i == j ? 1 : q[i][j] / Math.sqrt(q[i][i] * q[j][j]);
                }
            }
            told.take(t, r);
            if (t < innovations.length) {
                sum += gain(innovations[t]);
            }
        }
        return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }

    /// Hears correlations.
    @FunctionalInterface
    interface CorrelationSink {
        /// @param correlations reused: to be copied by who keeps them
        void take(int time, double[][] correlations);
    }

    /// `-(ln |R| + z^T R^-1 z - z^T z) / 2` by Cholesky, in place below the diagonal of `r`.
    private double gain(double[] z) {
        double logs = 0;
        double squares = 0;
        double plain = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = r[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= r[i][k] * r[j][k];
                }
                if (i == j) {
                    if (!(sum > 0)) {
                        return Double.NaN;
                    }
                    r[i][i] = Math.sqrt(sum);
                } else {
                    r[i][j] = sum / r[j][j];
                }
            }
            double rest = z[i];
            for (int k = 0; k < i; k++) {
                rest -= r[i][k] * solved[k];
            }
            solved[i] = rest / r[i][i];
            logs += 2 * Math.log(r[i][i]);
            squares += solved[i] * solved[i];
            plain += z[i] * z[i];
        }
        return -0.5 * (logs + squares - plain);
    }
}
