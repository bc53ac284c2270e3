package dev.tranche.server.journal;

import org.jspecify.annotations.Nullable;

/// One answered question with everything that took part in the answer. Its id is the journal position it is
/// stored at, so the record itself does not carry it.
///
/// @param node number of the answering node
/// @param receivedMicros when the request arrived, microseconds since 1970
/// @param latencyNanos from the arrival of the request to this record
/// @param product the product whose route answered
/// @param unit what assignment hashed
/// @param loanId the caller's id of the application, else null
/// @param row the features as they came
/// @param model the version that was assigned, even when fallback rules answered in its place
/// @param policy the policy in force, else null
/// @param placement why this version answered
/// @param answer what was answered
public record DecisionRecord(
        int node,
        long receivedMicros,
        long latencyNanos,
        String product,
        String unit,
        @Nullable String loanId,
        RawRow row,
        VersionStamp model,
        @Nullable VersionStamp policy,
        Placement placement,
        Answer answer)
        implements JournalRecord {}
