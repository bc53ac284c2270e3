package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RunningVolatilityTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theVolatilityOfARandomWalkComesBack() {
        RunningVolatility found = RunningVolatility.of(SECOND, 2000);
        RandomGenerator random = Trials.chance(5);
        double log = Math.log(60_000);
        for (long i = 0; i < 100_000; i++) {
            log += 0.9e-4 * Math.sqrt(0.2) * random.nextGaussian();
            found.on(i * SECOND / 5, Math.exp(log));
        }
        assertThat(found.volatility()).isCloseTo(0.9, within(0.05));
        assertThat(found.filled()).isGreaterThan(0.99);
    }

    @Test
    void theBounceBetweenBidAndAskWithinAStepIsNotCounted() {
        RunningVolatility found = RunningVolatility.of(SECOND, 100);
        for (long i = 0; i < 10_000; i++) {
            found.on(i * SECOND / 10, i % 10 == 0 ? 100 : 100 + 0.01 * (i % 3));
        }
        assertThat(found.volatility()).isZero();
    }

    @Test
    void aMoveAfterASilenceIsSpreadOverIt() {
        RunningVolatility found = RunningVolatility.of(SECOND, 100);
        found.on(0, 100);
        found.on(100 * SECOND, 100 * Math.exp(10e-4));
        assertThat(found.volatility()).isCloseTo(1, within(1e-9));
        assertThat(found.filled()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whatIsNoPriceIsPassedOverAndNothingIsKnownBeforeAStep() {
        RunningVolatility found = RunningVolatility.of(SECOND, 100);
        assertThat(found.volatility()).isNaN();
        found.on(0, 100);
        found.on(SECOND, Double.NaN);
        found.on(2 * SECOND, 0);
        assertThat(found.volatility()).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunningVolatility.of(0, 1))
                .withMessageContaining("stepNanos");
    }
}
