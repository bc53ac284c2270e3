package dev.tranche.server.rollouts;

import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Measures how long going back took, from the decision journal: from the verdict to the last request that
/// the bad version answered. One writer.
final class RollbackClock {
    /// Waited after the verdict before looking: requests that were under way must be in the journal by then.
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int MARKS = 120;

    private record Mark(Instant at, long position) {}

    private final DecisionJournal journal;
    private final Deque<Mark> marks = new ArrayDeque<>();

    RollbackClock(DecisionJournal journal) {
        this.journal = journal;
    }

    /// Remembers how far the journal had come at this moment.
    void mark(Instant now) {
        marks.addLast(new Mark(now, journal.end()));
        if (marks.size() > MARKS) {
            marks.removeFirst();
        }
    }

    /// The measurement; empty while it is too early.
    Optional<Change.RollbackMeasured> measure(RolloutRecord rollout, Instant verdict, Instant now) {
        if (now.isBefore(verdict.plus(SETTLE))) {
            return Optional.empty();
        }
        long from = marks.stream()
                .filter(mark -> mark.at().isBefore(verdict))
                .mapToLong(Mark::position)
                .max()
                .orElse(journal.start());
        long verdictMicros = verdict.getEpochSecond() * 1_000_000 + verdict.getNano() / 1000;
        long last = verdictMicros;
        long late = 0;
        Cursor cursor = journal.cursor(from);
        for (Optional<LogRecord> found = cursor.next(); found.isPresent(); found = cursor.next()) {
            if (journal.read(found.get()) instanceof DecisionRecord decision
                    && by(rollout, decision)
                    && decision.receivedMicros() > verdictMicros) {
                last = Math.max(last, decision.receivedMicros());
                late++;
            }
        }
        return Optional.of(
                new Change.RollbackMeasured(rollout.id(), Duration.ofNanos((last - verdictMicros) * 1000), late));
    }

    private static boolean by(RolloutRecord rollout, DecisionRecord decision) {
        String candidate = rollout.state().charter().plan().candidate().toString();
        boolean policy = decision.policy() != null && decision.policy().name().equals(candidate);
        return decision.product().equals(rollout.product())
                && decision.placement().role() != Placement.Role.PINNED
                && (decision.model().name().equals(candidate) || policy);
    }
}
