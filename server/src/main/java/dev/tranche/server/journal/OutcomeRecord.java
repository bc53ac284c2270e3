package dev.tranche.server.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What later became of a decision, joined at intake to every score that was given for it, the real one and
/// the shadows', so that counting needs no second look-up.
///
/// @param decision the decision
/// @param product product of the decision
/// @param outcome 1 = bad (the label's positive class), 0 = good
/// @param decidedMicros when the decision's request arrived, microseconds since 1970
/// @param observedMicros when it was observed, microseconds since 1970
/// @param receivedMicros when we were told, microseconds since 1970
/// @param scores the scores it is compared with; fallback scores are not among them
public record OutcomeRecord(
        DecisionId decision,
        String product,
        int outcome,
        long decidedMicros,
        long observedMicros,
        long receivedMicros,
        List<Score> scores)
        implements JournalRecord {

    /// A score given for the decision.
    ///
    /// @param version exact name of the version
    /// @param score probability of bad, 0..1
    /// @param shadow true when it was given in the shadow
    /// @param experiment the experiment of the decision, else null; never on a shadow
    /// @param arm the arm of the decision, else null
    public record Score(
            String version,
            double score,
            boolean shadow,
            @Nullable String experiment,
            @Nullable String arm) {}

    /// @throws IllegalArgumentException when the outcome is neither 0 nor 1
    public OutcomeRecord {
        if (outcome != 0 && outcome != 1) {
            throw new IllegalArgumentException("outcome must be 0 (good) or 1 (bad): " + outcome);
        }
        scores = List.copyOf(scores);
    }
}
