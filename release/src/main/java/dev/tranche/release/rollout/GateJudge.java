package dev.tranche.release.rollout;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Share;
import dev.tranche.release.Subject;
import dev.tranche.release.Verdict;
import dev.tranche.release.experiment.Difference;
import dev.tranche.release.experiment.Interval;
import dev.tranche.release.experiment.MeanSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// Judges the gates of a stage at one moment.
///
/// Proportions, means and calibration are judged by confidence sequences, so that a pass or a fail means the
/// same however often one looks: the whole interval must lie on one side. Nothing measured is *wait*; a
/// source that does not answer, or answers with data older than [Reading#STALE], is *broken*.
///
/// @param paired whether candidate and live answer the same units (shadow, read-only)
/// @param approvers people who have agreed in this stage
record GateJudge(Observation observation, Instant now, boolean paired, int approvers, int approvalsWanted) {

    static GateJudge of(Rollout.Running running, Observation observation, Instant now) {
        return new GateJudge(
                observation,
                now,
                running.current().mode() != Mode.LIVE,
                running.approvers().size(),
                running.charter().plan().approvals().count());
    }

    /// Whether a fail of this gate is final at any time; others are final when the dwell is over.
    static boolean conclusive(Gate gate) {
        return switch (gate) {
            case Gate.Approval _, Gate.Minimum _ -> false;
            case Gate.Within _, Gate.NoWorse _ -> true;
            case Gate.Between between -> sequential(between.metric());
            case Gate.Limit limit -> limit.sustained().isEmpty() && sequential(limit.metric());
        };
    }

    private static boolean sequential(Metric metric) {
        return switch (metric.form()) {
            case PROPORTION, MEAN, CALIBRATION -> true;
            case COUNT, QUANTILE, GAUGE, STATE -> false;
        };
    }

    /// The verdict, but for a sustained gate that of this moment's look; see [#sustained].
    Verdict judge(Gate gate) {
        return switch (gate) {
            case Gate.Approval _ -> approval();
            case Gate.Minimum minimum -> minimum(minimum);
            case Gate.Within(Metric metric, Quantity margin, Share confidence) ->
                compare(metric, Grammar.alpha(confidence), difference -> within(metric, difference, margin.of(metric)));
            case Gate.NoWorse(Metric metric, Quantity margin, Share confidence) ->
                compare(
                        metric,
                        Grammar.alpha(confidence),
                        difference -> noWorse(metric, difference, margin.of(metric)));
            case Gate.Between between -> between(between);
            case Gate.Limit limit -> limit(limit);
        };
    }

    /// The verdict of a sustained gate, from this look and the measured time it has held; it waits rather
    /// than fails, for its time may still come.
    Verdict sustained(Gate.Limit gate, Verdict look, Duration held) {
        Duration wanted = gate.sustained().orElse(Duration.ZERO);
        SortedMap<String, Double> numbers =
                Judging.numbers("held_seconds", held.toMillis() / 1e3, "limit_seconds", wanted.toMillis() / 1e3);
        numbers.putAll(look.numbers());
        return switch (look) {
            case Verdict.Pass pass
            when held.compareTo(wanted) >= 0 ->
                new Verdict.Pass(pass.reason() + ", held for " + Judging.span(held), numbers);
            case Verdict.Pass pass ->
                new Verdict.Wait(
                        pass.reason() + ", held for " + Judging.span(held) + " of " + Judging.span(wanted), numbers);
            case Verdict.Fail fail ->
                new Verdict.Wait(fail.reason() + "; must hold for " + Judging.span(wanted), numbers);
            case Verdict.Wait waiting -> waiting;
            case Verdict.Broken broken -> broken;
        };
    }

    private Verdict approval() {
        String count = approvers + " of " + approvalsWanted + " approvals";
        SortedMap<String, Double> numbers = Judging.numbers("approvals", approvers, "limit", approvalsWanted);
        return approvers >= approvalsWanted ? new Verdict.Pass(count, numbers) : new Verdict.Wait(count, numbers);
    }

    private Verdict minimum(Gate.Minimum gate) {
        return switch (read(gate.metric(), Subject.CANDIDATE, horizon(gate.olderThan()))) {
            case Reading.Count(long n, Instant _) -> {
                SortedMap<String, Double> numbers = Judging.numbers("n", n, "limit", gate.least());
                String count = gate.metric() + " " + n + " of " + gate.least();
                yield n >= gate.least() ? new Verdict.Pass(count, numbers) : new Verdict.Wait(count, numbers);
            }
            case Reading.Unavailable(String reason) -> Judging.broken(gate.metric(), reason);
            case Reading other -> Judging.unfit(gate.metric(), other);
        };
    }

    private Verdict limit(Gate.Limit gate) {
        Metric metric = gate.metric();
        Horizon horizon = gate.sustained().isPresent()
                ? new Horizon.Trailing(gate.over().orElse(Judging.WINDOW))
                : horizon(gate.olderThan());
        Reading reading = read(metric, Subject.CANDIDATE, horizon);
        return gate.sustained().isPresent()
                ? Look.at(metric, gate.relation(), gate.limit(), reading)
                : Bounds.limit(gate, reading);
    }

    private Verdict between(Gate.Between gate) {
        Reading reading = read(gate.metric(), Subject.CANDIDATE, horizon(gate.olderThan()));
        return Bounds.between(gate, reading);
    }

    /// Turns the interval of candidate less live, and the number of observations behind it, into a verdict.
    private interface Sentence {
        Verdict of(Compared compared);
    }

    /// @param n observations of both together
    private record Compared(Interval interval, long n) {}

    private Verdict compare(Metric metric, double alpha, Sentence sentence) {
        Reading candidate = read(metric, Subject.CANDIDATE, new Horizon.SinceStage());
        Reading live = read(metric, Subject.LIVE, new Horizon.SinceStage());
        if (candidate instanceof Reading.Unavailable(String reason)) {
            return Judging.broken(metric, reason);
        }
        if (live instanceof Reading.Unavailable(String reason)) {
            return Judging.broken(metric, "live: " + reason);
        }
        if (candidate instanceof Reading.Proportion c && live instanceof Reading.Proportion l) {
            return c.of() == 0 || l.of() == 0
                    ? Judging.nothing(metric)
                    : sentence.of(new Compared(
                            Difference.interval(c.hits(), c.of(), l.hits(), l.of(), alpha, paired), c.of() + l.of()));
        }
        if (candidate instanceof Reading.Sample c && live instanceof Reading.Sample l) {
            if (c.n() < MeanSequence.LEAST || l.n() < MeanSequence.LEAST) {
                return new Verdict.Wait(
                        metric + ": " + c.n() + " and " + l.n() + " values, each needs " + MeanSequence.LEAST,
                        Judging.numbers("n", c.n(), "live_n", l.n(), "limit", MeanSequence.LEAST));
            }
            return sentence.of(new Compared(
                    MeanSequence.difference(c.n(), c.mean(), c.variance(), l.n(), l.mean(), l.variance(), alpha),
                    c.n() + l.n()));
        }
        return Judging.unfit(metric, candidate + " and " + live);
    }

    private static Verdict within(Metric metric, Compared compared, double margin) {
        Interval d = compared.interval();
        SortedMap<String, Double> numbers = numbers(compared, margin);
        String text = metric + " differs from live by " + Judging.show(metric, d);
        if (d.lower() >= -margin && d.upper() <= margin) {
            return new Verdict.Pass(text, numbers);
        }
        if (d.lower() > margin || d.upper() < -margin) {
            return new Verdict.Fail(text + ", beyond " + Judging.show(metric, margin), numbers);
        }
        double half = d.estimate() >= 0 ? d.upper() - d.estimate() : d.estimate() - d.lower();
        return new Verdict.Wait(
                text + ", undecided at " + Judging.show(metric, margin)
                        + Judging.more(compared.n(), half, margin - Math.abs(d.estimate())),
                numbers);
    }

    private static Verdict noWorse(Metric metric, Compared compared, double margin) {
        Interval d = compared.interval();
        boolean lowerIsBetter = metric.better() == Metric.Better.LOWER;
        double least = lowerIsBetter ? d.lower() : -d.upper();
        double most = lowerIsBetter ? d.upper() : -d.lower();
        double worse = lowerIsBetter ? d.estimate() : -d.estimate();
        SortedMap<String, Double> numbers = numbers(compared, margin);
        String text = metric + " differs from live by " + Judging.show(metric, d);
        if (most <= margin) {
            return new Verdict.Pass(text, numbers);
        }
        if (least > margin) {
            return new Verdict.Fail(text + ", worse by more than " + Judging.show(metric, margin), numbers);
        }
        return new Verdict.Wait(
                text + ", undecided at " + Judging.show(metric, margin)
                        + Judging.more(compared.n(), most - worse, margin - worse),
                numbers);
    }

    private static SortedMap<String, Double> numbers(Compared compared, double margin) {
        Interval d = compared.interval();
        return Judging.numbers(
                "difference", d.estimate(), "lower", d.lower(), "upper", d.upper(), "limit", margin, "n", compared.n());
    }

    private Reading read(Metric metric, Subject subject, Horizon horizon) {
        return observation.reading(metric, subject, horizon).fresh(now);
    }

    private static Horizon horizon(Optional<Duration> olderThan) {
        return olderThan.<Horizon>map(Horizon.Matured::new).orElseGet(Horizon.SinceStage::new);
    }

    /// Whether the guard's condition of being worse than live holds, by the same comparison.
    Verdict worse(Guard.WorseThanLive guard) {
        Metric metric = guard.metric();
        Verdict verdict = compare(
                metric,
                Grammar.alpha(guard.confidence()),
                compared -> noWorse(metric, compared, guard.margin().of(metric)));
        return switch (verdict) {
            case Verdict.Pass _, Verdict.Fail _, Verdict.Broken _ -> verdict;
            case Verdict.Wait waiting ->
                waiting.numbers().containsKey("difference")
                        ? new Verdict.Pass(waiting.reason(), waiting.numbers())
                        : waiting;
        };
    }
}
