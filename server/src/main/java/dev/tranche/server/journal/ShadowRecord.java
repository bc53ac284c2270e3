package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import org.jspecify.annotations.Nullable;

/// What a version would have answered to a decision that another version really answered.
///
/// @param decision the real decision
/// @param atMicros when the shadow answered, microseconds since 1970
/// @param product product of the decision
/// @param subject exact name of the version on trial: the model, or the policy when that is what a rollout
///     moves
/// @param model the version that was asked in the shadow
/// @param policy the policy it was asked with, else null
/// @param epoch number of the route change in force
/// @param score the shadow's score; NaN when `error` is set
/// @param band the shadow's band, else null
/// @param action the shadow's action, null without a policy or on an error
/// @param liveScore the score that was really given; NaN when fallback rules answered
/// @param liveAction the action really taken, else null
/// @param latencyNanos how long the shadow took, queueing excluded
/// @param error what went wrong, else null
public record ShadowRecord(
        DecisionId decision,
        long atMicros,
        String product,
        String subject,
        VersionStamp model,
        @Nullable VersionStamp policy,
        long epoch,
        double score,
        @Nullable String band,
        @Nullable Action action,
        double liveScore,
        @Nullable Action liveAction,
        long latencyNanos,
        @Nullable String error)
        implements JournalRecord {

    /// True when both acted and acted differently.
    public boolean flipped() {
        return action != null && liveAction != null && action != liveAction;
    }
}
