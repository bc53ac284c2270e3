package dev.tranche.release.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import dev.tranche.release.Trials;
import dev.tranche.release.VersionName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    /// Seed 000 §4.1, with the metrics that can be had.
    private static Experiment experiment(ArmMetric... metrics) {
        List<Share> shares = Share.proportions(List.of(new BigDecimal("0.3"), new BigDecimal("0.7")));
        return new Experiment(
                "momentum_strategy_v2",
                "momentum",
                List.of(
                        new Arm(VersionName.parse("lstm_v1"), shares.get(0)),
                        new Arm(VersionName.parse("xgboost_v2"), shares.get(1))),
                "user_id",
                Bucketing.murmur3("momentum_strategy_v2"),
                List.of(metrics));
    }

    @Test
    void theSeedsTradingMetricsAreRefusedWithTheReason() {
        Experiment seed = experiment(ArmMetric.parse("sharpe_ratio"), ArmMetric.parse("max_drawdown"));
        assertThat(seed.refusals()).hasSize(2).allMatch(reason -> reason.contains("block bootstrap"));
        assertThat(experiment(ArmMetric.APPROVAL_RATE).refusals()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArmMetric.parse("accuracy"))
                .withMessageContaining("accuracy");
    }

    @Test
    void aUnitAlwaysMeetsTheSameArm() {
        Experiment experiment = experiment(ArmMetric.APPROVAL_RATE);
        int first = 0;
        for (int i = 0; i < 20_000; i++) {
            Assignment assignment = experiment.assign("u" + i);
            assertThat(experiment.assign("u" + i)).isEqualTo(assignment);
            assertThat(assignment.version())
                    .isEqualTo(experiment.arms().get(assignment.arm()).version());
            first += assignment.arm() == 0 ? 1 : 0;
        }
        assertThat(first).isBetween(5_800, 6_200);
    }

    @Test
    void sharesMustBeTheWhole() {
        Arm half = new Arm(VersionName.parse("lstm_v1"), Share.ofPercent(50));
        Arm less = new Arm(VersionName.parse("xgboost_v2"), Share.ofPercent(49));
        Bucketing bucketing = Bucketing.murmur3("s");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Experiment("e", "p", List.of(half, less), "u", bucketing, List.of(ArmMetric.ERROR_RATE)))
                .withMessageContaining("9900");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Experiment("e", "p", List.of(half, half), "u", bucketing, List.of(ArmMetric.ERROR_RATE)));
        assertThatIllegalArgumentException()
                .isThrownBy(ExperimentTest::experiment)
                .withMessageContaining("metrics");
    }

    @Test
    void theReadoutCountsEveryArmAndComparesWithTheFirst() {
        Experiment experiment = experiment(
                ArmMetric.APPROVAL_RATE,
                ArmMetric.SCORE_MEAN,
                ArmMetric.ERROR_RATE,
                ArmMetric.OUTCOME_RATE,
                ArmMetric.LATENCY_MEAN);
        RandomGenerator chance = Trials.chance(7);
        List<ArmTally> tallies = new ArrayList<>(List.of(ArmTally.EMPTY, ArmTally.EMPTY));
        for (int i = 0; i < 10_000; i++) {
            int arm = experiment.assign("u" + i).arm();
            double score = chance.nextDouble() + (arm == 1 ? 0.1 : 0);
            Exposure exposure = new Exposure(
                    "u" + i, arm, Optional.of(score < 0.5), Optional.of(score), false, Duration.ofMillis(2), NOW);
            tallies.set(arm, tallies.get(arm).plus(exposure));
            if (i % 10 == 0) {
                tallies.set(arm, tallies.get(arm).plus(new Outcome("u" + i, arm, chance.nextDouble() < 0.3, NOW)));
            }
        }
        Readout readout = Readout.of(experiment, tallies);
        assertThat(readout.sampleRatio().word()).isEqualTo("pass");
        Readout.ArmReadout second = readout.arms().get(1);
        assertThat(second.count() + readout.arms().get(0).count()).isEqualTo(10_000);
        assertThat(second.approvalRate().orElseThrow()).isCloseTo(0.4, within(0.02));
        assertThat(second.averageScore().orElseThrow()).isCloseTo(0.6, within(0.02));
        assertThat(second.latencyMillis()).hasValue(2);
        assertThat(readout.arms().getFirst().differences()).isEmpty();
        assertThat(second.differences()).hasSize(5);
        assertThat(second.differences())
                .filteredOn(Readout.Comparison::decided)
                .extracting(Readout.Comparison::metric)
                .containsExactly(ArmMetric.APPROVAL_RATE, ArmMetric.SCORE_MEAN);
    }

    @Test
    void nothingSeenReadsAsNothing() {
        Readout readout = Readout.of(experiment(ArmMetric.APPROVAL_RATE), List.of(ArmTally.EMPTY, ArmTally.EMPTY));
        assertThat(readout.sampleRatio().word()).isEqualTo("wait");
        assertThat(readout.arms())
                .allMatch(
                        arm -> arm.approvalRate().isEmpty() && arm.differences().isEmpty());
    }

    @Test
    void aBrokenSplitIsToldBeforeAnyMetric() {
        ArmTally half = new ArmTally(5_000, 0, 0, 0, Moments.EMPTY, Moments.EMPTY, 0, 0);
        assertThat(Readout.of(experiment(ArmMetric.ERROR_RATE), List.of(half, half))
                        .sampleRatio()
                        .word())
                .isEqualTo("fail");
    }

    @Test
    void anArmWithoutAShareMustStayEmpty() {
        List<Arm> arms = List.of(
                new Arm(VersionName.parse("a_v1"), Share.WHOLE), new Arm(VersionName.parse("b_v1"), Share.NONE));
        assertThat(SampleRatio.mismatch(arms, List.of(100L, 0L))).isFalse();
        assertThat(SampleRatio.mismatch(arms, List.of(100L, 1L))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> SampleRatio.evidence(arms, List.of(1L)));
    }

    @Test
    void fallbacksAndErrorsStayOutOfScoresAndApprovals() {
        ArmTally tally = ArmTally.EMPTY
                .plus(new Exposure("u", 0, Optional.empty(), Optional.empty(), true, Duration.ofMillis(200), NOW))
                .plus(new Exposure("v", 0, Optional.of(true), Optional.of(0.1), false, Duration.ofMillis(2), NOW));
        assertThat(tally.count()).isEqualTo(2);
        assertThat(tally.errors()).isEqualTo(1);
        assertThat(tally.decided()).isEqualTo(1);
        assertThat(tally.score()).isEqualTo(new Moments(1, 0.1, 0));
    }

    @Test
    void momentsDoNotCancel() {
        Moments moments = Moments.EMPTY;
        for (double value : new double[] {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}) {
            moments = moments.plus(value);
        }
        assertThat(moments.variance()).isCloseTo(30, within(1e-6));
        assertThat(Moments.EMPTY.variance()).isZero();
    }
}
