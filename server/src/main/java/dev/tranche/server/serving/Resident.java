package dev.tranche.server.serving;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.Verification;
import dev.tranche.release.Digest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A registered folder in memory with the number of its uses. What weighs, the model with its schema and
/// transform, is its [Body], which folders of the same essence share. The counts are guarded by the
/// [Artifacts] they belong to.
final class Resident {
    private final Digest digest;
    private final Artifact artifact;
    private final Body body;
    private int uses;
    private volatile @Nullable Verification verification;

    Resident(Digest digest, Artifact artifact, Body body) {
        this.digest = digest;
        this.artifact = artifact;
        this.body = body;
    }

    /// What residents of one essence share.
    static final class Body {
        /// Idle scorers that are kept, about one for each thread that answers.
        private static final int SCORERS = 16;

        private final String essence;
        private final Artifact first;
        private volatile long costNanos;
        private volatile boolean warm;
        private int residents;
        private final Queue<Scorer> scorers = new ConcurrentLinkedQueue<>();

        Body(String essence, Artifact first) {
            this.essence = essence;
            this.first = first;
        }

        String essence() {
            return essence;
        }

        /// The artifact it came with; the others are its twins.
        Artifact first() {
            return first;
        }

        long costNanos() {
            return costNanos;
        }

        boolean warm() {
            return warm;
        }

        void warmed(long nanos) {
            costNanos = nanos;
            warm = true;
        }

        /// A scorer that nobody else uses until it is [#put] back.
        Scorer scorer() {
            Scorer idle = scorers.poll();
            return idle != null ? idle : first.model().scorer();
        }

        void put(Scorer scorer) {
            if (scorers.size() < SCORERS) {
                scorers.add(scorer);
            }
        }

        /// Adds to the residents and returns how many there are.
        int residents(int more) {
            residents += more;
            return residents;
        }
    }

    Digest digest() {
        return digest;
    }

    Artifact artifact() {
        return artifact;
    }

    Body body() {
        return body;
    }

    /// What recomputing its golden rows here came to, null when nobody did yet.
    @Nullable
    Verification verification() {
        return verification;
    }

    void verified(Verification found) {
        verification = found;
    }

    /// Adds to the uses and returns how many there are.
    int uses(int more) {
        uses += more;
        return uses;
    }

    @Override
    public String toString() {
        return artifact.identity().name() + " (" + digest + ")";
    }
}
