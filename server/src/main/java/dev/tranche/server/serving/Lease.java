package dev.tranche.server.serving;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Verification;
import java.util.concurrent.atomic.AtomicBoolean;

/// One use of an artifact in memory. While a single lease is open the artifact stays; closing the last one
/// closes it and gives back what its model holds. Whoever takes a lease closes it, once or more often.
/// Thread-safe.
///
/// ```java
/// try (Lease lease = artifacts.lease(digest).orElseThrow()) {
///     lease.verification();
/// }
/// ```
public final class Lease implements AutoCloseable {
    private final Artifacts artifacts;
    private final Resident resident;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// A lease that was counted already.
    Lease(Artifacts artifacts, Resident resident) {
        this.artifacts = artifacts;
        this.resident = resident;
    }

    /// The artifact. Not to be asked any more once this lease is closed, unless another one is open.
    public Artifact artifact() {
        return resident.artifact();
    }

    /// Measured cost of one answer in nanoseconds; 0 when it was not or could not be measured.
    public long costNanos() {
        return resident.body().costNanos();
    }

    /// What recomputing the golden rows on this machine came to. It is done once while the artifact is in
    /// memory, whoever asks first.
    public Verification verification() {
        return artifacts.verified(resident);
    }

    Resident resident() {
        return resident;
    }

    /// Another lease of the same artifact, to be closed on its own.
    ///
    /// @throws IllegalStateException when this one is closed already
    public Lease again() {
        if (closed.get()) {
            throw new IllegalStateException("a closed lease cannot be taken again: " + resident);
        }
        return artifacts.again(resident);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            artifacts.release(resident);
        }
    }
}
