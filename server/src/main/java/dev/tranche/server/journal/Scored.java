package dev.tranche.server.journal;

import dev.tranche.server.journal.OutcomeRecord.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision with every score that was given for it.
///
/// @param id the decision
/// @param product its product
/// @param decidedMicros when its request arrived, microseconds since 1970
/// @param scores the scores
record Scored(DecisionId id, String product, long decidedMicros, List<Score> scores) {
    Scored {
        scores = List.copyOf(scores);
    }

    /// The scores of a decision of the journal; fallback scores and pinned answers do not count.
    static Scored of(DecisionId id, DecisionRecord decision, List<Score> shadows) {
        List<Score> scores = new ArrayList<>(shadows);
        if (decision.answer().cause() == Answer.Cause.NONE
                && decision.placement().role() != Placement.Role.PINNED) {
            scores.addAll(real(
                    decision.model().name(),
                    decision.policy() == null ? null : decision.policy().name(),
                    decision.answer().score(),
                    decision.placement().experiment(),
                    decision.placement().arm()));
        }
        return new Scored(id, decision.product(), decision.receivedMicros(), scores);
    }

    /// The real score counts for the model, and for the policy it was given under.
    static List<Score> real(
            String model, @Nullable String policy, double score, @Nullable String experiment, @Nullable String arm) {
        List<Score> scores = new ArrayList<>();
        scores.add(new Score(model, score, false, experiment, arm));
        if (policy != null) {
            scores.add(new Score(policy, score, false, null, null));
        }
        return scores;
    }
}
