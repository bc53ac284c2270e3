package dev.tranche.market.volatility;

/// The variances that a set of parameters gives a series, with their derivatives: the likelihood of the
/// series, its gradient and the sum of the outer products of the gradients of its terms.
///
/// The derivatives follow the recursion of the variance itself (G. Fiorentini, G. Calzolari, L. Panattoni,
/// "Analytic derivatives and the computation of GARCH estimates", Journal of Applied Econometrics 11, 1996).
/// One pass over the series; no allocation but in the constructor. One thread.
final class VariancePath {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    /// Mean of the absolute value of a standard normal.
    static final double MEAN_ABSOLUTE = Math.sqrt(2 / Math.PI);
    /// Nobody's variance; beyond it the exponential of an EGARCH is on its way to infinity.
    private static final double MOST_LOG = 200;

    private final VolatilityForm form;
    private final double[] returns;
    private final int size;
    private final double[] gradient;
    private final double[][] products;
    private final double[] variances;
    private final double[] slope;
    private final double[] term;
    private double next;

    VariancePath(VolatilityForm form, double[] returns) {
        this.form = form;
        this.returns = returns;
        this.size = form.parameters().size();
        this.gradient = new double[size];
        this.products = new double[size][size];
        this.variances = new double[returns.length];
        this.slope = new double[size];
        this.term = new double[size];
    }

    /// The gradient at the last parameters.
    double[] gradient() {
        return gradient;
    }

    /// The sum of outer products at the last parameters.
    double[][] products() {
        return products;
    }

    /// The variance of each return at the last parameters.
    double[] variances() {
        return variances;
    }

    /// The variance of the return after the last.
    double next() {
        return next;
    }

    /// The log-likelihood; negative infinity where a variance is not a positive number.
    double at(double[] theta) {
        double mean = 0;
        double square = 0;
        for (double each : returns) {
            double e = each - theta[0];
            mean += e;
            square += e * e;
        }
        mean /= returns.length;
        square /= returns.length;
        clear();
        return switch (form) {
            case GARCH, GJR -> linear(theta, square, -2 * mean);
            case EGARCH -> exponential(theta, square, -2 * mean);
        };
    }

    private void clear() {
        for (int i = 0; i < size; i++) {
            gradient[i] = 0;
            slope[i] = 0;
            java.util.Arrays.fill(products[i], 0);
        }
    }

    /// @param square mean squared residual
    /// @param squareSlope its derivative by `mu`
    private double linear(double[] theta, double square, double squareSlope) {
        boolean leaning = form == VolatilityForm.GJR;
        double alpha = theta[2];
        double beta = theta[3];
        double gamma = leaning ? theta[4] : 0;
        double before = square;
        double push = square;
        double pushSlope = squareSlope;
        double fall = 0.5;
        slope[0] = squareSlope;
        double sum = 0;
        for (int t = 0; t <= returns.length; t++) {
            double weight = alpha + gamma * fall;
            double h = theta[1] + weight * push + beta * before;
            slope[0] = weight * pushSlope + beta * slope[0];
            slope[1] = 1 + beta * slope[1];
            slope[2] = push + beta * slope[2];
            slope[3] = before + beta * slope[3];
            if (leaning) {
                slope[4] = fall * push + beta * slope[4];
            }
            if (t == returns.length) {
                next = h;
                break;
            }
            if (!(h > 0 && h < Double.MAX_VALUE)) {
                return Double.NEGATIVE_INFINITY;
            }
            double e = returns[t] - theta[0];
            sum += add(t, e, h, 1 / h);
            before = h;
            push = e * e;
            pushSlope = -2 * e;
            fall = e < 0 ? 1 : 0;
        }
        return sum;
    }

    /// `slope` holds the derivatives of the logarithm of the variance here.
    private double exponential(double[] theta, double square, double squareSlope) {
        double log = Math.log(square);
        slope[0] = squareSlope / square;
        double sum = 0;
        for (int t = 0; t <= returns.length; t++) {
            if (t > 0) {
                double e = returns[t - 1] - theta[0];
                double root = Math.exp(-0.5 * log);
                double z = e * root;
                double push = theta[2] + theta[4] * Math.signum(z);
                for (int i = 0; i < size; i++) {
                    double dz = -0.5 * z * slope[i] - (i == 0 ? root : 0);
                    slope[i] = push * dz + theta[3] * slope[i];
                }
                slope[1] += 1;
                slope[2] += z;
                slope[3] += log;
                slope[4] += Math.abs(z) - MEAN_ABSOLUTE;
                log = theta[1] + theta[2] * z + theta[4] * (Math.abs(z) - MEAN_ABSOLUTE) + theta[3] * log;
            }
            if (!(Math.abs(log) < MOST_LOG)) {
                return Double.NEGATIVE_INFINITY;
            }
            double h = Math.exp(log);
            if (t == returns.length) {
                next = h;
                break;
            }
            sum += add(t, returns[t] - theta[0], h, 1);
        }
        return sum;
    }

    /// Adds the term of one return.
    ///
    /// @param perSlope what turns `slope` into the derivative of the logarithm of the variance
    private double add(int t, double e, double h, double perSlope) {
        variances[t] = h;
        double z = e * e / h;
        double pull = 0.5 * (z - 1) * perSlope;
        for (int i = 0; i < size; i++) {
            term[i] = pull * slope[i];
        }
        term[0] += e / h;
        for (int i = 0; i < size; i++) {
            gradient[i] += term[i];
            for (int j = 0; j <= i; j++) {
                products[i][j] += term[i] * term[j];
                products[j][i] = products[i][j];
            }
        }
        return -0.5 * (LOG_TWO_PI + Math.log(h) + z);
    }
}
