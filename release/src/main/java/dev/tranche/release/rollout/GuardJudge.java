package dev.tranche.release.rollout;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Observation;
import dev.tranche.release.Reading;
import dev.tranche.release.Subject;
import dev.tranche.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/// Judges guards at one moment. Here *fail* means that the condition is bad now, *pass* that it is not,
/// *wait* and *broken* that nobody can say; only time between bad looks runs.
record GuardJudge(Observation observation, Instant now, boolean paired) {
    /// This moment's look.
    Verdict look(Guard guard) {
        return switch (guard) {
            case Guard.Limit limit -> limit(limit);
            case Guard.InState(Metric metric, String state, Duration _) -> state(metric, state);
            case Guard.WorseThanLive worse -> new GateJudge(observation, now, paired, 0, 1).worse(worse);
        };
    }

    /// Whether a condition that has been bad for so long is more than bad luck. Only proportions can be bad
    /// by luck; when the longer window cannot be read, the duration alone decides.
    boolean confirmed(Guard guard, Duration badFor) {
        if (!(guard instanceof Guard.Limit limit) || limit.metric().form() != Metric.Form.PROPORTION) {
            return true;
        }
        Duration window = limit.over().orElse(Judging.WINDOW);
        Duration whole = badFor.compareTo(window) > 0 ? badFor : window;
        return !(read(limit.metric(), whole) instanceof Reading.Proportion proportion)
                || Look.beyondChance(proportion, limit.relation(), limit.level());
    }

    /// How a guard stands, for people: *fail* only when its duration is full.
    static Verdict stands(Guard guard, Verdict look, Duration badFor) {
        SortedMap<String, Double> numbers = Judging.numbers(
                "bad_for_seconds", badFor.toMillis() / 1e3,
                "limit_seconds", guard.sustained().toMillis() / 1e3);
        numbers.putAll(look.numbers());
        return switch (look) {
            case Verdict.Fail(String reason, var _)
            when badFor.compareTo(guard.sustained()) < 0 ->
                new Verdict.Wait(
                        reason + ", for " + Judging.span(badFor) + " of " + Judging.span(guard.sustained()), numbers);
            case Verdict.Fail(String reason, var _) ->
                new Verdict.Fail(
                        guard.sustained().isZero() ? reason : reason + ", for " + Judging.span(badFor), numbers);
            case Verdict.Pass(String reason, var _) -> new Verdict.Pass(reason, numbers);
            case Verdict.Wait(String reason, var _) -> new Verdict.Wait(reason, numbers);
            case Verdict.Broken(String reason, var _) -> new Verdict.Broken(reason, numbers);
        };
    }

    private Verdict limit(Guard.Limit guard) {
        Reading reading = read(guard.metric(), guard.over().orElse(Judging.WINDOW));
        Verdict within = Look.at(guard.metric(), guard.relation(), guard.limit(), reading);
        return switch (within) {
            case Verdict.Pass(String reason, var numbers) ->
                new Verdict.Fail(reason + ", " + guard.relation() + " " + guard.limit(), numbers);
            case Verdict.Fail(String _, var numbers) ->
                new Verdict.Pass(guard.metric() + " is " + Judging.show(guard.metric(), estimate(numbers)), numbers);
            case Verdict.Wait waiting -> waiting;
            case Verdict.Broken broken -> broken;
        };
    }

    private static double estimate(SortedMap<String, Double> numbers) {
        return numbers.getOrDefault("estimate", 0.0);
    }

    private Verdict state(Metric metric, String bad) {
        return switch (read(metric, Judging.WINDOW)) {
            case Reading.State(String name, Instant _) ->
                name.equals(bad) ? Verdict.fail(metric + " is " + name) : Verdict.pass(metric + " is " + name);
            case Reading.Unavailable(String reason) -> Judging.broken(metric, reason);
            case Reading other -> Judging.unfit(metric, other);
        };
    }

    private Reading read(Metric metric, Duration window) {
        return observation
                .reading(metric, Subject.CANDIDATE, new Horizon.Trailing(window))
                .fresh(now);
    }
}
