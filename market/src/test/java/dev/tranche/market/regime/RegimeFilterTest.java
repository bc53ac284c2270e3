package dev.tranche.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegimeFilterTest {
    private static final GaussianHmm TRUTH = new GaussianHmm(
            List.of(0.6, 0.4),
            List.of(List.of(0.97, 0.03), List.of(0.06, 0.94)),
            List.of(List.of(0.1, 0.5), List.of(-0.2, 2.0)),
            List.of(List.of(List.of(0.2, 0.02), List.of(0.02, 0.1)), List.of(List.of(2.0, 0.3), List.of(0.3, 0.6))));

    private static double[][] simulated(int size, long seed) {
        Random random = new Random(seed);
        double[][] series = new double[size][2];
        int state = 0;
        for (double[] row : series) {
            state = random.nextDouble() < TRUTH.move().get(state).get(0) ? 0 : 1;
            double[][] c = GaussianHmm.matrix(TRUTH.covariances().get(state));
            double a = Math.sqrt(c[0][0]);
            double b = c[0][1] / a;
            double one = random.nextGaussian();
            row[0] = TRUTH.means().get(state).get(0) + a * one;
            row[1] = TRUTH.means().get(state).get(1) + b * one + Math.sqrt(c[1][1] - b * b) * random.nextGaussian();
        }
        return series;
    }

    @Test
    void barsThatComeLaterChangeNoRegimeThatWasSaid() {
        double[][] series = simulated(300, 3);
        double[][] whole = TRUTH.filtered(series);
        for (int length = 1; length <= 300; length += 13) {
            double[][] part = TRUTH.filtered(Arrays.copyOf(series, length));
            for (int t = 0; t < length; t++) {
                assertThat(part[t]).containsExactly(whole[t]);
            }
        }
    }

    @Test
    void smoothingDoesChangeItWhichIsWhyItIsNoLiveRegime() {
        double[][] series = simulated(300, 3);

        assertThat(TRUTH.smoothed(Arrays.copyOf(series, 150))[149]).isNotEqualTo(TRUTH.smoothed(series)[149]);
    }

    @Test
    void barByBarItSaysTheSameAsOverTheWholeSeries() {
        double[][] series = simulated(200, 4);
        double[][] whole = TRUTH.filtered(series);
        RegimeFilter filter = RegimeFilter.of(TRUTH);
        double sum = 0;
        for (int t = 0; t < series.length; t++) {
            sum += filter.on(series[t]);
            assertThat(filter.probabilities()).containsExactly(whole[t], within(1e-13));
        }
        assertThat(sum).isCloseTo(TRUTH.logLikelihood(series), within(1e-9));
        filter.reset();
        filter.on(series[0]);
        assertThat(filter.probabilities()).containsExactly(whole[0], within(1e-13));
    }

    @Test
    void aModelComesBackFromASeriesItMade() {
        HmmEstimator.Fit fit = HmmEstimator.fit(simulated(4000, 5), HmmTerms.of(2), new Random(6));

        assertThat(fit.settled()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(fit.model().move().get(i).get(i))
                    .isCloseTo(TRUTH.move().get(i).get(i), within(0.015));
            for (int d = 0; d < 2; d++) {
                double deviation = Math.sqrt(TRUTH.covariances().get(i).get(d).get(d));
                assertThat(fit.model().means().get(i).get(d))
                        .isCloseTo(TRUTH.means().get(i).get(d), within(0.1 * deviation));
                assertThat(fit.model().covariances().get(i).get(d).get(d))
                        .isCloseTo(deviation * deviation, within(0.15 * deviation * deviation));
            }
        }
    }

    @Test
    void everyStepOfTheEstimationGains() {
        double[][] series = simulated(400, 7);
        double before = Double.NEGATIVE_INFINITY;
        for (int steps = 1; steps < 30; steps++) {
            HmmTerms terms = new HmmTerms(2, false, false, 1, steps, 1e-9);
            double now = HmmEstimator.fit(series, terms, new Random(8)).logLikelihood();
            assertThat(now).isGreaterThanOrEqualTo(before - 1e-9);
            before = now;
        }
    }

    @Test
    void aFewThousandUnlikelyBarsDoNotUnderflow() {
        double[][] far = new double[5000][2];
        Arrays.setAll(far, t -> new double[] {60, -60});

        assertThat(TRUTH.logLikelihood(far)).isFinite();
        assertThat(TRUTH.filtered(far)[4999])
                .satisfies(p -> assertThat(p[0] + p[1]).isCloseTo(1, within(1e-9)));
    }

    @Test
    void theRegimeInForceChangesOnlyAfterItsPersistence() {
        RegimeSwitch regime = RegimeSwitch.of(RegimeSwitch.Terms.SEED, 0);

        assertThat(regime.on(new double[] {0.2, 0.8})).isZero();
        assertThat(regime.on(new double[] {0.2, 0.8})).isZero();
        assertThat(regime.on(new double[] {0.48, 0.52})).as("not sure enough").isZero();
        assertThat(regime.on(new double[] {0.2, 0.8})).isZero();
        assertThat(regime.on(new double[] {0.2, 0.8})).isZero();
        assertThat(regime.on(new double[] {0.2, 0.8})).isEqualTo(1);
        assertThat(regime.current()).isEqualTo(1);
    }

    @Test
    void whatIsNoModelAndWhatIsNoObservationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GaussianHmm(
                        List.of(1.0), List.of(List.of(1.0)), List.of(List.of(0.0)), List.of(List.of(List.of(-1.0)))))
                .withMessageContaining("positive definite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegimeFilter.of(TRUTH).on(1, Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmmEstimator.fit(new double[100][1], HmmTerms.of(2), new Random(1)))
                .withMessage("dimension 0 must not be constant: 0.0");
    }
}
