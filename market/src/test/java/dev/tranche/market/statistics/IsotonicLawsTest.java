package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IsotonicLawsTest {

    private static final class Points {
        private final double[] x;
        private final double[] y;
        private final double[] weights;

        private Points(double[] x, double[] y, double[] weights) {
            this.x = x;
            this.y = y;
            this.weights = weights;
        }

        static Points draw(RandomGenerator chance) {
            int n = chance.nextInt(1, 60);
            double[] x = chance.doubles(n).map(v -> Math.rint(20 * v)).toArray();
            double[] y = chance.doubles(n, -1, 2).toArray();
            double[] weights = chance.doubles(n, .1, 3).toArray();
            return new Points(x, y, weights);
        }

        Isotonic fit() {
            return Isotonic.fit(x, y, weights);
        }

        double loss(Isotonic fit, double shift, double above) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double error = y[i] - fit.at(x[i]) - (x[i] >= above ? shift : 0);
                sum += weights[i] * error * error;
            }
            return sum;
        }
    }

    @Test
    void theFitNeverFallsAndKeepsTheMeanByWeight() {
        Trials.of(200, chance -> {
            Points points = Points.draw(chance);
            Isotonic fit = points.fit();
            double[] levels = fit.levels();
            for (int i = 1; i < levels.length; i++) {
                assertThat(levels[i]).isGreaterThanOrEqualTo(levels[i - 1]);
            }
            double given = 0;
            double fitted = 0;
            for (int i = 0; i < points.x.length; i++) {
                given += points.weights[i] * points.y[i];
                fitted += points.weights[i] * fit.at(points.x[i]);
            }
            assertThat(fitted).isCloseTo(given, within(1e-9));
        });
    }

    @Test
    void liftingAnEndOfTheFitMakesItWorse() {
        Trials.of(200, chance -> {
            Points points = Points.draw(chance);
            Isotonic fit = points.fit();
            double above = points.x[chance.nextInt(points.x.length)];
            double shift = chance.nextDouble(1e-6, 1);
            assertThat(points.loss(fit, shift, above)).isGreaterThan(points.loss(fit, 0, above));
        });
    }

    @Test
    void whatAscendsAlreadyStaysAsItIs() {
        Trials.of(50, chance -> {
            double[] y = chance.doubles(30).sorted().toArray();
            double[] x = new double[30];
            Arrays.setAll(x, i -> i);
            assertThat(Isotonic.fit(x, y).levels()).containsExactly(y);
        });
    }

    @Test
    void betweenPointsLiesALineAndBeyondTheEndsTheEnd() {
        Isotonic fit = Isotonic.fit(new double[] {3, 1}, new double[] {0.8, 0.4});
        assertThat(fit.at(2)).isCloseTo(0.6, within(1e-15));
        assertThat(fit.at(-100)).isEqualTo(0.4);
        assertThat(fit.at(100)).isEqualTo(0.8);
        assertThat(fit.at(Double.NaN)).isNaN();
        assertThat(fit.points()).containsExactly(1, 3);
    }

    @Test
    void refusesWeightsOfZeroAndNumbersThatAreNone() {
        assertThatThrownBy(() -> Isotonic.fit(new double[] {1}, new double[] {1}, new double[] {0}))
                .hasMessageContaining("weights above 0: 1.0, 1.0 and 0.0");
        assertThatThrownBy(() -> Isotonic.fit(new double[] {1}, new double[] {Double.NaN}))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> Isotonic.fit(new double[0], new double[0]))
                .hasMessageContaining("at least 1: 0, 0 and 0");
    }
}
