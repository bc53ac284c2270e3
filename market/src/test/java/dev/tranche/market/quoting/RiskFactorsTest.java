package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RiskFactorsTest {
    private static RiskFactors factors(double volatility, double ofVolatility, double correlation, double seconds) {
        RiskFactors factors = RiskFactors.still();
        factors.set(volatility, ofVolatility, correlation, seconds);
        return factors;
    }

    @Test
    void aFutureIsItsOwnInventory() {
        RiskFactors factors = factors(0.9, 0.01, -0.5, 300);
        assertThat(factors.inventory(1, 0, 0, 0.7, 0, 0)).isCloseTo(0.7, within(1e-12));
        assertThat(factors.volatility(1, 0, 0)).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void whatHoldsTheSameContractsOnlyHoldsSoMany() {
        Trials.of(200, random -> {
            RiskFactors factors = factors(
                    random.nextDouble(0.1, 3),
                    random.nextDouble(0, 1),
                    random.nextDouble(-1, 1),
                    random.nextDouble(900));
            double delta = random.nextDouble(-1, 1);
            double gamma = random.nextDouble(0, 0.01);
            double vega = random.nextDouble(0, 5);
            double held = random.nextDouble(-20, 20);
            assertThat(factors.inventory(delta, gamma, vega, held * delta, held * gamma, held * vega))
                    .isCloseTo(held, within(1e-9 * Math.max(1, Math.abs(held))));
        });
    }

    @Test
    void aPortfolioWithoutWhatTheContractMovesWithIsNoInventoryOfIt() {
        RiskFactors factors = factors(0.9, 0.01, 0, 300);
        assertThat(factors.inventory(0, 0, 2, 5, 0.1, 0))
                .as("vega alone, and none is held")
                .isZero();
        assertThat(factors.inventory(0.5, 0.01, 2, -5, 0, 0))
                .as("a short future hedges a call")
                .isNegative();
        assertThat(factors.inventory(0, 0, 0, 5, 1, 1))
                .as("a contract without risk")
                .isZero();
    }

    /// The formula against a simulation of both positions' values.
    @Test
    void theCovarianceIsThatOfSimulatedMoves() {
        double volatility = 0.9;
        double ofVolatility = 0.05;
        double correlation = -0.6;
        double seconds = 400;
        RiskFactors factors = factors(volatility, ofVolatility, correlation, seconds);
        double[][] greeks = {{0.4, 0.02, 3}, {-0.2, 0.05, -1.5}};
        RandomGenerator random = Trials.chance(11);
        // The product of two moves has about twice the variance of normal ones: five deviations of its mean.
        int trials = 400_000;
        double both = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < trials; i++) {
            double first = random.nextGaussian();
            double x = volatility * Math.sqrt(seconds) * first;
            double y = ofVolatility
                    * Math.sqrt(seconds)
                    * (correlation * first + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
            double a = worth(greeks[0], x, y, volatility * volatility * seconds);
            double b = worth(greeks[1], x, y, volatility * volatility * seconds);
            both += a * b / trials;
            one += a * a / trials;
            other += b * b / trials;
        }
        double formula =
                factors.covariance(greeks[0][0], greeks[0][1], greeks[0][2], greeks[1][0], greeks[1][1], greeks[1][2]);
        assertThat(both / seconds).isCloseTo(formula, within(5 * Math.sqrt(2 * one * other / trials) / seconds));
        assertThat(one / seconds)
                .isCloseTo(
                        Math.pow(factors.volatility(greeks[0][0], greeks[0][1], greeks[0][2]), 2),
                        within(5 * Math.sqrt(4.0 / trials) * one / seconds));
    }

    private static double worth(double[] greeks, double x, double y, double variance) {
        return greeks[0] * x + 0.5 * greeks[1] * (x * x - variance) + greeks[2] * y;
    }

    @Test
    void theShiftOfAQuoteIsAversionTimesCovariance() {
        // The derivation of docs/concepts/quoting.md: gamma x covariance with the portfolio x time.
        RiskFactors factors = factors(0.9, 0.05, -0.3, 60);
        AvellanedaStoikov model = new AvellanedaStoikov(0.1, 0.5, 1);
        double inventory = factors.inventory(0.4, 0.02, 3, -2, 0.3, 8);
        double volatility = factors.volatility(0.4, 0.02, 3);
        assertThat(model.shift(volatility, 60) * inventory)
                .isCloseTo(0.1 * factors.covariance(0.4, 0.02, 3, -2, 0.3, 8) * 60, within(1e-12));
    }

    @Test
    void factorsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factors(-1, 0, 0, 0))
                .withMessage("volatility must be finite and at least 0: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factors(1, 0, 1.1, 0))
                .withMessage("correlation must be within -1..1: 1.1");
    }
}
