package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
