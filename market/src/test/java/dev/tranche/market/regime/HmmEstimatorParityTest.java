package dev.tranche.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The federal funds rate in two regimes with one variance: the estimates that Stata 14 (`mswitch`) prints and
/// statsmodels 0.13.5 holds in its tests. Both begin in the chain's long-run distribution.
class HmmEstimatorParityTest {
    @Test
    void theFederalFundsRateHasTheRegimesThatStataFinds() throws IOException {
        HmmTerms terms = new HmmTerms(2, true, true, 2, 20_000, 1e-12);
        HmmEstimator.Fit fit = HmmEstimator.fit(fedfunds(), terms, new Random(1));
        GaussianHmm model = fit.model();

        assertThat(fit.settled()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(-508.63592, within(5e-6));
        assertThat(model.move().get(0).get(0)).isCloseTo(.9820939, within(2e-6));
        assertThat(model.move().get(1).get(0)).isCloseTo(.0503587, within(2e-6));
        assertThat(model.means().get(0).getFirst()).isCloseTo(3.70877, within(2e-5));
        assertThat(model.means().get(1).getFirst()).isCloseTo(9.556793, within(2e-5));
        assertThat(Math.sqrt(model.covariances().get(0).get(0).get(0))).isCloseTo(2.107562, within(2e-5));
    }

    @Test
    void itsErrorsAreStatasAndNoOpenParameterIsWithoutOne() throws IOException {
        HmmTerms terms = new HmmTerms(2, true, true, 2, 20_000, 1e-12);
        double[][] series = fedfunds();
        GaussianHmm model = HmmEstimator.fit(series, terms, new Random(1)).model();

        assertThat(HmmErrors.of(model, series, terms)).isInstanceOfSatisfying(HmmErrors.Found.class, found -> {
            HmmErrors.Kind hessian = found.hessian();
            assertThat(hessian.move().get(0).get(0)).isCloseTo(.0104002, within(2e-6));
            assertThat(hessian.move().get(0).get(1))
                    .isCloseTo(hessian.move().get(0).get(0), within(1e-12));
            assertThat(hessian.move().get(1).get(0)).isCloseTo(.0268434, within(2e-6));
            assertThat(hessian.means().get(0).getFirst()).isCloseTo(.1767083, within(1e-5));
            assertThat(hessian.means().get(1).getFirst()).isCloseTo(.2999889, within(1e-5));
            assertThat(hessian.covariances().get(0))
                    .isEqualTo(hessian.covariances().get(1));
            assertThat(found.held()).isEmpty();
        });
    }

    private static double[][] fedfunds() throws IOException {
        try (InputStream in = HmmEstimatorParityTest.class.getResourceAsStream("fedfunds.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> new double[] {Double.parseDouble(line)})
                    .toArray(double[][]::new);
        }
    }
}
