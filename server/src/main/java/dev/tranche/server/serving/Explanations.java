package dev.tranche.server.serving;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.release.Digest;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.RawRow;
import dev.tranche.server.journal.VersionStamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Answers *why*, for a row or for a past decision, beside the serving path: nothing is recorded, no more are
/// computed at once than there are processors to spare, few may wait, and each has a deadline. Thread-safe.
public final class Explanations {
    /// How long an explanation may wait and take: somebody looks at it, so it is longer than a decision's
    /// deadline.
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /// How many may wait for a processor.
    static final int WAITING = 64;

    private final Artifacts artifacts;
    private final Semaphore running;
    private final int room;
    private final long limitNanos;
    private final AtomicInteger waiting = new AtomicInteger();

    private Explanations(Artifacts artifacts, int atOnce, int room, Duration limit) {
        this.artifacts = artifacts;
        this.running = new Semaphore(atOnce, true);
        this.room = room;
        this.limitNanos = limit.toNanos();
    }

    /// Explanations of artifacts.
    ///
    /// @param artifacts finds the folder that decided
    /// @param atOnce how many are computed at once, at least 1
    public static Explanations of(Artifacts artifacts, int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("explanations at once must be at least 1: " + atOnce);
        }
        return of(artifacts, atOnce, WAITING, LIMIT);
    }

    static Explanations of(Artifacts artifacts, int atOnce, int room, Duration limit) {
        return new Explanations(artifacts, atOnce, room, limit);
    }

    /// How many wait for a processor now.
    int waiting() {
        return waiting.get();
    }

    /// A model and a policy as they are asked.
    private record Asked(VersionStamp model, @Nullable VersionStamp policy, Scorer scorer, RawRow row) {}

    /// Why the version that answers this question answers as it does. The caller holds the question's route.
    public Explained explain(Question question) {
        return switch (Selection.of(question)) {
            case Selection.Choice.None none -> new Explained.NotServing(none.version(), none.reason());
            case Selection.Choice.Chosen(Selection chosen) ->
                bounded(
                        new Asked(
                                chosen.model().stamp(),
                                chosen.policy() == null ? null : chosen.policy().stamp(),
                                chosen.scorer(),
                                question.row()),
                        null);
        };
    }

    /// Why a decision came out as it did, by the artifacts that decided.
    public Explained explain(DecisionRecord decision) {
        if (decision.answer().cause() != Answer.Cause.NONE) {
            return new Explained.NotScored("no model's score was used ("
                    + String.valueOf(decision.answer().error())
                    + "); the reasons of the decision are those of its rules");
        }
        Optional<Lease> lease = artifacts.lease(new Digest(decision.model().digest()));
        if (lease.isEmpty()) {
            return gone(decision.model());
        }
        try (Lease held = lease.get()) {
            VersionStamp stamp = decision.policy();
            Policy policy = null;
            if (stamp != null) {
                Optional<Policy> found = artifacts.policy(new Digest(stamp.digest()));
                if (found.isEmpty()) {
                    return gone(stamp);
                }
                policy = found.get();
            }
            Artifact artifact = held.artifact();
            Scorer scorer =
                    Scorer.of(artifact, policy, Projection.of(decision.row().layout(), artifact.schema()));
            return bounded(new Asked(decision.model(), stamp, scorer, decision.row()), decision.answer());
        }
    }

    private static Explained gone(VersionStamp stamp) {
        return new Explained.Gone(stamp.name() + " " + stamp.digest());
    }

    private Explained bounded(Asked asked, @Nullable Answer recorded) {
        long due = System.nanoTime() + limitNanos;
        if (waiting.incrementAndGet() > room) {
            waiting.decrementAndGet();
            return new Explained.Busy(room + " explanations wait already");
        }
        boolean taken;
        try {
            taken = running.tryAcquire(limitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Explained.Busy("the server is stopping");
        } finally {
            waiting.decrementAndGet();
        }
        if (!taken) {
            return late();
        }
        try {
            return why(asked, recorded, () -> System.nanoTime() - due > 0);
        } catch (DeadlinePassedException late) {
            return late();
        } finally {
            running.release();
        }
    }

    private Explained late() {
        return new Explained.Busy("the explanation was not ready within " + limitNanos / 1_000_000 + " ms");
    }

    private static Explained why(Asked asked, @Nullable Answer recorded, Deadline deadline) {
        return switch (asked.scorer().prepare(asked.row())) {
            case Scorer.Prepared.Done(Scorer.Asked.Refused(String feature, String reason)) ->
                new Explained.Rejected(feature, reason);
            case Scorer.Prepared.Done(Scorer.Asked.Answered(Answer answer)) ->
                new Explained.NotScored("the fallback rules answer this row: " + answer.error());
            case Scorer.Prepared.Ready ready -> why(asked, ready, recorded, deadline);
        };
    }

    private static Explained why(
            Asked asked, Scorer.Prepared.Ready ready, @Nullable Answer recorded, Deadline deadline) {
        Artifact artifact = asked.scorer().artifact();
        try {
            Contributions contributions = artifact.explain(ready.vector(), deadline);
            Prediction prediction = artifact.model().predict(ready.vector(), deadline);
            Answer answer = asked.scorer().answer(ready.admitted(), prediction, () -> contributions);
            return new Explained.Why(
                    asked.model(),
                    asked.policy(),
                    answer,
                    contributions,
                    artifact.explanation().margin(),
                    recorded == null ? null : same(recorded, answer));
        } catch (RowRefusedException refused) {
            return new Explained.Rejected(refused.column(), refused.reason());
        }
    }

    private static boolean same(Answer recorded, Answer again) {
        boolean measured = recorded.method().isEmpty()
                || (recorded.method().equals(again.method())
                        && recorded.reference().equals(again.reference()));
        return measured
                && Arrays.equals(recorded.margins(), again.margins())
                && recorded.action() == again.action()
                && recorded.reasons().equals(again.reasons());
    }
}
