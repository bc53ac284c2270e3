package dev.tranche.market.volatility;

import java.util.List;

/// How tomorrow's variance follows from today's. All have a constant mean `mu`, `e = r - mu`, and normal
/// innovations `z = e / sqrt(h)`.
public enum VolatilityForm {
    /// `h' = omega + alpha e^2 + beta h` (T. Bollerslev, Journal of Econometrics 31, 1986). The presample
    /// variance and squared residual are the mean squared residual, as in the benchmark of Fiorentini,
    /// Calzolari and Panattoni.
    GARCH("mu omega alpha beta"),
    /// `h' = omega + (alpha + gamma [e < 0]) e^2 + beta h` (L. Glosten, R. Jagannathan, D. Runkle, Journal of
    /// Finance 48, 1993). The presample as in [#GARCH], half of it counted as a fall.
    GJR("mu omega alpha beta gamma"),
    /// `ln h' = omega + alpha z + gamma (|z| - sqrt(2/pi)) + beta ln h` (D. Nelson, Econometrica 59, 1991).
    /// The first variance is the mean squared residual.
    EGARCH("mu omega alpha beta gamma");

    private final String parameters;

    VolatilityForm(String parameters) {
        this.parameters = parameters;
    }

    /// The names of its parameters in the order of an estimate.
    public List<String> parameters() {
        return List.of(parameters.split(" "));
    }

    /// How much of a shock to the variance is left after one step; below 1 when it dies out.
    double persistence(double[] theta) {
        return switch (this) {
            case GARCH -> theta[2] + theta[3];
            case GJR -> theta[2] + 0.5 * theta[4] + theta[3];
            case EGARCH -> theta[3];
        };
    }

    /// Whether every variance is sure to be positive and shocks die out.
    boolean admits(double[] theta) {
        return switch (this) {
            case GARCH -> theta[1] > 0 && theta[2] >= 0 && theta[3] >= 0 && persistence(theta) < 1;
            case GJR ->
                theta[1] > 0 && theta[2] >= 0 && theta[3] >= 0 && theta[2] + theta[4] >= 0 && persistence(theta) < 1;
            case EGARCH -> Math.abs(theta[3]) < 1;
        };
    }

    /// Where to begin, for residuals of a mean square.
    List<double[]> starts(double mean, double square) {
        return switch (this) {
            case GARCH ->
                List.of(
                        new double[] {mean, 0.05 * square, 0.05, 0.9},
                        new double[] {mean, 0.1 * square, 0.1, 0.8},
                        new double[] {mean, 0.3 * square, 0.3, 0.4});
            case GJR ->
                List.of(
                        new double[] {mean, 0.05 * square, 0.03, 0.9, 0.04},
                        new double[] {mean, 0.1 * square, 0.1, 0.8, 0.0});
            case EGARCH ->
                List.of(
                        new double[] {mean, 0.05 * Math.log(square), 0.0, 0.95, 0.2},
                        new double[] {mean, 0.2 * Math.log(square), 0.0, 0.8, 0.3});
        };
    }
}
