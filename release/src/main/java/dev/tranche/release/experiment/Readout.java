package dev.tranche.release.experiment;

import dev.tranche.release.Verdict;
import dev.tranche.release.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an experiment shows so far, arm by arm. The intervals are confidence sequences: they may be looked at
/// at any time, and each holds at [#CONFIDENCE] for one metric of one arm (no correction for several metrics
/// is made).
///
/// @param sampleRatio pass while the arms get their shares, fail when they do not; then distrust everything
///     else
public record Readout(String experiment, List<ArmReadout> arms, Verdict sampleRatio) {
    /// The confidence of each interval.
    public static final double CONFIDENCE = 0.95;

    /// @param count exposures
    /// @param differences to the first arm, one for each metric that can be compared yet; empty for the first
    ///     arm
    public record ArmReadout(
            VersionName version,
            long count,
            OptionalDouble approvalRate,
            OptionalDouble averageScore,
            long outcomes,
            OptionalDouble outcomeRate,
            OptionalDouble errorRate,
            OptionalDouble latencyMillis,
            List<Comparison> differences) {
        public ArmReadout {
            differences = List.copyOf(differences);
        }
    }

    /// An arm less the first arm.
    ///
    /// @param decided whether the interval leaves out zero
    public record Comparison(ArmMetric metric, Interval difference, boolean decided) {}

    public Readout {
        arms = List.copyOf(arms);
    }

    /// The readout of these tallies, one for each arm in order.
    public static Readout of(Experiment experiment, List<ArmTally> tallies) {
        if (tallies.size() != experiment.arms().size()) {
            throw new IllegalArgumentException(
                    "one tally for each arm: " + experiment.arms().size() + " and " + tallies.size());
        }
        List<ArmReadout> arms = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            List<Comparison> differences =
                    i == 0 ? List.of() : compare(experiment.metrics(), tallies.get(i), tallies.getFirst());
            arms.add(arm(experiment.arms().get(i).version(), tallies.get(i), differences));
        }
        return new Readout(experiment.id(), arms, ratio(experiment.arms(), tallies));
    }

    private static ArmReadout arm(VersionName version, ArmTally tally, List<Comparison> differences) {
        return new ArmReadout(
                version,
                tally.count(),
                rate(tally.approved(), tally.decided()),
                mean(tally.score()),
                tally.outcomes(),
                rate(tally.bad(), tally.outcomes()),
                rate(tally.errors(), tally.count()),
                mean(tally.latencyMillis()),
                differences);
    }

    private static List<Comparison> compare(List<ArmMetric> metrics, ArmTally arm, ArmTally first) {
        List<Comparison> differences = new ArrayList<>();
        for (ArmMetric metric : metrics) {
            difference(metric, arm, first)
                    .ifPresent(interval -> differences.add(
                            new Comparison(metric, interval, interval.lower() > 0 || interval.upper() < 0)));
        }
        return differences;
    }

    private static Optional<Interval> difference(ArmMetric metric, ArmTally arm, ArmTally first) {
        return switch (metric) {
            case APPROVAL_RATE -> rates(arm.approved(), arm.decided(), first.approved(), first.decided());
            case OUTCOME_RATE -> rates(arm.bad(), arm.outcomes(), first.bad(), first.outcomes());
            case ERROR_RATE -> rates(arm.errors(), arm.count(), first.errors(), first.count());
            case SCORE_MEAN -> means(arm.score(), first.score());
            case LATENCY_MEAN -> means(arm.latencyMillis(), first.latencyMillis());
            case SHARPE_RATIO, MAX_DRAWDOWN -> Optional.empty();
        };
    }

    private static Optional<Interval> rates(long hits, long of, long otherHits, long otherOf) {
        return of == 0 || otherOf == 0
                ? Optional.empty()
                : Optional.of(Difference.interval(hits, of, otherHits, otherOf, 1 - CONFIDENCE, false));
    }

    private static Optional<Interval> means(Moments arm, Moments first) {
        return arm.n() < MeanSequence.LEAST || first.n() < MeanSequence.LEAST
                ? Optional.empty()
                : Optional.of(MeanSequence.difference(
                        arm.n(),
                        arm.mean(),
                        arm.variance(),
                        first.n(),
                        first.mean(),
                        first.variance(),
                        1 - CONFIDENCE));
    }

    private static Verdict ratio(List<Arm> arms, List<ArmTally> tallies) {
        List<Long> counts = tallies.stream().map(ArmTally::count).toList();
        if (counts.stream().allMatch(count -> count == 0)) {
            return Verdict.await("nobody has been exposed yet");
        }
        return SampleRatio.mismatch(arms, counts)
                ? Verdict.fail("the arms got " + counts + " of shares "
                        + arms.stream().map(Arm::share).toList())
                : Verdict.pass("the arms get their shares");
    }

    private static OptionalDouble rate(long hits, long of) {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / of);
    }

    private static OptionalDouble mean(Moments moments) {
        return moments.n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(moments.mean());
    }
}
