package dev.tranche.market.pricing;

import org.jspecify.annotations.Nullable;

/// Weighted linear least squares in a few unknowns, each within `0..upper`: every choice of which unknowns
/// lie on which bound is tried, so that the answer is exact, and quick for the three unknowns of a smile. One
/// use, one thread.
final class BoxLeastSquares {
    /// Writes the coefficients of an observation.
    @FunctionalInterface
    interface Observation {
        void of(int i, double[] row);
    }

    private static final double SINGULAR = 1e-14;

    private final int size;
    private final double[][] square;
    private final double[] right;

    BoxLeastSquares(int size) {
        this.size = size;
        this.square = new double[size][size];
        this.right = new double[size];
    }

    /// The unknowns that minimise the sum of `weight (coefficients * unknowns - value)^2`.
    double[] solve(Observation observation, double[] value, double[] weight, double[] upper) {
        double[] row = new double[size];
        for (int i = 0; i < value.length; i++) {
            observation.of(i, row);
            for (int p = 0; p < size; p++) {
                right[p] += weight[i] * row[p] * value[i];
                for (int q = 0; q < size; q++) {
                    square[p][q] += weight[i] * row[p] * row[q];
                }
            }
        }
        int choices = 1;
        for (int p = 0; p < size; p++) {
            choices *= 3;
        }
        double[] best = new double[size];
        double least = Double.POSITIVE_INFINITY;
        for (int choice = 0; choice < choices; choice++) {
            double[] x = candidate(choice, upper);
            if (x != null) {
                double cost = cost(x);
                if (cost < least) {
                    least = cost;
                    best = x;
                }
            }
        }
        return best;
    }

    /// Half of the sum of squares, but for a constant.
    private double cost(double[] x) {
        double cost = 0;
        for (int p = 0; p < size; p++) {
            double inner = 0;
            for (int q = 0; q < size; q++) {
                inner += square[p][q] * x[q];
            }
            cost += x[p] * (0.5 * inner - right[p]);
        }
        return cost;
    }

    /// The minimum with each unknown free (0), at nought (1) or at its upper bound (2), as the digits of
    /// `choice` to the base three say; null when it lies outside the box or is not determined.
    private double @Nullable [] candidate(int choice, double[] upper) {
        double[] x = new double[size];
        int[] free = new int[size];
        int count = 0;
        int digits = choice;
        for (int p = 0; p < size; p++) {
            int digit = digits % 3;
            digits /= 3;
            if (digit == 0) {
                free[count++] = p;
            } else {
                x[p] = digit == 1 ? 0 : upper[p];
            }
        }
        double[][] system = new double[count][count + 1];
        for (int i = 0; i < count; i++) {
            int p = free[i];
            double rest = right[p];
            for (int q = 0; q < size; q++) {
                rest -= square[p][q] * x[q];
            }
            for (int j = 0; j < count; j++) {
                system[i][j] = square[p][free[j]];
            }
            system[i][count] = rest;
        }
        if (!eliminate(system, count)) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            double value = system[i][count];
            if (!(value >= 0 && value <= upper[free[i]])) {
                return null;
            }
            x[free[i]] = value;
        }
        return x;
    }

    /// Gauss and Jordan with the largest pivot; false when the system is singular.
    private static boolean eliminate(double[][] system, int count) {
        for (int column = 0; column < count; column++) {
            int pivot = column;
            for (int i = column + 1; i < count; i++) {
                pivot = Math.abs(system[i][column]) > Math.abs(system[pivot][column]) ? i : pivot;
            }
            double[] swapped = system[column];
            system[column] = system[pivot];
            system[pivot] = swapped;
            double head = system[column][column];
            if (Math.abs(head) < SINGULAR) {
                return false;
            }
            for (int j = column; j <= count; j++) {
                system[column][j] /= head;
            }
            for (int i = 0; i < count; i++) {
                double factor = system[i][column];
                if (i != column && factor != 0) {
                    for (int j = column; j <= count; j++) {
                        system[i][j] -= factor * system[column][j];
                    }
                }
            }
        }
        return true;
    }
}
