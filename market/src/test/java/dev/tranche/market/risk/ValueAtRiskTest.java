package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.volatility.VolatilityEstimator;
import dev.tranche.market.volatility.VolatilityFit;
import dev.tranche.market.volatility.VolatilityForm;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueAtRiskTest {
    private static double[] normal(int size, long seed) {
        Random random = new Random(seed);
        return random.doubles(size)
                .map(_ -> 0.001 + 0.02 * random.nextGaussian())
                .toArray();
    }

    @Test
    void onNormalReturnsAllFourSayTheSame() {
        double[] returns = normal(20_000, 1);
        double truth = -(0.001 - 0.02 * 1.6448536269514722);
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.GARCH, Arrays.copyOf(returns, 4000));

        assertThat(ValueAtRisk.parametric(returns, 0.95)).isCloseTo(truth, within(5e-4));
        assertThat(ValueAtRisk.historical(returns, 0.95)).isCloseTo(truth, within(1e-3));
        assertThat(ValueAtRisk.cornishFisher(returns, 0.95)).isCloseTo(truth, within(1e-3));
        assertThat(ValueAtRisk.filteredHistorical(Arrays.copyOf(returns, 4000), fit, 0.95))
                .isCloseTo(truth, within(3e-3));
    }

    @Test
    void theHistoricalOneIsTheQuantileOfTheLosses() {
        double[] returns = new double[101];
        Arrays.setAll(returns, i -> (i - 50) / 100.0);

        assertThat(ValueAtRisk.historical(returns, 0.95)).isCloseTo(0.45, within(1e-12));
        assertThat(ValueAtRisk.historical(returns, 0.99)).isCloseTo(0.49, within(1e-12));
    }

    @Test
    void aLongLeftTailIsSeenByCornishFisherAndNotByTheNormalOne() {
        Random random = new Random(2);
        double[] returns = new double[5000];
        Arrays.setAll(returns, i -> 0.01 * random.nextGaussian() - (i % 100 == 0 ? 0.03 : 0));

        assertThat(ValueAtRisk.cornishFisher(returns, 0.99)).isGreaterThan(ValueAtRisk.parametric(returns, 0.99));
    }

    @Test
    void whereTheExpansionIsNoDistributionTheHistoricalOneIsTold() {
        double[] returns = normal(1000, 3);
        returns[0] = -5;

        assertThat(ValueAtRisk.cornishFisher(returns, 0.99)).isEqualTo(ValueAtRisk.historical(returns, 0.99));
    }

    @Test
    void afterAWildTimeTheFilteredOneIsLargerThanThePlainOne() {
        Random random = new Random(4);
        double[] returns = new double[1200];
        double h = 1e-4;
        for (int t = 0; t < returns.length; t++) {
            double shock = t > 1150 ? 4 : 1;
            returns[t] = shock * Math.sqrt(h) * random.nextGaussian();
            h = 1e-5 + 0.1 * returns[t] * returns[t] + 0.8 * h;
        }
        VolatilityFit fit = VolatilityEstimator.fit(VolatilityForm.GARCH, returns);

        assertThat(ValueAtRisk.filteredHistorical(returns, fit, 0.95))
                .isGreaterThan(1.5 * ValueAtRisk.historical(returns, 0.95));
    }

    @Test
    void tooFewReturnsAndAConfidenceThatIsNoneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueAtRisk.parametric(new double[5], 0.95))
                .withMessage("a value at risk needs at least 20 returns: 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueAtRisk.historical(normal(100, 5), 95))
                .withMessage("confidence must lie between 0.5 and 1: 95.0");
    }
}
