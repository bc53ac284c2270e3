package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DynamicCorrelationTest {
    /// Two series of the model itself with `a` = 0.05 and `b` = 0.9, of a mean correlation of 0.6.
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

    @Test
    void theDynamicsThatMadeTheSeriesComeBack() {
        DynamicCorrelation found = DynamicCorrelation.fit(VolatilityForm.GARCH, simulated(8000, 21, 0.05, 0.9));

        assertThat(found.terms().a()).isCloseTo(0.05, within(0.015));
        assertThat(found.terms().b()).isCloseTo(0.9, within(0.03));
    }

    @Test
    void withoutDynamicsItIsTheConstantCorrelationOfTheInnovations() {
        double[][] returns = simulated(1500, 22, 0.05, 0.9);
        DynamicCorrelation still = DynamicCorrelation.of(VolatilityForm.GARCH, returns, 0, 0);
        double[] x = still.volatilities().get(0).innovations(returns[0]);
        double[] y = still.volatilities().get(1).innovations(returns[1]);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int t = 0; t < x.length; t++) {
            xy += x[t] * y[t];
            xx += x[t] * x[t];
            yy += y[t] * y[t];
        }

        assertThat(still.correlations(0, 1)).containsOnly(new double[] {xy / Math.sqrt(xx * yy)}, within(1e-12));
        assertThat(DynamicCorrelation.fit(VolatilityForm.GARCH, returns).terms().logLikelihood())
                .isGreaterThan(still.terms().logLikelihood());
    }

    @Test
    void theLikelihoodIsThatOfTheSeriesAloneAndWhatTheCorrelationsAdd() {
        DynamicCorrelation fit = DynamicCorrelation.fit(VolatilityForm.GARCH, simulated(800, 23, 0.05, 0.9));
        double alone = fit.volatilities().get(0).logLikelihood()
                + fit.volatilities().get(1).logLikelihood();

        assertThat(fit.terms().logLikelihood()).isEqualTo(alone + fit.terms().added());
        assertThat(fit.terms().added()).isPositive();
    }

    @Test
    void correlationsStayWithinOneAndTheNextCovarianceIsPositiveDefinite() {
        DynamicCorrelation fit = DynamicCorrelation.of(VolatilityForm.GARCH, simulated(500, 24, 0.3, 0.6), 0.3, 0.65);

        for (double rho : fit.correlations(0, 1)) {
            assertThat(rho).isBetween(-1.0, 1.0);
        }
        assertThat(fit.correlations(1, 1)).containsOnly(1.0);
        double determinant = fit.nextCovariance(0, 0) * fit.nextCovariance(1, 1)
                - fit.nextCovariance(0, 1) * fit.nextCovariance(1, 0);
        assertThat(determinant).isPositive();
        assertThat(fit.nextCovariance(0, 0)).isEqualTo(fit.volatilities().get(0).next());
    }

    @Test
    void seriesThatDoNotBelongTogetherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamicCorrelation.fit(VolatilityForm.GARCH, new double[1][100]))
                .withMessage("a correlation needs at least 2 series: 1");
        double[][] uneven = {simulated(200, 1, 0, 0)[0], new double[100]};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamicCorrelation.fit(VolatilityForm.GARCH, uneven))
                .withMessage("series must be equally long: 200 and 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamicCorrelation.of(VolatilityForm.GARCH, simulated(200, 1, 0, 0), 0.5, 0.5))
                .withMessageContaining("a + b below 1");
    }
}
