package dev.tranche.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Trials;
import dev.tranche.market.hedge.MinimumVariance;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveCovarianceTest {
    /// Two series that move together, more so in the second half.
    private static double[][] returns(int size, long seed) {
        RandomGenerator random = Trials.chance(seed);
        double[][] returns = new double[2][size];
        double h = 1;
        for (int t = 0; t < size; t++) {
            double rho = t < size / 2 ? 0.4 : 0.85;
            double x = random.nextGaussian();
            double y = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            returns[0][t] = Math.sqrt(h) * x;
            returns[1][t] = 1.4 * Math.sqrt(h) * y;
            h = 0.05 + 0.1 * returns[0][t] * returns[0][t] + 0.85 * h;
        }
        return returns;
    }

    @ParameterizedTest
    @EnumSource(VolatilityForm.class)
    void barByBarItSaysWhatTheEstimateSaysOfTheSamePrefix(VolatilityForm form) {
        double[][] returns = returns(600, 1);
        DynamicCorrelation fit = DynamicCorrelation.of(form, returns, 0.04, 0.93);
        LiveCovariance live = LiveCovariance.of(fit.start());
        double[] correlations = fit.correlations(0, 1);
        double tolerance = form == VolatilityForm.EGARCH ? 1e-12 : 0;
        for (int t = 0; t < 600; t++) {
            assertThat(live.correlation(0, 1)).isCloseTo(correlations[t], within(tolerance));
            for (int i = 0; i < 2; i++) {
                double variance = fit.volatilities().get(i).variances().get(t);
                assertThat(live.covariance(i, i)).isCloseTo(variance, within(tolerance * variance));
            }
            live.on(new double[] {returns[0][t], returns[1][t]});
        }
        assertThat(live.covariance(0, 1)).isCloseTo(fit.nextCovariance(0, 1), within(tolerance));
        assertThat(live.covariance(1, 1)).isCloseTo(fit.nextCovariance(1, 1), within(4 * tolerance));
        assertThat(live.bars()).isEqualTo(600);
    }

    @Test
    void theRatioIsThatOfLeastVariance() {
        double[][] returns = returns(300, 2);
        LiveCovariance live = LiveCovariance.of(
                DynamicCorrelation.of(VolatilityForm.GARCH, returns, 0.05, 0.9).start());
        live.on(new double[] {0.5, 0.2});
        MinimumVariance hedge = MinimumVariance.of(live.covariance(0, 0), live.covariance(1, 1), live.covariance(0, 1));
        assertThat(live.ratio(0, 1)).isEqualTo(hedge.ratio());
        assertThat(live.reduction(0, 1)).isCloseTo(hedge.reduction(), within(1e-12));
    }

    @Test
    void whatComesLaterChangesNothingThatWasSaid() {
        double[][] returns = returns(400, 3);
        CovarianceTerms terms =
                DynamicCorrelation.of(VolatilityForm.GJR, returns, 0.05, 0.9).start();
        LiveCovariance one = LiveCovariance.of(terms);
        LiveCovariance other = LiveCovariance.of(terms);
        for (int t = 0; t < 200; t++) {
            one.on(new double[] {returns[0][t], returns[1][t]});
            other.on(new double[] {returns[0][t], returns[1][t]});
        }
        assertThat(one.hash(0)).isEqualTo(other.hash(0));
        double said = one.covariance(0, 1);
        other.on(new double[] {9, -9});
        assertThat(one.covariance(0, 1)).isEqualTo(said);
        assertThat(one.hash(0)).isNotEqualTo(other.hash(0));
    }

    @Test
    void exponentialWeightsFollowTheSampleTheyWeigh() {
        LiveCovariance live = LiveCovariance.of(CovarianceTerms.weighted(40, List.of(1.0, 2.0), 0.3));
        double left = Math.pow(0.5, 1.0 / 40);
        double[] expected = {1, 2};
        RandomGenerator random = Trials.chance(4);
        for (int t = 0; t < 500; t++) {
            double[] bar = {random.nextGaussian(), random.nextGaussian()};
            live.on(bar);
            for (int i = 0; i < 2; i++) {
                expected[i] = left * expected[i] + (1 - left) * bar[i] * bar[i];
            }
        }
        assertThat(live.covariance(0, 0)).isCloseTo(expected[0], within(1e-12));
        assertThat(live.covariance(1, 1)).isCloseTo(expected[1], within(1e-12));
        assertThat(live.correlation(0, 1)).isBetween(-0.5, 0.5);
    }

    @Test
    void badBarsAndTermsAreRefusedAndChangeNothing() {
        LiveCovariance live = LiveCovariance.of(CovarianceTerms.weighted(40, List.of(1.0, 2.0), 0.3));
        long before = live.hash(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.on(new double[] {1, Double.NaN}))
                .withMessage("a return must be a finite number: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.on(new double[] {1}))
                .withMessage("a bar needs 2 returns: 1");
        assertThat(live.hash(0)).isEqualTo(before);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceTerms.weighted(40, List.of(1.0, -2.0), 0.3))
                .withMessageContaining("presample must be positive and finite: [1.0, -2.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceTerms.weighted(0, List.of(1.0), 0.3))
                .withMessageContaining("halfLife");
    }

    @Test
    void aBarAllocatesNothing() {
        LiveCovariance live = LiveCovariance.of(CovarianceTerms.weighted(40, List.of(1.0, 2.0), 0.3));
        double[] bar = {0.1, -0.2};
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[20];
        Arrays.setAll(bytes, ignored -> {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5000; i++) {
                live.on(bar);
            }
            return thread.getCurrentThreadAllocatedBytes() - before;
        });
        assertThat(Arrays.stream(bytes).min().orElseThrow()).isZero();
    }
}
