package dev.tranche.server.journal;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Everything counted of one version, either where its answers counted or in the shadow.
final class Lane {
    /// A quarter of an hour by the second and a day by the minute: longer than any guard looks back.
    private final Ring seconds = Ring.of(1, 901);

    private final Ring minutes = Ring.of(60, 1441);
    private Tally sinceStage = new Tally();
    private NavigableMap<Long, Tally> outcomesByDecision = new TreeMap<>();

    void count(long second, boolean inStage, Consumer<Tally> counted) {
        Tally now = seconds.at(second);
        if (now != null) {
            counted.accept(now);
        }
        Tally minute = minutes.at(second);
        if (minute != null) {
            counted.accept(minute);
        }
        if (inStage) {
            counted.accept(sinceStage);
        }
    }

    /// Counts an outcome by the second of its decision, so that only those of a certain age can be asked for.
    void matured(long decidedSecond, Consumer<Tally> counted) {
        counted.accept(outcomesByDecision.computeIfAbsent(decidedSecond, _ -> new Tally()));
    }

    /// Begins a stage.
    ///
    /// @param goesOn true when it is another stage of the same rollout: the outcomes by age of decision stay
    void restart(boolean goesOn) {
        sinceStage = new Tally();
        if (!goesOn) {
            outcomesByDecision = new TreeMap<>();
        }
    }

    /// Takes over what was counted again from the journal.
    ///
    /// @param outcomes whether the outcomes by the age of their decisions were missing too
    void add(Lane counted, boolean outcomes) {
        sinceStage.add(counted.sinceStage);
        if (!outcomes) {
            return;
        }
        counted.outcomesByDecision.forEach((second, tally) ->
                outcomesByDecision.computeIfAbsent(second, _ -> new Tally()).add(tally));
    }

    Tally sinceStage() {
        return sinceStage;
    }

    /// Sum over the last seconds before a second, itself included.
    ///
    /// @throws IllegalArgumentException when the horizon is longer than is kept
    Tally trailing(long nowSecond, long horizonSeconds) {
        if (horizonSeconds <= seconds.reachSeconds()) {
            return seconds.sum(nowSecond - horizonSeconds, nowSecond);
        }
        if (horizonSeconds <= minutes.reachSeconds()) {
            return minutes.sum(nowSecond - horizonSeconds, nowSecond);
        }
        throw new IllegalArgumentException(
                "horizon must be within " + minutes.reachSeconds() + " seconds: " + horizonSeconds);
    }

    /// Outcomes of decisions made at or before a second.
    Tally matured(long decidedUpTo) {
        Tally sum = new Tally();
        outcomesByDecision.headMap(decidedUpTo, true).values().forEach(sum::add);
        return sum;
    }

    Ring seconds() {
        return seconds;
    }
}
