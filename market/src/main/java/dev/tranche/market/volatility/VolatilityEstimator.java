package dev.tranche.market.volatility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/// Estimates a volatility by maximum likelihood.
///
/// From a few starts it climbs by the method of Berndt, Hall, Hall and Hausman (Annals of Economic and Social
/// Measurement 3, 1974), whose direction needs first derivatives only and always leads up, each step halved
/// until it gains; the best is then finished by Newton's method with second derivatives, which are
/// differences of the exact gradient, until a step gains less than rounding. Pure functions.
public final class VolatilityEstimator {
    /// The fewest returns an estimate is made from.
    public static final int LEAST = 50;

    private static final int CLIMB_STEPS = 200;
    private static final int NEWTON_STEPS = 30;
    private static final int HALVINGS = 40;
    private static final double CLIMBED = 1e-6;
    private static final double FINISHED = 1e-18;
    private static final double DIFFERENCE = Math.cbrt(Math.ulp(1.0));

    private final VolatilityForm form;
    private final VariancePath path;
    private final double[] scale;
    private int steps;

    private VolatilityEstimator(VolatilityForm form, double[] returns, double square) {
        this.form = form;
        this.path = new VariancePath(form, returns);
        this.scale = new double[form.parameters().size()];
        Arrays.fill(scale, 0.1);
        scale[0] = 0.1 * Math.sqrt(square);
        scale[1] = form == VolatilityForm.EGARCH ? 0.1 : 0.1 * square;
    }

    /// The estimate of a form from returns in any unit, such as per cent.
    ///
    /// @throws IllegalArgumentException when there are fewer than [#LEAST] returns, one is not finite, or
    ///     all are equal
    public static VolatilityFit fit(VolatilityForm form, double[] returns) {
        if (returns.length < LEAST) {
            throw new IllegalArgumentException("an estimate needs at least " + LEAST + " returns: " + returns.length);
        }
        double mean = 0;
        for (int i = 0; i < returns.length; i++) {
            if (!(Math.abs(returns[i]) < 1e100)) {
                throw new IllegalArgumentException("return " + i + " must be a finite number: " + returns[i]);
            }
            mean += returns[i] / returns.length;
        }
        double square = 0;
        for (double each : returns) {
            square += (each - mean) * (each - mean) / returns.length;
        }
        if (square == 0) {
            throw new IllegalArgumentException("returns must not all be equal: " + mean);
        }
        return new VolatilityEstimator(form, returns.clone(), square).fit(mean, square);
    }

    private VolatilityFit fit(double mean, double square) {
        double[] best = {};
        double most = Double.NEGATIVE_INFINITY;
        for (double[] start : form.starts(mean, square)) {
            double[] found = climb(start);
            double likelihood = at(found);
            if (likelihood > most) {
                most = likelihood;
                best = found;
            }
        }
        double[] theta = finish(best);
        RealMatrix curvature = curvature(theta);
        double likelihood = at(theta);
        RealMatrix products = new Array2DRowRealMatrix(path.products());
        return new VolatilityFit(
                form, list(theta), errors(curvature, products), likelihood, list(path.variances()), path.next(), steps);
    }

    private double at(double[] theta) {
        steps++;
        return form.admits(theta) ? path.at(theta) : Double.NEGATIVE_INFINITY;
    }

    private double[] climb(double[] start) {
        double[] theta = start;
        double likelihood = at(theta);
        for (int step = 0; step < CLIMB_STEPS; step++) {
            double[] gradient = path.gradient().clone();
            double[] direction = solve(new Array2DRowRealMatrix(path.products()), gradient);
            double promised = dot(gradient, direction);
            double[] next = uphill(theta, direction, promised, likelihood);
            if (next.length == 0) {
                break;
            }
            double gained = at(next) - likelihood;
            likelihood += gained;
            theta = next;
            if (promised < CLIMBED && gained < CLIMBED) {
                break;
            }
        }
        return theta;
    }

    /// The first of the halved steps that gains a part of what the slope promises; empty when none does.
    private double[] uphill(double[] theta, double[] direction, double promised, double likelihood) {
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] next = moved(theta, direction, length);
            if (at(next) > likelihood + 1e-4 * length * promised) {
                return next;
            }
            length *= 0.5;
        }
        return new double[0];
    }

    private double[] finish(double[] from) {
        double[] theta = from;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double likelihood = at(theta);
            double[] gradient = path.gradient().clone();
            double[] direction = solve(curvature(theta), gradient);
            double promised = dot(gradient, direction);
            if (!(promised > FINISHED * Math.abs(likelihood))) {
                break;
            }
            double[] next = moved(theta, direction, 1);
            // So near to the top only rounding can make a Newton step lose.
            if (!(at(next) > likelihood - 1e-9 * Math.abs(likelihood))) {
                break;
            }
            theta = next;
        }
        return theta;
    }

    /// The second derivatives of the likelihood, with the sign turned.
    private RealMatrix curvature(double[] theta) {
        int size = theta.length;
        double[][] curvature = new double[size][size];
        for (int i = 0; i < size; i++) {
            double step = DIFFERENCE * Math.max(Math.abs(theta[i]), scale[i]);
            double[] moved = theta.clone();
            moved[i] = theta[i] + step;
            double up = moved[i];
            path.at(moved);
            double[] above = path.gradient().clone();
            moved[i] = theta[i] - step;
            double width = up - moved[i];
            path.at(moved);
            for (int j = 0; j < size; j++) {
                curvature[i][j] = (path.gradient()[j] - above[j]) / width;
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (curvature[i][j] + curvature[j][i]);
                curvature[i][j] = mean;
                curvature[j][i] = mean;
            }
        }
        return new Array2DRowRealMatrix(curvature, false);
    }

    private static VolatilityFit.Errors errors(RealMatrix curvature, RealMatrix products) {
        RealMatrix hessian = inverse(curvature);
        return new VolatilityFit.Errors(
                roots(hessian),
                roots(inverse(products)),
                roots(hessian.multiply(products).multiply(hessian)));
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        try {
            return new LUDecomposition(matrix, 0).getSolver().getInverse();
        } catch (MathRuntimeException e) {
            double[][] unknown = new double[matrix.getRowDimension()][matrix.getColumnDimension()];
            for (double[] row : unknown) {
                Arrays.fill(row, Double.NaN);
            }
            return new Array2DRowRealMatrix(unknown, false);
        }
    }

    private static double[] solve(RealMatrix matrix, double[] right) {
        try {
            return new LUDecomposition(matrix, 0)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray();
        } catch (MathRuntimeException e) {
            // Flat in some direction: along the gradient it goes up as well.
            return right;
        }
    }

    private static List<Double> roots(RealMatrix matrix) {
        List<Double> roots = new ArrayList<>();
        for (int i = 0; i < matrix.getRowDimension(); i++) {
            roots.add(Math.sqrt(matrix.getEntry(i, i)));
        }
        return List.copyOf(roots);
    }

    private static double[] moved(double[] theta, double[] direction, double length) {
        double[] moved = theta.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
