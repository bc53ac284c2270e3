package dev.tranche.server.serving;

import dev.tranche.credit.CreditDecision;
import dev.tranche.credit.Policy;
import dev.tranche.credit.Source;
import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.RawRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks one model and one policy about one row: the same code online, in the shadow and in replay. Immutable, safe for
/// any number of threads.
final class Scorer {
    private static final double[] NOTHING = {};

    private final Artifact artifact;
    private final @Nullable Policy policy;
    private final Projection projection;

    private Scorer(Artifact artifact, @Nullable Policy policy, Projection projection) {
        this.artifact = artifact;
        this.policy = policy;
        this.projection = projection;
    }

    /// What came of asking.
    sealed interface Asked {
        /// An answer.
        record Answered(Answer answer) implements Asked {}

        /// The features are refused.
        record Refused(String feature, String reason) implements Asked {}
    }

    static Scorer of(Artifact artifact, @Nullable Policy policy, Projection projection) {
        return new Scorer(artifact, policy, projection);
    }

    /// Asks the model, and the policy about its score.
    ///
    /// @throws dev.tranche.inference.DeadlinePassedException when the deadline passed first
    Asked ask(RawRow raw, Deadline deadline) {
        Admission admission;
        try {
            admission = artifact.schema().admit(projection.row(raw));
        } catch (Projection.WrongTypeException e) {
            return new Asked.Refused(e.feature(), String.valueOf(e.getMessage()));
        }
        return switch (admission) {
            case Admission.Admitted admitted -> score(admitted, deadline);
            case Admission.Rejected rejected -> new Asked.Refused(rejected.feature(), rejected.reason());
            case Admission.FallBack missing ->
                policy == null
                        ? new Asked.Refused(missing.feature(), missing.reason())
                        : fallBack(raw, Answer.Cause.MISSING_FEATURE, missing.feature() + " " + missing.reason());
        };
    }

    /// A value that the transform or the model refuses is the caller's fault, as one that the schema refuses.
    private Asked score(Admission.Admitted admitted, Deadline deadline) {
        try {
            return new Asked.Answered(answer(admitted, deadline));
        } catch (RowRefusedException e) {
            return new Asked.Refused(e.column(), e.reason());
        }
    }

    private Answer answer(Admission.Admitted admitted, Deadline deadline) {
        FeatureRow row = admitted.row();
        Prediction prediction = artifact.score(row, deadline);
        double score = prediction.score();
        if (policy == null) {
            return new Answer(
                    prediction.margins(),
                    prediction.outputs(),
                    score,
                    null,
                    null,
                    Source.MODEL,
                    List.of(),
                    admitted.missing(),
                    admitted.defaulted(),
                    Answer.Cause.NONE,
                    null);
        }
        CreditDecision decision = policy.decide(artifact.schema(), row, score, () -> artifact.explain(row));
        return new Answer(
                prediction.margins(),
                prediction.outputs(),
                score,
                decision.band(),
                decision.action(),
                decision.source(),
                decision.reasons(),
                admitted.missing(),
                admitted.defaulted(),
                Answer.Cause.NONE,
                null);
    }

    /// Lets the fallback rules answer.
    ///
    /// @param error what went wrong, for the record
    /// @throws IllegalStateException when there is no policy
    Asked fallBack(RawRow raw, Answer.Cause cause, String error) {
        if (policy == null) {
            throw new IllegalStateException("no policy, so there are no fallback rules");
        }
        FeatureRow row;
        try {
            row = projection.row(raw);
        } catch (Projection.WrongTypeException e) {
            return new Asked.Refused(e.feature(), String.valueOf(e.getMessage()));
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < artifact.schema().size(); i++) {
            if (row.missing(i)) {
                missing.add(artifact.schema().feature(i).name());
            }
        }
        List<String> defaulted = List.of();
        switch (artifact.schema().admit(row)) {
            case Admission.Admitted admitted -> {
                defaulted = admitted.defaulted();
                missing = admitted.missing();
            }
            case Admission.Rejected rejected -> {
                return new Asked.Refused(rejected.feature(), rejected.reason());
            }
            case Admission.FallBack _ -> {}
        }
        CreditDecision decision = policy.fallback(artifact.schema(), row);
        return new Asked.Answered(new Answer(
                NOTHING,
                NOTHING,
                decision.score(),
                decision.band(),
                decision.action(),
                Source.FALLBACK_RULES,
                decision.reasons(),
                List.copyOf(missing),
                defaulted,
                cause,
                error));
    }
}
