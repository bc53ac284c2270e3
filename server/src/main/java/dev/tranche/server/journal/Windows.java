package dev.tranche.server.journal;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What every version did lately, and since its stage began: a fold over the journal, so that after a restart
/// it is counted again to the same numbers. Requests that asked for a version by name are left out.
///
/// The journal's tail writes; any thread may read.
public final class Windows implements JournalTail.Fold {
    private record Key(String product, String version, boolean shadow) {}

    /// The trailing windows reach back so far.
    static final Duration REACH = Duration.ofHours(24);

    private final DecisionJournal journal;
    private final TimeIndex index;
    private final Map<Key, Lane> lanes = new HashMap<>();
    private final Map<String, Followed> followed = new HashMap<>();
    private final Map<String, Arms> arms = new HashMap<>();
    private final Map<Metric, BiFunction<String, Instant, Reading>> gauges = new HashMap<>();
    private Set<String> running = Set.of();
    private long position;
    private @Nullable JournalTail tail;

    private Windows(DecisionJournal journal, TimeIndex index, long from) {
        this.journal = journal;
        this.index = index;
        this.position = from;
    }

    /// Empty windows over a journal; [JournalTail] fills them.
    ///
    /// @param from the position that the tail starts at
    public static Windows over(DecisionJournal journal, TimeIndex index, long from) {
        return new Windows(journal, index, from);
    }

    /// Tells the windows whose progress decides how fresh they are.
    public synchronized void fedBy(JournalTail reader) {
        tail = reader;
    }

    /// Where readings that do not come from the journal are asked for (memory, health, the breaker).
    ///
    /// @param gauge answers for a product at an instant
    public synchronized void gauge(Metric metric, BiFunction<String, Instant, Reading> gauge) {
        gauges.put(metric, gauge);
    }

    static long micros(JournalRecord journalRecord) {
        return switch (journalRecord) {
            case DecisionRecord decision -> decision.receivedMicros() + decision.latencyNanos() / 1000;
            case ShadowRecord shadow -> shadow.atMicros();
            case OutcomeRecord outcome -> outcome.receivedMicros();
            case LayoutRecord _ -> 0;
        };
    }

    @Override
    public synchronized void take(long at, JournalRecord journalRecord) {
        count(journalRecord, lanes, arms);
        position = at + 1;
    }

    private void count(JournalRecord journalRecord, Map<Key, Lane> into, Map<String, Arms> armsInto) {
        long second = micros(journalRecord) / 1_000_000;
        switch (journalRecord) {
            case DecisionRecord decision -> {
                if (decision.placement().role() == Placement.Role.PINNED) {
                    return;
                }
                count(into, decision.product(), decision.model().name(), second, tally -> tally.decision(decision));
                if (decision.policy() != null) {
                    count(
                            into,
                            decision.product(),
                            decision.policy().name(),
                            second,
                            tally -> tally.decision(decision));
                }
                arm(
                        armsInto,
                        decision.placement().experiment(),
                        decision.placement().arm(),
                        second,
                        tally -> tally.decision(decision));
            }
            case ShadowRecord shadow -> {
                Key key = new Key(shadow.product(), shadow.subject(), true);
                lane(into, key).count(second, inStage(shadow.product(), second), tally -> tally.shadow(shadow));
            }
            case OutcomeRecord outcome -> {
                for (OutcomeRecord.Score score : outcome.scores()) {
                    Consumer<Tally> counted = tally -> tally.outcome(outcome.outcome(), score.score());
                    Lane lane = lane(into, new Key(outcome.product(), score.version(), score.shadow()));
                    lane.count(second, inStage(outcome.product(), second), counted);
                    Followed rollout = followed.get(outcome.product());
                    long decided = outcome.decidedMicros();
                    if (rollout != null && decided >= micros(rollout.rolloutStarted())) {
                        lane.matured(decided / 1_000_000, counted);
                    }
                    arm(armsInto, score.experiment(), score.arm(), second, counted);
                }
            }
            case LayoutRecord _ -> {}
        }
    }

    private void count(Map<Key, Lane> into, String product, String version, long second, Consumer<Tally> counted) {
        lane(into, new Key(product, version, false)).count(second, inStage(product, second), counted);
    }

    private static Lane lane(Map<Key, Lane> into, Key key) {
        return into.computeIfAbsent(key, _ -> new Lane());
    }

    private static void arm(
            Map<String, Arms> into,
            @Nullable String experiment,
            @Nullable String arm,
            long second,
            Consumer<Tally> counted) {
        if (experiment != null && arm != null) {
            into.computeIfAbsent(experiment, _ -> new Arms(0)).count(arm, second, counted);
        }
    }

    private boolean inStage(String product, long second) {
        Followed rollout = followed.get(product);
        return rollout != null && second >= rollout.stageEntered().getEpochSecond();
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    /// Begins to count a product's versions from the start of a rollout and of its stage.
    ///
    /// What happened since then and was already counted, or was recorded before this process started, is
    /// counted again from the journal, so call this from a thread that may wait. When only the stage has
    /// changed, nothing before the new stage is read: the outcomes by age of decision go on being counted.
    /// Telling the same thing twice changes nothing.
    public void follow(String product, Followed rollout) {
        long upTo;
        boolean goesOn;
        synchronized (this) {
            Followed before = followed.put(product, rollout);
            if (rollout.equals(before)) {
                return;
            }
            goesOn = before != null && before.sameRollout(rollout);
            for (Map.Entry<Key, Lane> lane : lanes.entrySet()) {
                if (lane.getKey().product().equals(product)) {
                    lane.getValue().restart(goesOn);
                }
            }
            upTo = position;
        }
        Instant since = goesOn ? rollout.stageEntered().truncatedTo(ChronoUnit.SECONDS) : rollout.rolloutStarted();
        Map<Key, Lane> again = new HashMap<>();
        scan(since, upTo, journalRecord -> count(journalRecord, again, new HashMap<>()));
        synchronized (this) {
            if (rollout.equals(followed.get(product))) {
                again.forEach((key, lane) -> {
                    if (key.product().equals(product)) {
                        lane(lanes, key).add(lane, !goesOn);
                    }
                });
            }
        }
    }

    /// Since when records are counted: what is older is needed by no window, running rollout or running
    /// experiment.
    synchronized Instant countedSince(Instant now) {
        Instant since = now.minus(REACH);
        for (Followed rollout : followed.values()) {
            since = rollout.rolloutStarted().isBefore(since) ? rollout.rolloutStarted() : since;
        }
        for (String experiment : running) {
            Arms counted = arms.get(experiment);
            Instant begun = counted == null ? since : Instant.ofEpochSecond(counted.since());
            since = begun.isBefore(since) ? begun : since;
        }
        return since;
    }

    /// Tells which of the followed experiments still run.
    public synchronized void running(Set<String> experiments) {
        running = Set.copyOf(experiments);
    }

    /// Whether a product's stage that was entered at this time is the one being counted.
    public synchronized boolean counts(String product, Instant stageEntered) {
        Followed rollout = followed.get(product);
        return rollout != null && rollout.stageEntered().equals(stageEntered);
    }

    /// The reading of a version of which nothing was measured.
    public static Reading nothing(Metric metric, String version, Instant now) {
        return Readings.nothing(metric, version, now);
    }

    /// Stops to count a product's stage.
    public synchronized void unfollow(String product) {
        followed.remove(product);
    }

    /// Begins to count an experiment's arms from its start, as [#follow] does for a rollout.
    public void followExperiment(String experiment, Instant started) {
        long upTo;
        synchronized (this) {
            Arms known = arms.get(experiment);
            if (known != null && known.since() == started.getEpochSecond()) {
                return;
            }
            arms.put(experiment, new Arms(started.getEpochSecond()));
            upTo = position;
        }
        Map<String, Arms> again = new HashMap<>();
        again.put(experiment, new Arms(started.getEpochSecond()));
        scan(started, upTo, journalRecord -> count(journalRecord, new HashMap<>(), again));
        synchronized (this) {
            Arms counted = again.get(experiment);
            Arms now = arms.get(experiment);
            if (counted != null && now != null) {
                now.add(counted);
            }
        }
    }

    /// Reads the records before a position again. The part that only this thread sees is not locked; a
    /// record's product is looked up in `followed`, which is why each is counted under the lock.
    private void scan(Instant since, long upTo, Consumer<JournalRecord> counted) {
        Cursor cursor = journal.cursor(index.before(since.getEpochSecond(), journal.start()));
        while (cursor.position() < upTo) {
            Optional<LogRecord> next = cursor.next();
            if (next.isEmpty() || next.get().position() >= upTo) {
                return;
            }
            JournalRecord journalRecord = journal.read(next.get());
            if (micros(journalRecord) >= micros(since)) {
                synchronized (this) {
                    counted.accept(journalRecord);
                }
            }
        }
    }

    /// A measurement of a version.
    ///
    /// @param version exact name of a model or a policy
    /// @return [Reading.Unavailable] with the reason when it cannot be measured
    public synchronized Reading reading(String product, String version, Metric metric, Horizon horizon, Instant now) {
        BiFunction<String, Instant, Reading> gauge = gauges.get(metric);
        if (gauge != null) {
            return gauge.apply(product, now);
        }
        Followed rollout = followed.get(product);
        boolean shadow = metric == Metric.DECISION_FLIP_RATE
                || metric == Metric.SCORE_SHIFT
                || (rollout != null && rollout.shadow() && rollout.candidate().equals(version));
        Lane lane = lanes.get(new Key(product, version, shadow));
        Instant asOf = asOf(now);
        if (lane == null) {
            return Readings.nothing(metric, version, asOf);
        }
        Tally tally;
        switch (horizon) {
            case Horizon.SinceStage _ -> {
                if (rollout == null) {
                    return new Reading.Unavailable("no rollout of " + product + " is followed on this node");
                }
                tally = lane.sinceStage();
            }
            case Horizon.Trailing trailing -> {
                long seconds = Math.max(1, trailing.window().toSeconds());
                if (seconds > 86_400) {
                    return new Reading.Unavailable("windows reach back 24 h, asked for " + trailing.window());
                }
                tally = lane.trailing(now.getEpochSecond(), seconds);
            }
            case Horizon.Matured matured ->
                tally = lane.matured(now.minus(matured.age()).getEpochSecond());
        }
        return Readings.of(metric, tally, asOf);
    }

    private Instant asOf(Instant now) {
        return tail == null ? now : now.minus(tail.lag());
    }

    /// What each version of a product did in the last minute, by the second for the last five, and since its
    /// stage began.
    public synchronized List<VersionWindow> snapshot(String product, Instant now) {
        return lanes.entrySet().stream()
                .filter(entry -> entry.getKey().product().equals(product))
                .map(entry -> VersionWindow.of(
                        entry.getKey().version(), entry.getKey().shadow(), entry.getValue(), now.getEpochSecond()))
                .sorted()
                .toList();
    }

    /// The products seen so far, ordered.
    public synchronized Collection<String> products() {
        return lanes.keySet().stream().map(Key::product).distinct().sorted().toList();
    }

    /// What each arm of an experiment did since it was followed, by name; empty when nothing was counted.
    public synchronized Map<String, ArmTotals> arms(String experiment) {
        Arms counted = arms.get(experiment);
        return counted == null ? Map.of() : new TreeMap<>(counted.totals());
    }
}
