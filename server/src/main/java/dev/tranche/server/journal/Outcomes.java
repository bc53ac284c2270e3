package dev.tranche.server.journal;

import dev.tranche.runtime.clock.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Takes in what became of decisions: finds the decision, joins the outcome to every score that was given for
/// it, and records it once. Telling the same thing again changes nothing. Thread-safe; may wait for the
/// database.
public final class Outcomes {
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    /// One report.
    ///
    /// @param decision the decision, null when it is named by its loan id
    /// @param product the product of the loan id, null when the decision is named
    /// @param loanId the application, null when the decision is named
    /// @param outcome 1 = bad, 0 = good
    /// @param observedAt when it was observed
    public record Report(
            @Nullable DecisionId decision,
            @Nullable String product,
            @Nullable String loanId,
            int outcome,
            Instant observedAt) {

        /// @throws IllegalArgumentException when neither or both names are given, or the outcome is not 0 or 1
        public Report {
            if ((decision == null) == (loanId == null || product == null)) {
                throw new IllegalArgumentException("an outcome must name either a decision_id or a loan_id");
            }
            if (outcome != 0 && outcome != 1) {
                throw new IllegalArgumentException("outcome must be 0 (good) or 1 (bad): " + outcome);
            }
        }

        String name() {
            return decision != null ? decision.toString() : String.valueOf(loanId);
        }
    }

    /// What came of some reports.
    ///
    /// @param accepted recorded now
    /// @param duplicates known already, with the same outcome
    /// @param conflicts known already with the other outcome; the first stays
    /// @param unknown no such decision
    public record Receipt(int accepted, int duplicates, List<String> conflicts, List<String> unknown) {}

    private final DecisionJournal journal;
    private final JournalTail tail;
    private final Recent recent;
    private final Archive archive;
    private final Ticks clock;

    private Outcomes(DecisionJournal journal, JournalTail tail, Recent recent, Archive archive, Ticks clock) {
        this.journal = journal;
        this.tail = tail;
        this.recent = recent;
        this.archive = archive;
        this.clock = clock;
    }

    /// Outcomes of a journal's decisions.
    public static Outcomes of(DecisionJournal journal, JournalTail tail, Recent recent, Archive archive, Ticks clock) {
        return new Outcomes(journal, tail, recent, archive, clock);
    }

    /// Takes in reports.
    ///
    /// @throws JournalException when the journal takes no record; what was taken in before stays
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when an old decision must be looked up and
    ///     the database is away
    public Receipt accept(List<Report> reports) throws InterruptedException {
        tail.await(journal.end(), CATCH_UP);
        int accepted = 0;
        int duplicates = 0;
        List<String> conflicts = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Report report : reports) {
            Optional<Scored> found = find(report);
            if (found.isEmpty()) {
                unknown.add(report.name());
                continue;
            }
            OptionalInt known = record(found.get(), report);
            if (known.isEmpty()) {
                accepted++;
            } else if (known.getAsInt() == report.outcome()) {
                duplicates++;
            } else {
                conflicts.add(report.name());
            }
        }
        return new Receipt(accepted, duplicates, List.copyOf(conflicts), List.copyOf(unknown));
    }

    private Optional<Scored> find(Report report) {
        Optional<DecisionId> id = Optional.ofNullable(report.decision());
        if (id.isEmpty() && report.product() != null && report.loanId() != null) {
            id = recent.decision(report.product(), report.loanId());
            if (id.isEmpty()) {
                id = archive.decision(report.product(), report.loanId());
            }
        }
        return id.flatMap(this::scored);
    }

    private Optional<Scored> scored(DecisionId id) {
        Optional<DecisionRecord> local = journal.decision(id);
        return local.isPresent()
                ? local.map(decision -> Scored.of(id, decision, recent.shadows(id)))
                : archive.scores(id);
    }

    /// Records an outcome unless one is known; returns the known one.
    private OptionalInt record(Scored scored, Report report) {
        Integer claimed = recent.claim(scored.id(), report.outcome());
        if (claimed != null) {
            return OptionalInt.of(claimed);
        }
        boolean recorded = false;
        try {
            if (journal.decision(scored.id()).isEmpty()) {
                OptionalInt archived = archive.outcome(scored.id());
                if (archived.isPresent()) {
                    return archived;
                }
            }
            journal.append(new OutcomeRecord(
                    scored.id(),
                    scored.product(),
                    report.outcome(),
                    scored.decidedMicros(),
                    report.observedAt().toEpochMilli() * 1000,
                    clock.epochNanos() / 1000,
                    scored.scores()));
            recorded = true;
            return OptionalInt.empty();
        } finally {
            if (!recorded) {
                recent.release(scored.id());
            }
        }
    }
}
