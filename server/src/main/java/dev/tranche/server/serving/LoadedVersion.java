package dev.tranche.server.serving;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.GoldenRow;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.journal.VersionStamp;
import java.util.Arrays;

/// A model in memory, warmed and measured. The artifact behind it is shared with every other version and route of the
/// same digest.
public final class LoadedVersion implements Loaded {
    /// A version that costs more than this is not run on the event loop, because a busy loop cannot time out
    /// (DESIGN §7).
    public static final long INLINE_LIMIT_NANOS = 1_000_000;

    /// Enough calls for the compiler to have seen the kernel (knowledge: stack §3, warm-up).
    private static final int WARM_CALLS = 3000;

    /// Warming ends after this even if it has not made all its calls.
    private static final long WARM_LIMIT_NANOS = 400_000_000L;

    private final VersionName name;
    private final VersionStamp stamp;
    private final Artifact artifact;
    private final long costNanos;

    private LoadedVersion(VersionName name, Digest digest, Artifact artifact, long costNanos) {
        this.name = name;
        this.stamp = new VersionStamp(name.toString(), digest.hex());
        this.artifact = artifact;
        this.costNanos = costNanos;
    }

    /// A version of an artifact whose cost is known.
    ///
    /// @param costNanos measured cost of one answer, in nanoseconds
    static LoadedVersion of(VersionName name, Digest digest, Artifact artifact, long costNanos) {
        return new LoadedVersion(name, digest, artifact, costNanos);
    }

    /// Runs an artifact on its golden rows until it is warm.
    ///
    /// @return the median cost of the last calls, in nanoseconds; 0 when there are no golden rows
    static long warm(Artifact artifact) {
        if (artifact.goldenRows().isEmpty()) {
            return 0;
        }
        long[] last = new long[101];
        long begun = System.nanoTime();
        int calls = 0;
        while (calls < WARM_CALLS && (calls < last.length || System.nanoTime() - begun < WARM_LIMIT_NANOS)) {
            GoldenRow golden =
                    artifact.goldenRows().get(calls % artifact.goldenRows().size());
            FeatureRow row = artifact.schema().read(golden.input());
            long from = System.nanoTime();
            if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
                artifact.score(admitted.row(), Deadline.NONE);
            }
            last[calls++ % last.length] = System.nanoTime() - from;
        }
        Arrays.sort(last);
        return last[last.length / 2];
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
        return artifact;
    }

    /// Measured cost of one answer in nanoseconds, 0 when it could not be measured.
    public long costNanos() {
        return costNanos;
    }

    /// True when it is quick enough for the event loop.
    public boolean inline() {
        return costNanos > 0 && costNanos <= INLINE_LIMIT_NANOS;
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
