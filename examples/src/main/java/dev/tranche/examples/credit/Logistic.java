package dev.tranche.examples.credit;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealVector;

/// A logistic regression fitted by Newton's method.
///
/// @param weights one per input
/// @param intercept log-odds where all inputs are 0
@SuppressWarnings("ArrayRecordComponent") // made once, read by the trainer only
record Logistic(double[] weights, double intercept) {

    private static final int MAX_STEPS = 100;
    private static final double TOLERANCE = 1e-12;

    /// @param inputs rows of equal length
    /// @param targets probabilities to meet, 0..1, one per row
    /// @param ridge penalty on the squared weights (not on the intercept), 0 for none
    static Logistic fit(double[][] inputs, double[] targets, double ridge) {
        int width = inputs[0].length + 1;
        double[] beta = new double[width];
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[width];
            double[][] hessian = new double[width][width];
            for (int row = 0; row < inputs.length; row++) {
                double p = 1 / (1 + StrictMath.exp(-sum(beta, inputs[row])));
                for (int i = 0; i < width; i++) {
                    double xi = i == 0 ? 1 : inputs[row][i - 1];
                    gradient[i] += (targets[row] - p) * xi;
                    for (int j = 0; j <= i; j++) {
                        hessian[i][j] += p * (1 - p) * xi * (j == 0 ? 1 : inputs[row][j - 1]);
                        hessian[j][i] = hessian[i][j];
                    }
                }
            }
            for (int i = 1; i < width; i++) {
                gradient[i] -= ridge * beta[i];
                hessian[i][i] += ridge;
            }
            RealVector move = solve(hessian, gradient);
            for (int i = 0; i < width; i++) {
                beta[i] += move.getEntry(i);
            }
            if (move.getNorm() < TOLERANCE) {
                return new Logistic(java.util.Arrays.copyOfRange(beta, 1, width), beta[0]);
            }
        }
        throw new IllegalStateException("the logistic regression did not settle within " + MAX_STEPS + " steps");
    }

    /// Newton's step; classes that can be told apart without error flatten the curve until there is none.
    private static RealVector solve(double[][] hessian, double[] gradient) {
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false))
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false));
        } catch (MathIllegalArgumentException flat) {
            throw new IllegalStateException("the logistic regression did not settle: its weights run away", flat);
        }
    }

    private static double sum(double[] beta, double[] inputs) {
        double sum = beta[0];
        for (int i = 0; i < inputs.length; i++) {
            sum += beta[i + 1] * inputs[i];
        }
        return sum;
    }
}
