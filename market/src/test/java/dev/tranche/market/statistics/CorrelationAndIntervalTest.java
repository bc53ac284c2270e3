package dev.tranche.market.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorrelationAndIntervalTest {

    @Test
    void aRankCorrelationKnowsOrderOnly() {
        Trials.of(100, chance -> {
            int n = chance.nextInt(3, 50);
            double[] x = chance.doubles(n).map(v -> Math.rint(10 * v)).toArray();
            double[] y = chance.doubles(n).toArray();
            Correlation plain = Spearman.of(x, y);
            Correlation bent = Spearman.of(Arrays.stream(x).map(Math::exp).toArray(), y);
            Correlation turned = Spearman.of(x, Arrays.stream(y).map(v -> -v).toArray());
            Correlation swapped = Spearman.of(y, x);
            if (Double.isNaN(plain.rho())) {
                assertThat(bent.rho()).isNaN();
                return;
            }
            assertThat(bent.rho()).isEqualTo(plain.rho());
            assertThat(turned.rho()).isCloseTo(-plain.rho(), within(1e-12));
            assertThat(swapped.rho()).isCloseTo(plain.rho(), within(1e-12));
            assertThat(plain.p()).isBetween(0.0, 1.0);
        });
    }

    @Test
    void whatNeverChangesHasNoCorrelation() {
        Correlation found = Spearman.of(new double[] {1, 1, 1}, new double[] {1, 2, 3});
        assertThat(found.rho()).isNaN();
        assertThat(found.p()).isNaN();
    }

    @Test
    void numbersThatAreNoneHaveNoRank() {
        assertThatThrownBy(() -> Ranks.average(new double[] {1, Double.NaN})).hasMessageContaining("NaN at 1");
        assertThatThrownBy(() -> Spearman.of(new double[2], new double[2])).hasMessageContaining("3 or more values: 2");
    }

    @Test
    void zeroHasOneRankWhateverItsSign() {
        assertThat(Ranks.average(new double[] {0.0, -0.0, -1, 1})).containsExactly(2.5, 2.5, 1, 4);
    }

    @Test
    void aWilsonIntervalHoldsTheRateStaysWithinZeroToOneAndShrinks() {
        Trials.of(100, chance -> {
            int n = chance.nextInt(1, 2000);
            int hits = chance.nextInt(n + 1);
            Interval found = Wilson.interval(hits, n, 0.95);
            assertThat(found.holds((double) hits / n)).isTrue();
            assertThat(found.low()).isBetween(0.0, 1.0);
            assertThat(found.high()).isBetween(0.0, 1.0);
            Interval more = Wilson.interval(4L * hits, 4L * n, 0.95);
            assertThat(more.high() - more.low()).isLessThan(found.high() - found.low());
        });
    }

    @Test
    void refusesMoreHitsThanObservations() {
        assertThatThrownBy(() -> Wilson.interval(3, 2, 0.95)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> Wilson.interval(0, 0, 0.95)).hasMessageContaining("0 of 0");
        assertThatThrownBy(() -> Wilson.interval(1, 2, 1)).hasMessageContaining("within 0..1: 1.0");
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("2.0 and 1.0");
    }

    @Test
    void aTrailingQuantileWaitsForWhatItNeedsAndForgetsWhatIsOld() {
        TrailingQuantile median = TrailingQuantile.of(0.5, 3, 2);
        median.add(10);
        assertThat(median.value()).isNaN();
        median.add(20);
        assertThat(median.value()).isEqualTo(15);
        median.add(30);
        median.add(40);
        assertThat(median.value()).isEqualTo(30);
        assertThatThrownBy(() -> median.add(Double.NaN)).hasMessageContaining("finite: NaN");
        assertThatThrownBy(() -> TrailingQuantile.of(0.5, 1, 1)).hasMessageContaining("1 and 1");
    }
}
