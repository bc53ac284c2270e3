package dev.tranche.market.volatility;

import dev.tranche.market.statistics.PositiveDefinite;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/// The moments of all steps of a dynamic correlation, one row a time, and their mean derivatives, in the
/// order: the numbers of each volatility, the lower triangle of `S`, `a`, `b`. See [CorrelationErrors#of].
/// One thread.
final class StepMoments {
    private static final double DIFFERENCE = Math.cbrt(Math.ulp(1.0));

    private final List<VolatilityFit> volatilities;
    private final double[][] returns;
    private final double a;
    private final double b;
    private final int length;
    private final int series;
    private final int firstMean;
    private final int firstDynamics;
    private final double[][] innovations;
    private final double[][] mean;
    private final double[][] moments;
    private final double[][] slopes;
    private final CorrelationScores scores;

    StepMoments(List<VolatilityFit> volatilities, double[][] returns, double a, double b) {
        this.volatilities = volatilities;
        this.returns = returns;
        this.a = a;
        this.b = b;
        this.length = returns[0].length;
        this.series = returns.length;
        this.firstMean =
                volatilities.stream().mapToInt(each -> each.parameters().size()).sum();
        this.firstDynamics = firstMean + series * (series + 1) / 2;
        this.innovations = new double[length][series];
        for (int i = 0; i < series; i++) {
            put(innovations, i, volatilities.get(i).innovations(returns[i]));
        }
        this.mean = new CorrelationPath(innovations).mean();
        this.moments = new double[length][firstDynamics + 2];
        this.slopes = new double[firstDynamics + 2][firstDynamics + 2];
        this.scores = new CorrelationScores(series);
    }

    CorrelationErrors errors() {
        for (int i = 0, at = 0; i < series; i++) {
            byVolatility(i, at);
            at += volatilities.get(i).parameters().size();
        }
        byMean();
        byDynamics();
        RealMatrix second = new Array2DRowRealMatrix(slopes)
                .getSubMatrix(firstDynamics, firstDynamics + 1, firstDynamics, firstDynamics + 1)
                .scalarMultiply(-length);
        Optional<RealMatrix> alone = PositiveDefinite.inverse(second);
        if (alone.isEmpty()) {
            return new CorrelationErrors.Refused("the information about a and b is not positive definite");
        }
        int lags = (int) Math.ceil(1.2 * Math.cbrt(length));
        RealMatrix variance = new Array2DRowRealMatrix(longRun(lags), false);
        LUDecomposition transposed = new LUDecomposition(new Array2DRowRealMatrix(slopes).transpose(), 0);
        if (!transposed.getSolver().isNonSingular()) {
            return new CorrelationErrors.Refused("the steps do not determine their numbers");
        }
        return new CorrelationErrors.Found(
                new CorrelationErrors.Pair(
                        error(transposed, variance, firstDynamics), error(transposed, variance, firstDynamics + 1)),
                new CorrelationErrors.Pair(
                        Math.sqrt(alone.get().getEntry(0, 0)),
                        Math.sqrt(alone.get().getEntry(1, 1))),
                lags);
    }

    /// The error of one number: a row of `G^-1` on both sides of the variance of the moments.
    private double error(LUDecomposition transposed, RealMatrix variance, int at) {
        double[] unit = new double[slopes.length];
        unit[at] = 1;
        RealVector row =
                transposed.getSolver().solve(new Array2DRowRealMatrix(unit)).getColumnVector(0);
        return Math.sqrt(row.dotProduct(variance.operate(row)) / length);
    }

    /// What each number of a volatility moves: its own gradients, `z z^T`, the gradients by `a` and `b`.
    private void byVolatility(int one, int from) {
        VolatilityFit fit = volatilities.get(one);
        VariancePath path = new VariancePath(fit.form(), returns[one]);
        double[] theta = fit.parameters().stream().mapToDouble(each -> each).toArray();
        for (int p = 0; p < theta.length; p++) {
            double size =
                    Math.max(Math.abs(theta[p]), Math.abs(fit.errors().hessian().get(p)));
            double kept = theta[p];
            double step = DIFFERENCE * size;
            double[][] gradients = new double[2][];
            double[][] logs = new double[2][];
            double[][] means = new double[2][];
            double[][] dynamics = new double[2][];
            for (int side = 0; side < 2; side++) {
                theta[p] = side == 0 ? kept - step : kept + step;
                path.at(theta);
                gradients[side] = path.gradient().clone();
                logs[side] = logs(returns[one], theta[0], path.variances());
                double[][] moved = moved(one, theta[0], path.variances());
                means[side] = triangle(new CorrelationPath(moved).mean());
                dynamics[side] = scores.at(a, b, mean, moved, (_, _, _) -> {});
            }
            theta[p] = kept;
            for (int t = 0; t < length; t++) {
                moments[t][from + p] = (logs[1][t] - logs[0][t]) / (2 * step);
            }
            for (int q = 0; q < theta.length; q++) {
                slopes[from + q][from + p] = (gradients[1][q] - gradients[0][q]) / (2 * step * length);
            }
            for (int q = 0; q < means[0].length; q++) {
                slopes[firstMean + q][from + p] = (means[1][q] - means[0][q]) / (2 * step);
            }
            byDynamics(from + p, dynamics, step);
        }
    }

    private void byMean() {
        for (int i = 0, at = firstMean; i < series; i++) {
            for (int j = 0; j <= i; j++, at++) {
                for (int t = 0; t < length; t++) {
                    moments[t][at] = innovations[t][i] * innovations[t][j] - mean[i][j];
                }
                slopes[at][at] = -1;
                double kept = mean[i][j];
                double[][] dynamics = new double[2][];
                for (int side = 0; side < 2; side++) {
                    mean[i][j] = side == 0 ? kept - DIFFERENCE : kept + DIFFERENCE;
                    mean[j][i] = mean[i][j];
                    dynamics[side] = scores.at(a, b, mean, innovations, (_, _, _) -> {});
                }
                mean[i][j] = kept;
                mean[j][i] = kept;
                byDynamics(at, dynamics, DIFFERENCE);
            }
        }
    }

    private void byDynamics() {
        scores.at(a, b, mean, innovations, (time, byA, byB) -> {
            moments[time][firstDynamics] = byA;
            moments[time][firstDynamics + 1] = byB;
        });
        double stepA = DIFFERENCE * a;
        byDynamics(
                firstDynamics,
                new double[][] {
                    scores.at(a - stepA, b, mean, innovations, (_, _, _) -> {}),
                    scores.at(a + stepA, b, mean, innovations, (_, _, _) -> {})
                },
                stepA);
        double stepB = DIFFERENCE * Math.min(b, 1 - a - b);
        byDynamics(
                firstDynamics + 1,
                new double[][] {
                    scores.at(a, b - stepB, mean, innovations, (_, _, _) -> {}),
                    scores.at(a, b + stepB, mean, innovations, (_, _, _) -> {})
                },
                stepB);
    }

    private void byDynamics(int column, double[][] sides, double step) {
        for (int q = 0; q < 2; q++) {
            slopes[firstDynamics + q][column] = (sides[1][q] - sides[0][q]) / (2 * step * length);
        }
    }

    /// The long-run variance of the moments, autocovariances weighted down to nought past `lags`.
    private double[][] longRun(int lags) {
        int size = firstDynamics + 2;
        double[][] variance = new double[size][size];
        for (int lag = 0; lag <= lags; lag++) {
            double weight = (1 - lag / (lags + 1.0)) / length;
            for (int t = lag; t < length; t++) {
                for (int i = 0; i < size; i++) {
                    double now = weight * moments[t][i];
                    double then = weight * moments[t - lag][i];
                    for (int j = 0; j < size; j++) {
                        variance[i][j] += now * moments[t - lag][j];
                        variance[i][j] += lag == 0 ? 0 : then * moments[t][j];
                    }
                }
            }
        }
        return variance;
    }

    private double[][] moved(int one, double mu, double[] variances) {
        double[][] moved = new double[length][];
        for (int t = 0; t < length; t++) {
            moved[t] = innovations[t].clone();
            moved[t][one] = (returns[one][t] - mu) / Math.sqrt(variances[t]);
        }
        return moved;
    }

    private static double[] logs(double[] returns, double mu, double[] variances) {
        double[] logs = new double[returns.length];
        for (int t = 0; t < logs.length; t++) {
            double e = returns[t] - mu;
            logs[t] = -0.5 * (Math.log(variances[t]) + e * e / variances[t]);
        }
        return logs;
    }

    private static double[] triangle(double[][] matrix) {
        double[] triangle = new double[matrix.length * (matrix.length + 1) / 2];
        for (int i = 0, at = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                triangle[at++] = matrix[i][j];
            }
        }
        return triangle;
    }

    private static void put(double[][] columns, int at, double[] values) {
        for (int t = 0; t < values.length; t++) {
            columns[t][at] = values[t];
        }
    }
}
