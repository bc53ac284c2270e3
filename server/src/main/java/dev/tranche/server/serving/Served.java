package dev.tranche.server.serving;

import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionRecord;

/// What became of a question.
public sealed interface Served {
    /// It was answered, and the answer is in the journal.
    ///
    /// @param id the decision's id
    /// @param decision the decision as recorded
    record Decided(DecisionId id, DecisionRecord decision) implements Served {}

    /// The model failed or was late, and the product has no policy whose fallback rules could answer. It is
    /// in the journal.
    ///
    /// @param id the decision's id
    /// @param version exact name of the version
    /// @param reason what went wrong
    record Unanswered(DecisionId id, String version, String reason) implements Served {}

    /// The schema of the version refuses the features.
    ///
    /// @param feature the feature
    /// @param reason the offending value and what is allowed
    record Rejected(String feature, String reason) implements Served {}

    /// The version asked for by name does not answer on this route.
    ///
    /// @param version the name asked for
    /// @param reason why not, and who would be answered
    record NotServing(String version, String reason) implements Served {}

    /// Too much is waiting already.
    ///
    /// @param reason what is full
    /// @param retryAfterSeconds when to try again
    record Busy(String reason, int retryAfterSeconds) implements Served {}

    /// The decision could not be recorded, so it was not made.
    ///
    /// @param reason why
    record NotRecorded(String reason) implements Served {}
}
