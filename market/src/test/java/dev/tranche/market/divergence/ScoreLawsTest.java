package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ScoreLawsTest {
    private static double[] distances(RandomGenerator chance, Parameters parameters) {
        double most = 1.5 * parameters.zHi();
        return new double[] {
            parameters.zMid() + chance.nextDouble(most),
            chance.nextDouble(most),
            chance.nextDouble(most),
            chance.nextDouble(-most, most)
        };
    }

    private static double points(Parameters parameters, double[] distances) {
        return Score.of(parameters, distances[0], distances[1], distances[2], distances[3])
                .points();
    }

    @Test
    void noPartEverLowersIt() {
        Trials.of(500, chance -> {
            Parameters parameters = Tape.parameters(chance);
            double[] distances = distances(chance, parameters);
            double before = points(parameters, distances);
            for (int part = 0; part < 4; part++) {
                double[] more = distances.clone();
                more[part] += chance.nextDouble(2);
                assertThat(points(parameters, more)).as("part " + part).isGreaterThanOrEqualTo(before);
            }
        });
    }

    @Test
    void everyPartMovesItOverItsWholeWeight() {
        Trials.of(200, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Weights weights = parameters.weights();
            double all = weights.flow() + weights.pivots() + weights.price() + weights.agreement();
            double[] share = {weights.flow(), weights.pivots(), weights.price(), weights.agreement()};
            for (int part = 0; part < 4; part++) {
                double[] least = distances(chance, parameters);
                least[part] = part == 0 ? parameters.zMid() : 0;
                double[] most = least.clone();
                most[part] = parameters.zHi();
                assertThat(points(parameters, most) - points(parameters, least))
                        .isCloseTo(100 * share[part] / all, within(1e-9));
            }
        });
    }

    @Test
    void itReachesFromNoughtToAHundredWithAndWithoutASecondSource() {
        Trials.of(200, chance -> {
            Parameters parameters = Tape.parameters(chance);
            double zMid = parameters.zMid();
            double zHi = parameters.zHi();
            assertThat(points(parameters, new double[] {zMid, 0, 0, -1})).isZero();
            assertThat(points(parameters, new double[] {zMid, 0, 0, Double.NaN}))
                    .isZero();
            assertThat(points(parameters, new double[] {zHi, zHi, zHi, zHi})).isCloseTo(100, within(1e-9));
            assertThat(points(parameters, new double[] {9, 9, 9, Double.NaN})).isCloseTo(100, within(1e-9));
        });
    }

    /// The seed's scores begin above its threshold of 35, so that it never acts.
    @Test
    void everyThresholdKeepsSomeEventsBackAndLetsOthersPass() {
        Parameters loose = Parameters.SEED.with(Map.of("swing_L", 4, "z_hi", 2.5, "cooldown", 0, "weak_threshold", 0));
        Tape tape = Tape.random(Trials.chance(1), 20_000);
        int before = tape.events(loose, Source.values()).size();
        assertThat(before).isGreaterThan(1000);
        for (int threshold : new int[] {25, 35, 50, 65, 80}) {
            Parameters strict = loose.with(Map.of("weak_threshold", threshold));
            List<DivergenceEvent> events = tape.events(strict, Source.values());
            assertThat(events.size()).as("told from " + threshold).isPositive().isLessThan(before);
            assertThat(events).allMatch(event -> event.score().points() >= threshold);
            before = events.size();
        }
    }
}
