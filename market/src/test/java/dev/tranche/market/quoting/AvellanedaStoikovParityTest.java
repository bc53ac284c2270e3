package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The simulation of section 3.3 of the paper: s = 100, T = 1, sigma = 2, dt = 0.005, gamma = 0.1, k = 1.5, A
/// = 140, 1000 paths. Its table 1: the inventory strategy earns 65.0 with a deviation of 6.6 and ends with an
/// inventory of deviation 2.9; quoting the same spread around the mid price earns 68.4, 12.7 and 8.4.
class AvellanedaStoikovParityTest {
    private static final double SIGMA = 2;
    private static final double STEP = 0.005;
    private static final double ARRIVAL = 140;
    private static final int PATHS = 1000;
    private static final AvellanedaStoikov MODEL = new AvellanedaStoikov(0.1, 1.5, 1);

    /// What many paths ended with: profits, then inventories.
    private static double[][] simulate(boolean shifted, RandomGenerator random) {
        double[] profits = new double[PATHS];
        double[] inventories = new double[PATHS];
        for (int path = 0; path < PATHS; path++) {
            double mid = 100;
            double cash = 0;
            int inventory = 0;
            for (int step = 0; step < 200; step++) {
                double left = 1 - step * STEP;
                double half = MODEL.half(SIGMA, left);
                double shift = shifted ? inventory * MODEL.shift(SIGMA, left) : 0;
                boolean bought = random.nextDouble() < chance(half + shift);
                boolean sold = random.nextDouble() < chance(half - shift);
                cash += (sold ? mid - shift + half : 0) - (bought ? mid - shift - half : 0);
                inventory += (bought ? 1 : 0) - (sold ? 1 : 0);
                mid += SIGMA * Math.sqrt(STEP) * (random.nextBoolean() ? 1 : -1);
            }
            profits[path] = cash + inventory * mid;
            inventories[path] = inventory;
        }
        return new double[][] {profits, inventories};
    }

    private static double chance(double distance) {
        return ARRIVAL * Math.exp(-1.5 * distance) * STEP;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow());
    }

    /// How far a statistic of two samples of this size may lie apart: four deviations of the difference, the
    /// deviation by bootstrap.
    private static double band(double[] values, boolean ofDeviation, RandomGenerator random) {
        double[] drawn = new double[300];
        for (int i = 0; i < drawn.length; i++) {
            double[] sample = new double[values.length];
            Arrays.setAll(sample, ignored -> values[random.nextInt(values.length)]);
            drawn[i] = ofDeviation ? deviation(sample) : mean(sample);
        }
        return 4 * Math.sqrt(2) * deviation(drawn);
    }

    private static void agrees(double[] values, double mean, double deviation) {
        RandomGenerator random = Trials.chance(7);
        assertThat(mean(values)).isCloseTo(mean, within(band(values, false, random) + 0.05));
        assertThat(deviation(values)).isCloseTo(deviation, within(band(values, true, random) + 0.05));
    }

    @Test
    void theInventoryStrategyEarnsWhatThePaperSays() {
        double[][] ends = simulate(true, Trials.chance(1));
        agrees(ends[0], 65.0, 6.6);
        agrees(ends[1], 0.08, 2.9);
    }

    @Test
    void theSymmetricStrategyEarnsMoreWithTwiceTheDeviation() {
        double[][] ends = simulate(false, Trials.chance(2));
        agrees(ends[0], 68.4, 12.7);
        agrees(ends[1], 0.26, 8.4);
    }

    @Test
    void theAverageSpreadIsThatOfThePaper() {
        double sum = 0;
        for (int step = 0; step < 200; step++) {
            sum += 2 * MODEL.half(SIGMA, 1 - step * STEP) / 200;
        }
        // Table 1 gives 1.49; its two figures are all there is.
        assertThat(sum).isCloseTo(1.49, within(0.005));
    }

    @Test
    void anOrderOfAnotherSizeIsTheSameProblemInAnotherUnit() {
        // Ten units at once at aversion gamma are one unit at ten times the aversion.
        AvellanedaStoikov one = new AvellanedaStoikov(1, 1.5, 1);
        AvellanedaStoikov ten = new AvellanedaStoikov(0.1, 1.5, 10);
        assertThat(ten.half(SIGMA, 0.5)).isEqualTo(one.half(SIGMA, 0.5));
        assertThat(10 * ten.shift(SIGMA, 0.5)).isCloseTo(one.shift(SIGMA, 0.5), within(1e-12));
    }
}
