package dev.tranche.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarFeaturesTest {
    @Test
    void theyAreTheReturnAndTheDeviationOfTheWindow() {
        Trials.of(50, random -> {
            int window = random.nextInt(2, 20);
            BarFeatures features = BarFeatures.of(window);
            List<Double> returns = new ArrayList<>();
            double close = 100;
            assertThat(features.on(close)).isFalse();
            for (int t = 0; t < 200; t++) {
                double move = random.nextGaussian() * (t == 50 ? 0.1 : 1e-4);
                close *= Math.exp(move);
                returns.add(move);
                assertThat(features.on(close)).isEqualTo(t + 1 >= window);
                if (t + 1 >= window) {
                    List<Double> last = returns.subList(t + 1 - window, t + 1);
                    double mean =
                            last.stream().mapToDouble(each -> each).average().orElseThrow();
                    double squares = last.stream()
                            .mapToDouble(each -> (each - mean) * (each - mean))
                            .sum();
                    assertThat(features.values()[0]).isCloseTo(move, within(1e-12));
                    assertThat(features.values()[1]).isCloseTo(Math.sqrt(squares / (window - 1)), within(1e-12));
                }
            }
        });
    }

    @Test
    void badPricesAreRefusedAndAResetForgets() {
        BarFeatures features = BarFeatures.of(2);
        assertThat(features.add(0.1) || features.add(0.2)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> features.on(0))
                .withMessage("a close must be positive and finite: 0.0");
        features.reset();
        assertThat(features.add(0.1)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> BarFeatures.of(1)).withMessageContaining("2..10000: 1");
    }
}
