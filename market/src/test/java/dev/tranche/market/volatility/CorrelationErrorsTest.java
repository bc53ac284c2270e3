package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrelationErrorsTest {
    /// Two series of the model itself, of a mean correlation of 0.6.
    private static double[][] simulated(int size, long seed, double a, double b) {
        Random random = new Random(seed);
        double[][] returns = new double[2][size];
        double[] h = {1, 1};
        double[][] q = {{1, 0.6}, {0.6, 1}};
        for (int t = 0; t < size; t++) {
            double rho = q[0][1] / Math.sqrt(q[0][0] * q[1][1]);
            double[] z = {random.nextGaussian(), random.nextGaussian()};
            z[1] = rho * z[0] + Math.sqrt(1 - rho * rho) * z[1];
            for (int i = 0; i < 2; i++) {
                returns[i][t] = z[i] * Math.sqrt(h[i]);
                h[i] = 0.05 + 0.05 * returns[i][t] * returns[i][t] + 0.9 * h[i];
                for (int j = 0; j < 2; j++) {
                    q[i][j] = (1 - a - b) * (i == j ? 1 : 0.6) + a * z[i] * z[j] + b * q[i][j];
                }
            }
        }
        return returns;
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        return Math.sqrt(values.stream()
                        .mapToDouble(each -> (each - mean) * (each - mean))
                        .sum()
                / (values.size() - 1));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    /// Of thirty samples the spread itself is known to an eighth: the bounds are about three of those.
    @Test
    void estimatesOfManySamplesSpreadAsTheErrorsOfEachSay() {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        List<Double> errorsOfA = new ArrayList<>();
        List<Double> errorsOfB = new ArrayList<>();
        for (int sample = 0; sample < 30; sample++) {
            double[][] returns = simulated(1000, 1000 + sample, 0.1, 0.8);
            DynamicCorrelation fit = DynamicCorrelation.fit(VolatilityForm.GARCH, returns);
            assertThat(CorrelationErrors.of(fit, returns))
                    .isInstanceOfSatisfying(CorrelationErrors.Found.class, found -> {
                        errorsOfA.add(found.both().a());
                        errorsOfB.add(found.both().b());
                        assertThat(found.lags()).isEqualTo(12);
                    });
            a.add(fit.terms().a());
            b.add(fit.terms().b());
        }

        assertThat(mean(errorsOfA) / deviation(a)).isBetween(0.7, 1.4);
        assertThat(mean(errorsOfB) / deviation(b)).isBetween(0.7, 1.4);
        assertThat(Math.abs(mean(a) - 0.1)).isLessThan(3 * mean(errorsOfA) / Math.sqrt(30));
        assertThat(Math.abs(mean(b) - 0.8)).isLessThan(3 * mean(errorsOfB) / Math.sqrt(30));
    }

    @Test
    void errorsOfTheSecondStepAloneAreThoseOfItsOwnCurvature() {
        double[][] returns = simulated(1500, 5, 0.1, 0.8);
        DynamicCorrelation fit = DynamicCorrelation.fit(VolatilityForm.GARCH, returns);
        CorrelationPath path = new CorrelationPath(innovations(fit, returns));
        double a = fit.terms().a();
        double b = fit.terms().b();
        double h = 1e-3;
        double middle = path.at(a, b, (_, _) -> {});
        double aa = (path.at(a + h, b, (_, _) -> {}) - 2 * middle + path.at(a - h, b, (_, _) -> {})) / (h * h);
        double bb = (path.at(a, b + h, (_, _) -> {}) - 2 * middle + path.at(a, b - h, (_, _) -> {})) / (h * h);
        double ab = (path.at(a + h, b + h, (_, _) -> {})
                        - path.at(a + h, b - h, (_, _) -> {})
                        - path.at(a - h, b + h, (_, _) -> {})
                        + path.at(a - h, b - h, (_, _) -> {}))
                / (4 * h * h);

        assertThat(CorrelationErrors.of(fit, returns)).isInstanceOfSatisfying(CorrelationErrors.Found.class, found -> {
            assertThat(found.alone().a() / Math.sqrt(-bb / (aa * bb - ab * ab))).isCloseTo(1, within(0.01));
            assertThat(found.alone().b() / Math.sqrt(-aa / (aa * bb - ab * ab))).isCloseTo(1, within(0.01));
        });
    }

    @Test
    void theGradientIsThatOfTheLikelihood() {
        double[][] returns = simulated(300, 6, 0.1, 0.8);
        double[][] innovations = innovations(DynamicCorrelation.of(VolatilityForm.GARCH, returns, 0.1, 0.8), returns);
        CorrelationPath path = new CorrelationPath(innovations);
        double[] gradient = new CorrelationScores(2).at(0.07, 0.7, path.mean(), innovations, (_, _, _) -> {});
        double h = 1e-5;

        assertThat(gradient[0])
                .isCloseTo(
                        (path.at(0.07 + h, 0.7, (_, _) -> {}) - path.at(0.07 - h, 0.7, (_, _) -> {})) / (2 * h),
                        within(1e-4));
        assertThat(gradient[1])
                .isCloseTo(
                        (path.at(0.07, 0.7 + h, (_, _) -> {}) - path.at(0.07, 0.7 - h, (_, _) -> {})) / (2 * h),
                        within(1e-4));
    }

    /// Three series whose correlations move together, of margins with and without a leverage.
    private static double[][] three(VolatilityForm form, int size, long seed) {
        Random random = new Random(seed);
        double[][] returns = new double[3][size];
        double[] h = {1, 1, 1};
        double[][] mean = {{1, 0.6, 0.3}, {0.6, 1, 0.45}, {0.3, 0.45, 1}};
        double[][] q = {mean[0].clone(), mean[1].clone(), mean[2].clone()};
        for (int t = 0; t < size; t++) {
            double[] z = correlated(q, random);
            for (int i = 0; i < 3; i++) {
                double e = z[i] * Math.sqrt(h[i]);
                returns[i][t] = e;
                h[i] = switch (form) {
                    case GARCH -> 0.05 + 0.08 * e * e + 0.87 * h[i];
                    case GJR -> 0.05 + (0.04 + (e < 0 ? 0.1 : 0)) * e * e + 0.86 * h[i];
                    case EGARCH ->
                        Math.exp(
                                -0.08 * z[i] + 0.2 * (Math.abs(z[i]) - Math.sqrt(2 / Math.PI)) + 0.94 * Math.log(h[i]));
                };
                for (int j = 0; j < 3; j++) {
                    q[i][j] = 0.1 * mean[i][j] + 0.1 * z[i] * z[j] + 0.8 * q[i][j];
                }
            }
        }
        return returns;
    }

    /// Normals of the correlations of `q`, by its Cholesky factor.
    private static double[] correlated(double[][] q, Random random) {
        double[][] factor = new double[3][3];
        double[] plain = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] z = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double left = q[i][j] / Math.sqrt(q[i][i] * q[j][j]);
                for (int k = 0; k < j; k++) {
                    left -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(left) : left / factor[j][j];
                z[i] += factor[i][j] * plain[j];
            }
        }
        return z;
    }

    @ParameterizedTest
    @EnumSource(VolatilityForm.class)
    void errorsOfThreeSeriesDoNotHangOnTheirOrderWhateverTheMargins(VolatilityForm form) {
        double[][] returns = three(form, 1200, 21);
        double[][] turned = {returns[2], returns[0], returns[1]};
        DynamicCorrelation fit = DynamicCorrelation.fit(form, returns);
        DynamicCorrelation other = DynamicCorrelation.fit(form, turned);

        assertThat(CorrelationErrors.of(fit, returns)).isInstanceOfSatisfying(CorrelationErrors.Found.class, one -> {
            assertThat(CorrelationErrors.of(other, turned))
                    .isInstanceOfSatisfying(CorrelationErrors.Found.class, two -> {
                        assertThat(two.both().a()).isCloseTo(one.both().a(), withinPercentage(1));
                        assertThat(two.both().b()).isCloseTo(one.both().b(), withinPercentage(1));
                        assertThat(two.alone().a()).isCloseTo(one.alone().a(), withinPercentage(1));
                        assertThat(two.alone().b()).isCloseTo(one.alone().b(), withinPercentage(1));
                    });
            assertThat(fit.terms().a()).isCloseTo(0.1, within(4 * one.both().a()));
            assertThat(fit.terms().b()).isCloseTo(0.8, within(4 * one.both().b()));
            assertThat(one.both().a() / one.alone().a()).isBetween(0.6, 2.0);
            assertThat(one.both().b() / one.alone().b()).isBetween(0.6, 2.5);
        });
    }

    @ParameterizedTest
    @EnumSource(VolatilityForm.class)
    void theGradientOfThreeSeriesIsThatOfTheLikelihood(VolatilityForm form) {
        double[][] returns = three(form, 300, 22);
        double[][] innovations = innovations(DynamicCorrelation.of(form, returns, 0.1, 0.8), returns);
        CorrelationPath path = new CorrelationPath(innovations);
        double[] gradient = new CorrelationScores(3).at(0.07, 0.7, path.mean(), innovations, (_, _, _) -> {});
        double h = 1e-5;
        double byA = (path.at(0.07 + h, 0.7, (_, _) -> {}) - path.at(0.07 - h, 0.7, (_, _) -> {})) / (2 * h);
        double byB = (path.at(0.07, 0.7 + h, (_, _) -> {}) - path.at(0.07, 0.7 - h, (_, _) -> {})) / (2 * h);

        assertThat(gradient[0]).isCloseTo(byA, within(1e-3));
        assertThat(gradient[1]).isCloseTo(byB, within(1e-3));
    }

    /// Of ten samples the spread is known to a quarter: the bounds are two and a half of those.
    @Test
    void estimatesOfThreeSeriesWithLeverageSpreadAsTheErrorsOfEachSay() {
        List<Double> a = new ArrayList<>();
        List<Double> errorsOfA = new ArrayList<>();
        for (int sample = 0; sample < 10; sample++) {
            double[][] returns = three(VolatilityForm.GJR, 700, 300 + sample);
            DynamicCorrelation fit = DynamicCorrelation.fit(VolatilityForm.GJR, returns);
            if (CorrelationErrors.of(fit, returns) instanceof CorrelationErrors.Found found) {
                a.add(fit.terms().a());
                errorsOfA.add(found.both().a());
            }
        }

        assertThat(a).as("some margins lie at a bound").hasSizeGreaterThan(5);
        assertThat(mean(errorsOfA) / deviation(a)).isBetween(0.5, 2.2);
        assertThat(Math.abs(mean(a) - 0.1)).isLessThan(3 * mean(errorsOfA) / Math.sqrt(a.size()));
    }

    @Test
    void aVolatilityAtItsBoundIsNamedWithItsNumbers() {
        double[][] returns = simulated(400, 8, 0.1, 0.8);
        DynamicCorrelation fit = DynamicCorrelation.of(VolatilityForm.GARCH, returns, 0.1, 0.8);
        VolatilityFit inner = fit.volatilities().get(1);
        List<Double> none = List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        VolatilityFit atBound = new VolatilityFit(
                VolatilityForm.GARCH,
                List.of(0.5, 0.25, 0.0, 0.75),
                new VolatilityFit.Errors(none, none, none),
                inner.logLikelihood(),
                inner.variances(),
                inner.next(),
                inner.steps());

        assertThat(CorrelationErrors.atBound(List.of(inner, atBound)))
                .contains(new CorrelationErrors.Refused(
                        "the volatility of series 1 has no errors of its own, as when a number lies at its bound:"
                                + " mu 0.5, omega 0.25, alpha 0.0, beta 0.75"));
        assertThat(CorrelationErrors.atBound(List.of(inner))).isEmpty();
    }

    @Test
    void aCorrelationThatStandsStillHasNoErrorsOfItsDynamics() {
        double[][] returns = simulated(400, 7, 0.1, 0.8);

        assertThat(CorrelationErrors.of(DynamicCorrelation.of(VolatilityForm.GARCH, returns, 0, 0), returns))
                .isEqualTo(new CorrelationErrors.Refused("a or b lies at its bound: 0.0, 0.0"));
    }

    private static double[][] innovations(DynamicCorrelation fit, double[][] returns) {
        double[][] innovations = new double[returns[0].length][returns.length];
        for (int i = 0; i < returns.length; i++) {
            double[] z = fit.volatilities().get(i).innovations(returns[i]);
            for (int t = 0; t < z.length; t++) {
                innovations[t][i] = z[t];
            }
        }
        return innovations;
    }
}
