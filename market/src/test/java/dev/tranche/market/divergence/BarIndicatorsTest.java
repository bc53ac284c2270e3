package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Trials;
import dev.tranche.market.divergence.BarIndicators.Scale;
import dev.tranche.market.divergence.BarIndicators.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BarIndicatorsTest {
    private static final Settings SETTINGS = new Settings(Scale.MAD, 20, 10, 5, 1, Fusion.USUAL);

    private record Scored(long closeMillis, double zOfi, double zCvd, double zFusion) {}

    private final List<Scored> scored = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final BarIndicators indicators = BarIndicators.before(SETTINGS, new IndicatorSink() {
        @Override
        public void on(
                long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion) {
            scored.add(new Scored(closeMillis, zOfi, zCvd, zFusion));
        }

        @Override
        public void gap(long fromMillis, long toMillis) {
            gaps.add(fromMillis + ".." + toMillis);
        }
    });

    @Test
    void eachScoreIsThatOfItsOwnSeriesAndTheFusionTheirWeightedSum() {
        RandomGenerator chance = Trials.chance(3);
        List<Double> ofi = new ArrayList<>();
        List<Double> cvd = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ofi.add(chance.nextGaussian());
            double bought = chance.nextDouble();
            cvd.add(2 * bought - 1);
            bar(i, 1, bought, ofi.get(i));
            if (i >= 10) {
                double zOfi = ReadableScores.robust(ofi.subList(0, i), 20, ofi.get(i), 5);
                double zCvd = ReadableScores.robust(cvd.subList(0, i), 20, cvd.get(i), 5);
                assertThat(scored.getLast()).isEqualTo(new Scored(1_000L * (i + 1), zOfi, zCvd, .6 * zOfi + .4 * zCvd));
            } else {
                assertThat(scored.getLast().zFusion()).isNaN();
            }
        }
    }

    @Test
    void aGapBetweenBarsMakesThemWarmUpAgain() {
        for (int i = 0; i < 15; i++) {
            bar(i, i, 0, i);
        }
        assertThat(scored.getLast().zOfi()).isNotNaN();
        bar(16, 1, 0, 1);

        assertThat(scored.getLast().zOfi()).isNaN();
        assertThat(gaps).containsExactly("15000..16000");
    }

    @Test
    void aGapThatWasAnnouncedIsSaidOnce() {
        bar(0, 1, 0, 1);
        indicators.gap(1_000, 3_000);
        bar(3, 1, 0, 1);

        assertThat(gaps).containsExactly("1000..3000");
    }

    @Test
    void withoutABookOnlyTheVolumeDeltaIsScored() {
        for (int i = 0; i < 15; i++) {
            bar(i, 10, i, Double.NaN);
        }

        assertThat(scored.getLast().zCvd()).isNotNaN();
        assertThat(scored.getLast().zOfi()).isNaN();
        assertThat(scored.getLast().zFusion()).isNaN();
    }

    @Test
    void smoothingIsAnExponentialMeanBeforeTheScore() {
        List<Double> smooth = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        BarIndicators smoothing = BarIndicators.before(
                new Settings(Scale.EWM, 20, 10, 5, .3, Fusion.USUAL),
                (closeMillis, high, low, close, zOfi, zCvd, zFusion) -> scores.add(zOfi));
        for (int i = 0; i < 40; i++) {
            double value = i * 7 % 11;
            smooth.add(i == 0 ? value : .3 * value + .7 * smooth.getLast());
            smoothing.bar(1_000L * i, 1_000L * (i + 1), 1, 1, 1, 1, 0, 0, value);
        }
        List<Double> expected = ReadableScores.weighted(smooth, 20, 10, 5);

        assertThat(scores.getLast()).isCloseTo(expected.getLast(), org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aFusionWhoseWeightsAreNotAWholeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fusion(.6, .5))
                .withMessage("ofiWeight and cvdWeight must be at least 0 and sum to 1: 0.6, 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Scale.EWM, 20, 10, 5, 0, Fusion.USUAL))
                .withMessageContaining("smoothing");
    }

    private void bar(int i, double volume, double bought, double imbalance) {
        indicators.bar(1_000L * i, 1_000L * (i + 1), 1, 1, 1, 1, volume, Math.min(bought, volume), imbalance);
    }
}
