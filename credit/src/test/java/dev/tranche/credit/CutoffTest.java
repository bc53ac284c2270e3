package dev.tranche.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutoffTest {

    private static final double[] TEN = {0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 0.9};

    @Test
    void liesHalfWayBetweenTheLastApprovedAndTheFirstNot() {
        Cutoff cutoff = Cutoff.forApprovalRate(TEN, 0.7);
        assertThat(cutoff.below()).isEqualTo(0.55, within(1e-12));
        assertThat(cutoff.approved()).isEqualTo(0.7);
    }

    @Test
    void theOrderOfTheSampleDoesNotMatter() {
        double[] reversed = new double[TEN.length];
        Arrays.setAll(reversed, i -> TEN[TEN.length - 1 - i]);
        assertThat(Cutoff.forApprovalRate(reversed, 0.3)).isEqualTo(Cutoff.forApprovalRate(TEN, 0.3));
    }

    @Test
    void equalScoresAreNeverTornApart() {
        double[] scores = {0.1, 0.3, 0.3, 0.3, 0.9};
        Cutoff cutoff = Cutoff.forApprovalRate(scores, 0.6);
        assertThat(cutoff.approved()).isEqualTo(0.2);
        assertThat(cutoff.below()).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void nobodyAndEverybodyAreTargetsToo() {
        assertThat(Cutoff.forApprovalRate(TEN, 0).below()).isLessThan(0.05);
        assertThat(Cutoff.forApprovalRate(TEN, 0).approved()).isZero();
        assertThat(Cutoff.forApprovalRate(TEN, 1).below()).isGreaterThan(0.9);
        assertThat(Cutoff.forApprovalRate(TEN, 1).approved()).isEqualTo(1);
    }

    @Test
    void neverApprovesMoreThanTheTargetAndSaysHowMany() {
        Random random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            double[] scores = random.doubles(1 + random.nextInt(50))
                    .map(score -> Math.rint(score * 20) / 20 * 0.98)
                    .toArray();
            double rate = random.nextDouble();
            Cutoff cutoff = Cutoff.forApprovalRate(scores, rate);
            long approved = Arrays.stream(scores)
                    .filter(score -> score < cutoff.below())
                    .count();
            assertThat((double) approved / scores.length)
                    .as("seed 7, trial %d", trial)
                    .isEqualTo(cutoff.approved())
                    .isLessThanOrEqualTo(rate + 1e-9);
        }
    }

    @Test
    void refusesWhatIsNoRateOrNoScore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cutoff.forApprovalRate(TEN, 70))
                .withMessageContaining("approval rate must be within 0..1: 70.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cutoff.forApprovalRate(new double[0], 0.7))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cutoff.forApprovalRate(new double[] {0.3, 620}, 0.7))
                .withMessageContaining("620");
    }
}
