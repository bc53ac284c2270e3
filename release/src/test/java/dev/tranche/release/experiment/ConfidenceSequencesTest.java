package dev.tranche.release.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.release.Trials;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;

class ConfidenceSequencesTest {
    /// confseq (Howard and Ramdas), `uniform_boundaries_unittest.cpp`: normal_mixture_bound(100, 0.05, 100) =
    /// 30.35209. With unit variance the half-width times n is that bound.
    @Test
    void theNormalMixtureMeetsTheReferenceOfConfseq() {
        double half = MeanSequence.reach(100, 0.05, 100) * Math.sqrt(1.0 / 100);
        assertThat(half * 100).isCloseTo(30.35209, within(1e-5));
    }

    @Test
    void theBoundaryIsTightestNearItsTuning() {
        double tuned = MeanSequence.reach(5_000, 0.05);
        assertThat(tuned).isBetween(2.8, 3.2);
        assertThat(MeanSequence.reach(50, 0.05)).isGreaterThan(tuned);
        assertThat(MeanSequence.reach(5_000_000, 0.05)).isGreaterThan(tuned);
    }

    /// The evidence is the mixture integral itself; here by the trapezoid rule in place of the beta function.
    @Test
    void theBetaBinomialEvidenceIsTheIntegralOfTheLikelihoodRatio() {
        double p = 0.1;
        int hits = 7;
        int of = 40;
        double sum = 0;
        int steps = 200_000;
        for (int i = 0; i < steps; i++) {
            // q = sin^2 t turns the Beta(1/2, 1/2) law into a uniform one on 0..pi/2.
            double q = Math.pow(Math.sin((i + 0.5) / steps * Math.PI / 2), 2);
            sum += Math.pow(q / p, hits) * Math.pow((1 - q) / (1 - p), of - hits) / steps;
        }
        assertThat(ProportionSequence.of(hits, of).evidence(p)).isCloseTo(Math.log(sum), within(1e-9));
        assertThat(Beta.logBeta(0.5, 0.5)).isCloseTo(Math.log(Math.PI), within(1e-12));
    }

    @Test
    void theGammaPoissonEvidenceIsTheIntegralOfTheLikelihoodRatio() {
        double sum = 0;
        double step = 1e-4;
        for (double rate = step / 2; rate < 40; rate += step) {
            sum += Math.exp(12 * Math.log(rate / 0.8) - (rate - 0.8) * 9.5 - rate) * step;
        }
        assertThat(RatioSequence.of(12, 9.5).evidence(0.8)).isCloseTo(Math.log(sum), within(1e-6));
    }

    @Test
    void nothingMeasuredAllowsEverything() {
        assertThat(ProportionSequence.of(0, 0).interval(0.05)).isEqualTo(new Interval(0.5, 0, 1));
        assertThat(Difference.interval(0, 0, 0, 0, 0.05, false)).isEqualTo(new Interval(0, -1, 1));
        assertThat(Difference.interval(0, 0, 0, 0, 0.05, true)).isEqualTo(new Interval(0, -1, 1));
    }

    @Test
    void noErrorsInManyRequestsBoundTheRateFromAboveOnly() {
        Interval none = ProportionSequence.of(0, 1_000).interval(0.05);
        assertThat(none.lower()).isZero();
        assertThat(none.upper()).isBetween(0.004, 0.010);
        Interval all = ProportionSequence.of(1_000, 1_000).interval(0.05);
        assertThat(all.upper()).isEqualTo(1);
        assertThat(all.lower()).isCloseTo(1 - none.upper(), within(1e-12));
    }

    @Test
    void theDifferenceIsAntisymmetric() {
        Trials.of(100, chance -> {
            long of = 1L + chance.nextInt(3_000);
            long otherOf = 1L + chance.nextInt(3_000);
            long hits = chance.nextLong(of + 1);
            long otherHits = chance.nextLong(otherOf + 1);
            boolean paired = chance.nextBoolean();
            Interval one = Difference.interval(hits, of, otherHits, otherOf, 0.05, paired);
            Interval other = Difference.interval(otherHits, otherOf, hits, of, 0.05, paired);
            assertThat(one.lower()).isCloseTo(-other.upper(), within(1e-9));
            assertThat(one.upper()).isCloseTo(-other.lower(), within(1e-9));
            assertThat(one.estimate()).isBetween(one.lower(), one.upper());
        });
    }

    @Test
    void moreConfidenceIsAWiderInterval() {
        Interval usual = Difference.interval(300, 1_000, 260, 1_000, 0.05, false);
        Interval sure = Difference.interval(300, 1_000, 260, 1_000, 0.01, false);
        assertThat(sure.lower()).isLessThan(usual.lower());
        assertThat(sure.upper()).isGreaterThan(usual.upper());
    }

    @Test
    void misuseIsRefusedWithTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProportionSequence.of(3, 2))
                .withMessageContaining("3 of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RatioSequence.of(1, 0))
                .withMessageContaining("1, 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanSequence.reach(10, 1))
                .withMessageContaining("1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(0, 1, 0));
    }
}
