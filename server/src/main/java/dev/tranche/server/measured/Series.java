package dev.tranche.server.measured;

import dev.tranche.release.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What was told about one version at work on one entity. One writer.
final class Series {
    /// Senders whose sequences are remembered; each start of an engine is one.
    private static final int SENDERS = 64;

    /// An engine has so long after a stage began to be heard of before its silence counts.
    static final Duration GRACE = Duration.ofSeconds(30);

    /// Length of one health check, whole seconds.
    static final long HEALTH_SECONDS = 10;

    /// So many failures in a row are told apart.
    private static final long HEALTH_LOOKS = 60;

    private static final class Senders extends LinkedHashMap<String, Sequence> {
        private static final long serialVersionUID = 1L;

        private Senders() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sequence> eldest) {
            return size() > SENDERS;
        }
    }

    /// What ended since a stage was entered.
    private static final class SinceStage {
        private final long enteredMillis;
        private Counts counts;
        private OptionalLong firstMillis;

        private SinceStage(long enteredMillis, Counts counts, OptionalLong firstMillis) {
            this.enteredMillis = enteredMillis;
            this.counts = counts;
            this.firstMillis = firstMillis;
        }
    }

    private final Cells cells = new Cells();
    private final Map<String, Sequence> senders = new Senders();
    private @Nullable SinceStage stage;
    private long newestMillis;
    private Mode mode = Mode.SHADOW;
    private Levels levels = Levels.NONE;

    Sequence.Fate fate(Told told) {
        Sequence known = senders.get(sender(told));
        return known == null ? Sequence.Fate.FRESH : known.fate(told.seq());
    }

    void take(Told told) {
        senders.computeIfAbsent(sender(told), _ -> new Sequence()).see(told.seq());
        cells.add(told);
        if (stage != null && told.endMillis() > stage.enteredMillis) {
            long begun = Math.max(stage.enteredMillis, told.endMillis() - told.spanMillis());
            stage.counts = stage.counts.plus(told.counts());
            stage.firstMillis = OptionalLong.of(Math.min(begun, stage.firstMillis.orElse(begun)));
        }
        if (told.endMillis() >= newestMillis) {
            newestMillis = told.endMillis();
            mode = told.mode();
            levels = told.levels().over(levels);
        }
    }

    private static String sender(Told told) {
        return told.mode() + " " + told.sender();
    }

    /// The counts of a stage; asked for the first time, those that the cells still know, from the first
    /// whole second (of a long stage, minute) on.
    private SinceStage since(Instant entered) {
        long millis = entered.toEpochMilli();
        SinceStage known = stage;
        if (known == null || known.enteredMillis != millis) {
            long from = Math.ceilDiv(millis, 1_000L);
            known = new SinceStage(millis, cells.counts(from, newestMillis / 1_000), cells.firstFrom(from));
            stage = known;
        }
        return known;
    }

    Counts sinceStage(Instant entered) {
        return since(entered).counts;
    }

    /// Whether anything was told that ended in the stage.
    boolean heardIn(Instant entered) {
        return since(entered).firstMillis.isPresent();
    }

    Counts trailing(long from, long to) {
        return cells.counts(from, to);
    }

    /// Seconds of these in which it was up.
    long up(long from, long to) {
        return cells.coverage(from, to).up();
    }

    /// How much of these seconds it was up, leaving out what lies before it was due in the stage.
    Coverage coverage(Instant entered, long from, long to) {
        long graced = entered.plus(GRACE).toEpochMilli();
        long due = Math.min(graced, since(entered).firstMillis.orElse(graced));
        return cells.coverage(Math.max(from, Math.ceilDiv(due, 1_000L)), to);
    }

    /// End of the newest interval, milliseconds since 1970.
    long newestMillis() {
        return newestMillis;
    }

    /// The mode last told.
    Mode mode() {
        return mode;
    }

    /// The levels last told.
    Levels levels() {
        return levels;
    }

    /// Health checks failed in a row up to a second: an engine is asked every ten seconds whether it was up
    /// for half of them, from when it was due in the stage on.
    long healthFailures(Instant entered, long to) {
        long end = Math.floorDiv(to + 1, HEALTH_SECONDS) * HEALTH_SECONDS;
        for (long failures = 0; failures < HEALTH_LOOKS; failures++) {
            long from = end - (failures + 1) * HEALTH_SECONDS;
            Coverage look = coverage(entered, from, from + HEALTH_SECONDS - 1);
            if (look.of() < HEALTH_SECONDS || 2 * look.up() >= look.of()) {
                return failures;
            }
        }
        return HEALTH_LOOKS;
    }
}
