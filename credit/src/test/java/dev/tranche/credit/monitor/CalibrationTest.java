package dev.tranche.credit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void scoresThatAnnounceWhatComesHaveARatioOfOne() {
        Calibration calibration = Calibration.of(1000, 300, 300, 0.95);
        assertThat(calibration.ratio()).isEqualTo(1);
        assertThat(calibration.low()).isBetween(0.90, 1.0);
        assertThat(calibration.high()).isBetween(1.0, 1.11);
    }

    @Test
    void weightedTrainingShowsAsARatioFarFromOne() {
        // 3.4 % bad, mean score 0.313: the recipe of training with scale_pos_weight and not correcting it.
        Calibration calibration = Calibration.of(10_000, 340, 3130, 0.95);
        assertThat(calibration.ratio()).isEqualTo(0.1086, within(1e-4));
        assertThat(calibration.high()).isLessThan(0.8);
    }

    @Test
    void theIntervalNarrowsAsOutcomesCome() {
        Calibration few = Calibration.of(50, 15, 15, 0.95);
        Calibration many = Calibration.of(5000, 1500, 1500, 0.95);
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 5);
    }

    @Test
    void noBadOutcomeStillHasAnUpperEnd() {
        Calibration calibration = Calibration.of(20, 0, 2, 0.95);
        assertThat(calibration.low()).isZero();
        assertThat(calibration.high()).isGreaterThan(1);
    }

    @Test
    void everyBadOutcomeEndsAtOne() {
        Calibration calibration = Calibration.of(20, 20, 10, 0.95);
        assertThat(calibration.high()).isEqualTo(2);
    }

    @Test
    void nothingMeasuredIsNotACalibration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[0], new boolean[0]))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(0, 0, 0, 0.95))
                .withMessageContaining("0 of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(10, 3, 0, 0.95))
                .withMessageContaining("above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(10, 3, 3, 1))
                .withMessageContaining("confidence must be within 0..1: 1.0");
    }

    @Test
    void aScoreThatIsNoProbabilityIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[] {0.2, 1.2}, new boolean[2]))
                .withMessageContaining("1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibration.of(new double[] {Double.NaN}, new boolean[1]))
                .withMessageContaining("NaN");
    }

    @Test
    void fewApplicantsMakeFewerGroups() {
        double[] scores = {0.1, 0.2, 0.3};
        assertThat(Calibration.byDecile(scores, new boolean[] {false, true, false}))
                .hasSize(3)
                .allMatch(group -> group.applicants() == 1);
    }

    @Test
    void groupsHoldEveryApplicantOnce() {
        double[] scores = new double[37];
        Arrays.fill(scores, 0.25);
        assertThat(Calibration.byDecile(scores, new boolean[37]).stream()
                        .mapToLong(Calibration::applicants)
                        .sum())
                .isEqualTo(37);
    }
}
