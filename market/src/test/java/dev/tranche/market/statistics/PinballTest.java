package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PinballTest {
    @Test
    void beingBelowCostsTheQuantileAndBeingAboveTheRest() {
        assertThat(Pinball.loss(10, 7, .8)).isEqualTo(.8 * 3);
        assertThat(Pinball.loss(7, 10, .8)).isCloseTo(.2 * 3, org.assertj.core.data.Offset.offset(1e-15));
        assertThat(Pinball.loss(7, 7, .8)).isZero();
    }

    @Test
    void noConstantHasALowerMeanLossThanTheQuantile() {
        Trials.of(50, chance -> {
            double[] y = chance.doubles(chance.nextInt(2, 60)).toArray();
            double quantile = chance.nextDouble(.05, .95);
            double[] sorted = y.clone();
            Arrays.sort(sorted);
            double best = mean(y, sorted[(int) Math.ceil(quantile * y.length) - 1], quantile);
            for (double other : sorted) {
                assertThat(mean(y, other, quantile)).isGreaterThanOrEqualTo(best - 1e-12);
            }
        });
    }

    private static double mean(double[] y, double constant, double quantile) {
        double[] predicted = new double[y.length];
        Arrays.fill(predicted, constant);
        return Pinball.mean(y, predicted, quantile);
    }

    @Test
    void coverageCountsWhatIsNotPassed() {
        assertThat(Pinball.coverage(new double[] {1, 2, 3, 4}, new double[] {1, 1, 5, 5}))
                .isEqualTo(.75);
    }
}
