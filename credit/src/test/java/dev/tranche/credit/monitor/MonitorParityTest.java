package dev.tranche.credit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.format.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same numbers as scikit-learn, scipy and numpy.
class MonitorParityTest {

    /// Sums in another order differ in the last digits.
    private static final double ROUNDING = 1e-12;

    @Test
    void areaUnderTheCurveAndBrierAreThoseOfScikitLearn() {
        for (Json.Struct vector : Vectors.of("cases")) {
            Discrimination found = Discrimination.of(Vectors.numbers(vector, "scores"), Vectors.flags(vector, "bad"));
            assertThat(found.auc()).isEqualTo(Vectors.number(vector, "auc"), within(ROUNDING));
            assertThat(found.brier()).isEqualTo(Vectors.number(vector, "brier"), within(ROUNDING));
        }
    }

    @Test
    void theKolmogorovSmirnovDistanceIsThatOfScipy() {
        for (Json.Struct vector : Vectors.of("cases")) {
            Discrimination found = Discrimination.of(Vectors.numbers(vector, "scores"), Vectors.flags(vector, "bad"));
            assertThat(found.ks()).isEqualTo(Vectors.number(vector, "ks"), within(ROUNDING));
        }
    }

    @Test
    void theIntervalOfTheRatioIsTheWilsonIntervalOfScipyOverTheExpectedRate() {
        for (Json.Struct vector : Vectors.of("cases")) {
            Calibration found = Calibration.of(Vectors.numbers(vector, "scores"), Vectors.flags(vector, "bad"));
            double expected = found.expectedRate();
            assertThat(found.low() * expected).isEqualTo(Vectors.number(vector, "rate_low"), within(1e-9));
            assertThat(found.high() * expected).isEqualTo(Vectors.number(vector, "rate_high"), within(1e-9));
        }
    }

    @Test
    void calibrationByDecileIsTheQuantileCurveOfScikitLearn() {
        Json.Struct smooth = Vectors.of("cases").getFirst();
        List<Calibration> deciles =
                Calibration.byDecile(Vectors.numbers(smooth, "scores"), Vectors.flags(smooth, "bad"));
        double[] observed = Vectors.numbers(smooth, "decile_observed");
        double[] expected = Vectors.numbers(smooth, "decile_expected");
        assertThat(deciles).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(deciles.get(i).applicants()).isEqualTo(20);
            assertThat(deciles.get(i).observedRate()).isEqualTo(observed[i], within(ROUNDING));
            assertThat(deciles.get(i).expectedRate()).isEqualTo(expected[i], within(ROUNDING));
        }
    }

    @Test
    void stabilityOverTheSameBinsIsThatOfNumpy() {
        for (Json.Struct vector : Vectors.of("stability")) {
            Stability stability = Stability.of(Vectors.numbers(vector, "reference"), 10);
            assertThat(stability.edges()).containsExactly(Vectors.numbers(vector, "edges"));
            assertThat(stability.index(Vectors.numbers(vector, "sample")))
                    .isEqualTo(Vectors.number(vector, "index"), within(ROUNDING));
        }
    }
}
