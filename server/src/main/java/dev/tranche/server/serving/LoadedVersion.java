package dev.tranche.server.serving;

import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.journal.VersionStamp;

/// A model in memory, verified, warmed and measured, and one use of the artifact behind it, which is shared
/// with every other version and route of the same digest. Whoever loads a version closes it; a route has a
/// use of its own.
public final class LoadedVersion implements Loaded {
    /// A version that costs more than this is not run on the event loop, because a busy loop cannot time out
    /// (DESIGN §7).
    public static final long INLINE_LIMIT_NANOS = 1_000_000;

    private final VersionName name;
    private final VersionStamp stamp;
    private final Lease lease;

    private LoadedVersion(VersionName name, VersionStamp stamp, Lease lease) {
        this.name = name;
        this.stamp = stamp;
        this.lease = lease;
    }

    /// A version of an artifact.
    ///
    /// @param lease its use of the artifact, which it owns from now on
    static LoadedVersion of(VersionName name, Digest digest, Lease lease) {
        return new LoadedVersion(name, new VersionStamp(name.toString(), digest.hex()), lease);
    }

    /// The same version with a use of its own, to be closed on its own.
    ///
    /// @throws IllegalStateException when this one is closed already
    LoadedVersion again() {
        return new LoadedVersion(name, stamp, lease.again());
    }

    @Override
    public VersionName name() {
        return name;
    }

    @Override
    public VersionStamp stamp() {
        return stamp;
    }

    /// The artifact.
    public Artifact artifact() {
        return lease.artifact();
    }

    /// Measured cost of one answer in nanoseconds, 0 when it could not be measured.
    public long costNanos() {
        return lease.costNanos();
    }

    /// True when it is quick enough for the event loop.
    public boolean inline() {
        long costNanos = costNanos();
        return costNanos > 0 && costNanos <= INLINE_LIMIT_NANOS;
    }

    /// Versions with the same body are answered by the same model in memory.
    Resident.Body body() {
        return lease.resident().body();
    }

    /// Ends its use of the artifact; the last use closes it.
    @Override
    public void close() {
        lease.close();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadedVersion that && stamp.equals(that.stamp);
    }

    @Override
    public int hashCode() {
        return stamp.hashCode();
    }

    @Override
    public String toString() {
        return stamp.name();
    }
}
