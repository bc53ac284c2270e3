package dev.tranche.server.journal;

import java.util.Optional;

/// Finds a decision wherever it is kept: in this node's journal, or in the archive when it was dropped here
/// or another node made it. Thread-safe.
public final class Decisions {
    private final DecisionJournal journal;
    private final Archive archive;

    private Decisions(DecisionJournal journal, Archive archive) {
        this.journal = journal;
        this.archive = archive;
    }

    /// The decisions of a journal and the archive behind it.
    public static Decisions of(DecisionJournal journal, Archive archive) {
        return new Decisions(journal, archive);
    }

    /// The decision of an id; empty when nobody ever made it.
    ///
    /// Throws `StoreUnavailableException` when only the archive could know and the database is away.
    public Optional<DecisionRecord> find(DecisionId id) {
        boolean here = id.node() == journal.node() && id.position() >= journal.start();
        Optional<DecisionRecord> kept = journal.decision(id);
        if (kept.isPresent() || here) {
            return kept;
        }
        return archive.find(id);
    }
}
