package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ResamplingLawsTest {

    private static Resampling draw(RandomGenerator chance, int replicates) {
        int periods = chance.nextInt(1, 80);
        int block = chance.nextInt(1, periods + 1);
        return chance.nextBoolean()
                ? Resampling.stationary(periods, block, replicates, chance.nextLong())
                : Resampling.circular(periods, block, replicates, chance.nextLong());
    }

    @Test
    void everyReplicateDrawsAsManyPeriodsAsThereAre() {
        Trials.of(100, chance -> {
            Resampling resampling = draw(chance, 20);
            resampling.forEach((replicate, counts) -> {
                assertThat(counts).hasSize(resampling.periods());
                assertThat(Arrays.stream(counts).sum()).isEqualTo(resampling.periods());
                assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThanOrEqualTo(0);
            });
        });
    }

    @Test
    void theSeedMakesTheDrawsAndMoreReplicatesBeginWithTheSameOnes() {
        Trials.of(30, chance -> {
            Resampling resampling = draw(chance, 5);
            List<int[]> first = all(resampling);
            List<int[]> longer = all(resampling.withReplicates(9));
            for (int i = 0; i < first.size(); i++) {
                assertThat(longer.get(i)).containsExactly(first.get(i));
            }
        });
    }

    private static List<int[]> all(Resampling resampling) {
        List<int[]> all = new ArrayList<>();
        resampling.forEach((replicate, counts) -> all.add(counts.clone()));
        return all;
    }

    @Test
    void everyPeriodIsDrawnOnceInTheMean() {
        for (Resampling resampling :
                List.of(Resampling.stationary(40, 6, 4000, 7), Resampling.circular(40, 6, 4000, 7))) {
            double[] mean = new double[40];
            resampling.forEach((replicate, counts) -> {
                for (int i = 0; i < counts.length; i++) {
                    mean[i] += counts[i] / 4000.0;
                }
            });
            for (double one : mean) {
                assertThat(one).isCloseTo(1, within(0.1));
            }
        }
    }

    @Test
    void aBlockAsLongAsTheRowDrawsEveryPeriodOnce() {
        Resampling.circular(17, 17, 10, 3)
                .forEach((replicate, counts) -> assertThat(counts).containsOnly(1));
    }

    /// The standard error of a mean of dependent values is what blocks are for: an autoregression with .6
    /// has a mean four times as uncertain (in variance) as its values seem to say.
    @Test
    void blocksSeeTheDependenceThatSingleDrawsMiss() {
        RandomGenerator chance = Trials.chance(5);
        int n = 20_000;
        double[] values = new double[n];
        double last = 0;
        for (int i = 0; i < n; i++) {
            last = .6 * last + chance.nextGaussian();
            values[i] = last;
        }
        double exact = 1 / ((1 - .6) * (1 - .6));
        assertThat(n * variance(values, Resampling.stationary(n, 40, 400, 1))).isCloseTo(exact, within(.25 * exact));
        assertThat(n * variance(values, Resampling.circular(n, 40, 400, 1))).isCloseTo(exact, within(.25 * exact));
        assertThat(n * variance(values, Resampling.stationary(n, 1, 400, 1)))
                .isCloseTo(exact / 4, within(.25 * exact / 4));
    }

    private static double variance(double[] values, Resampling resampling) {
        SparseSeries series = SparseSeries.of(values);
        double[] means = new double[resampling.replicates()];
        resampling.forEach((replicate, counts) -> means[replicate] = series.mean(counts));
        double deviation = SparseSeries.of(means).shape().deviation();
        return deviation * deviation;
    }

    @Test
    void emptyPeriodsOfASeriesCountAsZeros() {
        Trials.of(50, chance -> {
            int periods = chance.nextInt(2, 40);
            double[] dense = new double[periods];
            List<Integer> places = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < periods; i++) {
                for (int k = chance.nextInt(3); k > 0; k--) {
                    double value = chance.nextGaussian();
                    dense[i] += value;
                    places.add(i);
                    values.add(value);
                }
            }
            SparseSeries sparse = SparseSeries.of(
                    periods,
                    places.stream().mapToInt(i -> i).toArray(),
                    values.stream().mapToDouble(v -> v).toArray());
            Shape expected = SparseSeries.of(dense).shape();
            Shape found = sparse.shape();
            assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-12));
            if (found.deviation() > 0) {
                assertThat(found.deviation()).isCloseTo(expected.deviation(), within(1e-12));
                assertThat(found.skewness()).isCloseTo(expected.skewness(), within(1e-9));
                assertThat(found.kurtosis()).isCloseTo(expected.kurtosis(), within(1e-9));
            }
        });
    }

    @Test
    void refusesBlocksLongerThanTheRowAndPlacesOutOfOrder() {
        assertThatThrownBy(() -> Resampling.stationary(5, 6, 10, 1)).hasMessageContaining("within 1..5 periods: 6.0");
        assertThatThrownBy(() -> Resampling.circular(5, 0, 10, 1)).hasMessageContaining("within 1..5 periods: 0.0");
        assertThatThrownBy(() -> SparseSeries.of(4, new int[] {2, 1}, new double[2]))
                .hasMessageContaining("ascend within 0..3: 1 at 1");
        assertThatThrownBy(() -> SparseSeries.of(4, new int[] {4}, new double[1]))
                .hasMessageContaining("ascend within 0..3: 4 at 0");
    }
}
