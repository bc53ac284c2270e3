package dev.tranche.server.serving;

import dev.tranche.credit.CreditDecision;
import dev.tranche.credit.Policy;
import dev.tranche.credit.Source;
import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.RawRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks one model and one policy about one row: the same code online, in the shadow and in replay. Immutable,
/// safe for any number of threads.
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

    /// A row on its way to the model: ready for it, or answered without it.
    sealed interface Prepared {
        /// The schema admitted it and the transform made a vector of it.
        ///
        /// @param vector as many values as the model has inputs
        @SuppressWarnings("ArrayRecordComponent") // read only
        record Ready(Admission.Admitted admitted, double[] vector) implements Prepared {}

        /// It is refused, or the fallback rules answered it.
        record Done(Asked asked) implements Prepared {}
    }

    /// Asks the model, and the policy about its score.
    ///
    /// @throws dev.tranche.inference.DeadlinePassedException when the deadline passed first
    Asked ask(RawRow raw, Deadline deadline) {
        return switch (prepare(raw)) {
            case Prepared.Done done -> done.asked();
            case Prepared.Ready ready -> ask(ready, deadline);
        };
    }

    /// All that is done with a row before the model is asked. A value that the transform refuses is the
    /// caller's fault, as one that the schema refuses.
    Prepared prepare(RawRow raw) {
        try {
            return switch (artifact.schema().admit(projection.row(raw))) {
                case Admission.Admitted admitted -> new Prepared.Ready(admitted, artifact.vector(admitted.row()));
                case Admission.Rejected rejected ->
                    new Prepared.Done(new Asked.Refused(rejected.feature(), rejected.reason()));
                case Admission.FallBack missing ->
                    new Prepared.Done(
                            policy == null
                                    ? new Asked.Refused(missing.feature(), missing.reason())
                                    : fallBack(
                                            raw,
                                            Answer.Cause.MISSING_FEATURE,
                                            missing.feature() + " " + missing.reason()));
            };
        } catch (Projection.WrongTypeException e) {
            return new Prepared.Done(new Asked.Refused(e.feature(), String.valueOf(e.getMessage())));
        } catch (RowRefusedException e) {
            return new Prepared.Done(new Asked.Refused(e.column(), e.reason()));
        }
    }

    /// Asks the model about one row, and the policy about its score.
    ///
    /// @throws dev.tranche.inference.DeadlinePassedException when the deadline passed first
    Asked ask(Prepared.Ready ready, Deadline deadline) {
        try {
            return answer(ready, artifact.model().predict(ready.vector(), deadline), deadline);
        } catch (RowRefusedException e) {
            return new Asked.Refused(e.column(), e.reason());
        }
    }

    /// Asks the policy about what the model said, and the model for its reasons when they are owed.
    ///
    /// @throws dev.tranche.inference.DeadlinePassedException when the deadline passed before the reasons were
    ///     known
    Asked answer(Prepared.Ready ready, Prediction prediction, Deadline deadline) {
        return new Asked.Answered(
                answer(ready.admitted(), prediction, () -> artifact.explain(ready.vector(), deadline)));
    }

    /// What this model and policy make of a prediction and its explanation.
    Answer answer(Admission.Admitted admitted, Prediction prediction, Supplier<Contributions> explanation) {
        FeatureRow row = admitted.row();
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
                    Answer.UNEXPLAINED,
                    "",
                    admitted.missing(),
                    admitted.defaulted(),
                    Answer.Cause.NONE,
                    null);
        }
        CreditDecision decision = policy.decide(artifact.schema(), row, score, explanation);
        return new Answer(
                prediction.margins(),
                prediction.outputs(),
                score,
                decision.band(),
                decision.action(),
                decision.source(),
                decision.reasons(),
                decision.method(),
                decision.reference(),
                admitted.missing(),
                admitted.defaulted(),
                Answer.Cause.NONE,
                null);
    }

    /// The artifact that is asked.
    Artifact artifact() {
        return artifact;
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
                decision.method(),
                decision.reference(),
                List.copyOf(missing),
                defaulted,
                cause,
                error));
    }
}
