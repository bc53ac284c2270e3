package dev.tranche.server.serving;

import dev.tranche.credit.Policy;
import dev.tranche.credit.Reason;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.release.Digest;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.VersionStamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers a recorded decision again, from its features and the artifacts of its digests, and compares bit
/// for bit.
public final class Replay {
    /// The finding.
    public enum Verdict {
        /// Everything came out the same.
        EXACT,
        /// Something came out differently, or could not be computed.
        DIFFERENT
    }

    /// A finding with what differs.
    ///
    /// @param verdict the finding
    /// @param differences one entry for each thing that differs; empty when EXACT
    public record Finding(Verdict verdict, List<Difference> differences) {
        static Finding of(List<Difference> differences) {
            return new Finding(differences.isEmpty() ? Verdict.EXACT : Verdict.DIFFERENT, List.copyOf(differences));
        }
    }

    /// One thing that differs.
    ///
    /// @param what its name, for instance `margins`
    /// @param recorded what was answered then
    /// @param replayed what is answered now
    public record Difference(String what, String recorded, String replayed) {}

    private final Artifacts artifacts;

    private Replay(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /// Replay with artifacts by digest.
    public static Replay with(Artifacts artifacts) {
        return new Replay(artifacts);
    }

    /// Answers a decision again. A fallback is replayed with the cause that was recorded, because time is not
    /// repeated.
    public Finding replay(DecisionRecord decision) {
        Optional<Lease> lease = artifacts.lease(new Digest(decision.model().digest()));
        if (lease.isEmpty()) {
            return gone("model", decision.model());
        }
        try (Lease held = lease.get()) {
            return replay(decision, held.artifact());
        }
    }

    private Finding replay(DecisionRecord decision, Artifact artifact) {
        VersionStamp stamp = decision.policy();
        Policy policy = null;
        if (stamp != null) {
            Optional<Policy> found = artifacts.policy(new Digest(stamp.digest()));
            if (found.isEmpty()) {
                return gone("policy", stamp);
            }
            policy = found.get();
        }
        return compare(decision.answer(), ask(decision, artifact, policy));
    }

    private static Finding gone(String what, VersionStamp stamp) {
        return Finding.of(List.of(new Difference(
                what, stamp.name() + " " + stamp.digest(), "no registered folder has this digest any more")));
    }

    private static Scorer.Asked ask(DecisionRecord decision, Artifact artifact, @Nullable Policy policy) {
        Scorer scorer = Scorer.of(artifact, policy, Projection.of(decision.row().layout(), artifact.schema()));
        Answer recorded = decision.answer();
        return switch (recorded.cause()) {
            case NONE, MISSING_FEATURE -> scorer.ask(decision.row(), Deadline.NONE);
            case DEADLINE, FAILURE -> {
                String error = String.valueOf(recorded.error());
                yield policy == null
                        ? new Scorer.Asked.Answered(Answer.none(recorded.cause(), error))
                        : scorer.fallBack(decision.row(), recorded.cause(), error);
            }
        };
    }

    private static Finding compare(Answer recorded, Scorer.Asked asked) {
        if (asked instanceof Scorer.Asked.Refused refused) {
            return Finding.of(List.of(
                    new Difference("admission", "admitted", "refused: " + refused.feature() + " " + refused.reason())));
        }
        if (!(asked instanceof Scorer.Asked.Answered answered)) {
            throw new IllegalStateException("neither answered nor refused: " + asked);
        }
        Answer again = answered.answer();
        List<Difference> found = new ArrayList<>();
        bits("margins", recorded.margins(), again.margins(), found);
        bits("outputs", recorded.outputs(), again.outputs(), found);
        bits("score", new double[] {recorded.score()}, new double[] {again.score()}, found);
        differ("band", recorded.band(), again.band(), found);
        differ("action", recorded.action(), again.action(), found);
        differ("source", recorded.source(), again.source(), found);
        differ("reasons", codes(recorded.reasons()), codes(again.reasons()), found);
        if (!recorded.method().isEmpty()) {
            differ("reasons_method", recorded.method(), again.method(), found);
            differ("reasons_reference", recorded.reference(), again.reference(), found);
        }
        differ("missing", recorded.missing(), again.missing(), found);
        differ("defaulted", recorded.defaulted(), again.defaulted(), found);
        return Finding.of(found);
    }

    private static List<String> codes(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.code() + ":" + reason.feature() + ":"
                        + reason.component().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void bits(String what, double[] recorded, double[] again, List<Difference> found) {
        if (!Arrays.equals(recorded, again)) {
            found.add(new Difference(what, Arrays.toString(recorded), Arrays.toString(again)));
        }
    }

    private static void differ(String what, @Nullable Object recorded, @Nullable Object again, List<Difference> found) {
        if (!Objects.equals(recorded, again)) {
            found.add(new Difference(what, String.valueOf(recorded), String.valueOf(again)));
        }
    }
}
