package dev.tranche.market.statistics;

import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/// The inverse of a symmetric matrix, where it is surely positive definite, as an information matrix is at a
/// maximum. Pure functions.
public final class PositiveDefinite {
    /// The least eigenvalue, the matrix being scaled to a diagonal of ones, that is not taken for rounding.
    public static final double LEAST = 1e-9;

    private PositiveDefinite() {}

    /// The inverse; empty when the matrix is not positive definite or holds a number that is not finite. Its
    /// rows and columns may be in any units: they are scaled to a diagonal of ones first.
    ///
    /// @param matrix symmetric, of one row at least
    public static Optional<RealMatrix> inverse(RealMatrix matrix) {
        int size = matrix.getRowDimension();
        double[] scale = new double[size];
        double[][] scaled = new double[size][size];
        for (int i = 0; i < size; i++) {
            scale[i] = 1 / Math.sqrt(matrix.getEntry(i, i));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double mean = 0.5 * (matrix.getEntry(i, j) + matrix.getEntry(j, i));
                scaled[i][j] = mean * scale[i] * scale[j];
                if (!Double.isFinite(scaled[i][j])) {
                    return Optional.empty();
                }
            }
        }
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(scaled, false));
        double[] values = eigen.getEigenvalues();
        for (double value : values) {
            if (!(value > LEAST)) {
                return Optional.empty();
            }
        }
        RealMatrix vectors = eigen.getV();
        double[][] inverse = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    inverse[i][j] += vectors.getEntry(i, k) * vectors.getEntry(j, k) / values[k];
                }
                inverse[i][j] *= scale[i] * scale[j];
            }
        }
        return Optional.of(new Array2DRowRealMatrix(inverse, false));
    }
}
