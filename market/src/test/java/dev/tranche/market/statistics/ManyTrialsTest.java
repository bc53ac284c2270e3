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

/// What is left of a finding when the attempts are counted.
class ManyTrialsTest {
    private static final int PERIODS = 120;

    private static List<SparseSeries> strategies(RandomGenerator chance, int many, double edge) {
        List<SparseSeries> all = new ArrayList<>();
        for (int k = 0; k < many; k++) {
            double[] values = new double[PERIODS];
            for (int i = 0; i < PERIODS; i++) {
                values[i] = chance.nextGaussian() + (k == 0 ? edge : 0);
            }
            all.add(SparseSeries.of(values));
        }
        return all;
    }

    /// Bailey and López de Prado, The Deflated Sharpe Ratio (2014), numerical example: a ratio of 2.5 a
    /// year found among 100 trials on 1250 days is worth a confidence of .9004; had it been 46 trials,
    /// .9505.
    @Test
    void theExampleOfThePaperComesOut() {
        Shape shape = new Shape(1250, 2.5 / Math.sqrt(250), 1, -3, 10);
        double spread = Math.sqrt(0.5 / 250);
        assertThat(DeflatedSharpe.expectedMaximum(spread, 100)).isCloseTo(0.1132, within(5e-5));
        assertThat(DeflatedSharpe.deflated(shape, spread, 100)).isCloseTo(0.9004, within(5e-5));
        assertThat(DeflatedSharpe.deflated(shape, spread, 46)).isCloseTo(0.9505, within(5e-5));
    }

    @Test
    void oneTrialIsNotDeflatedAndEveryFurtherOneIs() {
        Shape shape = new Shape(500, 0.1, 1, 0, 3);
        assertThat(DeflatedSharpe.expectedMaximum(0.1, 1)).isZero();
        double before = 1;
        for (long trials : new long[] {1, 2, 27, 324, 10_000}) {
            double found = DeflatedSharpe.deflated(shape, 0.05, trials);
            assertThat(found).isLessThan(before);
            before = found;
        }
        assertThatThrownBy(() -> DeflatedSharpe.expectedMaximum(0.1, 0)).hasMessageContaining("at least 1: 0");
    }

    /// As the papers write it, on the periods drawn, one by one.
    private static double[] readable(List<SparseSeries> strategies, Resampling resampling) {
        int many = strategies.size();
        double root = Math.sqrt(resampling.periods());
        double[] omega = new double[many];
        List<double[]> draws = new ArrayList<>();
        resampling.forEach((replicate, counts) -> {
            double[] means = new double[many];
            for (int k = 0; k < many; k++) {
                means[k] = strategies.get(k).mean(counts);
                omega[k] += Math.pow(root * (means[k] - strategies.get(k).mean()), 2) / resampling.replicates();
            }
            draws.add(means);
        });
        double white = Double.NEGATIVE_INFINITY;
        double hansen = 0;
        for (int k = 0; k < many; k++) {
            double mean = strategies.get(k).mean();
            white = Math.max(white, root * mean);
            hansen = Math.max(hansen, root * mean / Math.sqrt(omega[k]));
        }
        double[] beyond = new double[4];
        for (double[] means : draws) {
            double[] highest = {Double.NEGATIVE_INFINITY, 0, 0, 0};
            for (int k = 0; k < many; k++) {
                double mean = strategies.get(k).mean();
                double deviation = Math.sqrt(omega[k]);
                double threshold = -deviation / root * Math.sqrt(2 * Math.log(Math.log(resampling.periods())));
                highest[0] = Math.max(highest[0], root * (means[k] - mean));
                double[] centres = {Math.max(mean, 0), mean >= threshold ? mean : 0, mean};
                for (int way = 0; way < 3; way++) {
                    highest[way + 1] = Math.max(highest[way + 1], root * (means[k] - centres[way]) / deviation);
                }
            }
            beyond[0] += highest[0] >= white ? 1 : 0;
            for (int way = 1; way < 4; way++) {
                beyond[way] += highest[way] >= hansen ? 1 : 0;
            }
        }
        for (int i = 0; i < 4; i++) {
            beyond[i] = (1 + beyond[i]) / (1 + resampling.replicates());
        }
        return beyond;
    }

    @Test
    void theFastTestsSayWhatThePapersSay() {
        Trials.of(25, chance -> {
            List<SparseSeries> all = strategies(chance, chance.nextInt(1, 8), chance.nextDouble(-0.5, 0.5));
            Resampling resampling = Resampling.stationary(PERIODS, 4, 199, chance.nextLong());
            double[] expected = readable(all, resampling);
            SuperiorAbility superior = SuperiorAbility.of(all, resampling);
            // Equal statistics may round to either side.
            double one = 1.0 / 200 + 1e-12;
            assertThat(RealityCheck.p(all, resampling)).isCloseTo(expected[0], within(one));
            assertThat(superior.lower()).isCloseTo(expected[1], within(one));
            assertThat(superior.consistent()).isCloseTo(expected[2], within(one));
            assertThat(superior.upper()).isCloseTo(expected[3], within(one));
            assertThat(superior.lower()).isLessThanOrEqualTo(superior.consistent());
            assertThat(superior.consistent()).isLessThanOrEqualTo(superior.upper());
        });
    }

    @Test
    void theBestOfManyWorthlessStrategiesIsSeldomBelieved() {
        int believedByWhite = 0;
        int believedByHansen = 0;
        for (int seed = 1; seed <= 200; seed++) {
            List<SparseSeries> all = strategies(Trials.chance(seed), 10, 0);
            Resampling resampling = Resampling.stationary(PERIODS, 2, 199, seed);
            believedByWhite += RealityCheck.p(all, resampling) <= 0.05 ? 1 : 0;
            believedByHansen += SuperiorAbility.of(all, resampling).consistent() <= 0.05 ? 1 : 0;
        }
        // 10 of 200 are expected at 5 %; more than 20 have a chance of 0.1 %.
        assertThat(believedByWhite).isLessThanOrEqualTo(20);
        assertThat(believedByHansen).isLessThanOrEqualTo(20);
    }

    @Test
    void hopelessStrategiesBluntTheRealityCheckButNotHansensTest() {
        RandomGenerator chance = Trials.chance(3);
        List<SparseSeries> all = new ArrayList<>();
        double[] good = chance.doubles(PERIODS).map(v -> v - 0.5).toArray();
        Shape shape = SparseSeries.of(good).shape();
        // Good by 2.85 standard errors.
        all.add(SparseSeries.of(Arrays.stream(good)
                .map(v -> (v - shape.mean()) / shape.deviation() + 2.85 / Math.sqrt(PERIODS))
                .toArray()));
        for (int k = 0; k < 30; k++) {
            double[] wild =
                    chance.doubles(PERIODS).map(v -> 6 * (v - 0.5) - 2.5).toArray();
            all.add(SparseSeries.of(wild));
        }
        Resampling resampling = Resampling.stationary(PERIODS, 2, 999, 1);
        assertThat(SuperiorAbility.of(all, resampling).consistent()).isLessThan(0.02);
        assertThat(SuperiorAbility.of(all, resampling).upper()).isGreaterThan(0.04);
        assertThat(RealityCheck.p(all, resampling)).isGreaterThan(0.04);
    }

    @Test
    void theMostStrikingOfManyAccidentsIsSeldomBelievedAndATrueOneIs() {
        int believed = 0;
        int found = 0;
        for (int seed = 1; seed <= 100; seed++) {
            believed += chance(Trials.chance(seed), 0, seed) <= 0.05 ? 1 : 0;
            found += chance(Trials.chance(seed), 0.6, seed) <= 0.05 ? 1 : 0;
        }
        assertThat(believed).isLessThanOrEqualTo(12);
        assertThat(found).isGreaterThan(95);
    }

    private static double chance(RandomGenerator chance, double edge, long seed) {
        List<SparseSeries> all = strategies(chance, 8, edge);
        double[] means = all.stream().mapToDouble(SparseSeries::mean).toArray();
        return MaximumTest.p(means, deviations(all, Resampling.stationary(PERIODS, 2, 199, seed)));
    }

    private static double[][] deviations(List<SparseSeries> all, Resampling resampling) {
        double[][] deviations = new double[resampling.replicates()][all.size()];
        resampling.forEach((replicate, counts) -> {
            for (int k = 0; k < all.size(); k++) {
                deviations[replicate][k] = all.get(k).mean(counts) - all.get(k).mean();
            }
        });
        return deviations;
    }

    @Test
    void aSimultaneousBandHoldsAllCellsTogetherAsOftenAsItSays() {
        int outside = 0;
        for (int seed = 1; seed <= 200; seed++) {
            List<SparseSeries> all = strategies(Trials.chance(seed), 12, 0);
            SimultaneousBand band =
                    SimultaneousBand.of(deviations(all, Resampling.stationary(PERIODS, 2, 399, seed)), 0.95);
            boolean within = true;
            for (int k = 0; k < all.size(); k++) {
                within &= band.around(0, k).holds(all.get(k).mean());
            }
            outside += within ? 0 : 1;
        }
        // 10 of 200 are expected; single intervals of 95 % would all hold in (0.95)^12 = 54 % only.
        assertThat(outside).isBetween(1, 22);
    }

    @Test
    void aBandIsWiderThanASingleIntervalAndWiderStillForAHigherLevel() {
        double[][] deviations =
                deviations(strategies(Trials.chance(9), 12, 0), Resampling.stationary(PERIODS, 2, 4999, 9));
        SimultaneousBand usual = SimultaneousBand.of(deviations, 0.95);
        assertThat(usual.critical()).isBetween(2.5, 3.3);
        assertThat(SimultaneousBand.of(deviations, 0.999).critical()).isBetween(3.6, 4.8);
        assertThat(usual.error(0)).isCloseTo(1 / Math.sqrt(PERIODS), within(0.03));
        Interval own = usual.around(0, 0);
        assertThat(usual.around(0, 0, usual.error(0) / 2)).isEqualTo(own);
        assertThat(usual.around(0, 0, 2 * usual.error(0)).high()).isCloseTo(2 * own.high(), within(1e-12));
        assertThatThrownBy(() -> SimultaneousBand.of(deviations, 1)).hasMessageContaining("within 0..1: 1.0");
    }
}
