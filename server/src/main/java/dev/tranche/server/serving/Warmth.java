package dev.tranche.server.serving;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.Verification;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to a model before anybody is answered by it: its golden rows must come out here as its trainer saw
/// them, and it is asked until the compiler has seen its code. Off the request path, on the thread that loads.
/// Thread-safe.
final class Warmth {
    private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);

    /// Enough calls for the compiler to have seen the kernel (knowledge: stack §3, warm-up).
    private static final int CALLS = 3000;

    /// Full warm-ups of a format after which its code is hot: a further model of it is only measured.
    private static final int HOT_AFTER = 4;

    /// Calls that measure a model whose code is hot.
    private static final int MEASURED = 303;

    /// Warming ends after this even if it has not made all its calls.
    private static final long LIMIT_NANOS = 400_000_000L;

    /// As many explanations, and no longer: they cost a hundred times what a score does.
    private static final int EXPLAINED = 300;

    private static final long EXPLAINED_NANOS = 100_000_000L;

    /// Golden rows that are asked again and again; more would only be read again and again.
    private static final int ROWS = 64;

    private final Map<String, Integer> done = new ConcurrentHashMap<>();

    Warmth() {}

    /// Holds the golden rows against what is computed here.
    ///
    /// @throws ArtifactException `golden_row_differs` when this machine computes something else than the
    ///     trainer's
    static void verify(Artifact artifact) {
        if (artifact.verify() instanceof Verification.Differs differs) {
            throw ArtifactException.of(
                    "golden_row_differs",
                    "golden row " + differs.row() + ": " + differs.what() + " is " + differs.actual()
                            + " here, the trainer saw " + differs.expected());
        }
    }

    /// Runs an artifact on its golden rows until it is warm.
    ///
    /// @return the median cost of the last calls, in nanoseconds, or that of the reasons when they are too
    ///     slow for the event loop; 0 when there are no golden rows
    long warm(Artifact artifact) {
        boolean hot = done.merge(artifact.identity().format(), 1, Integer::sum) > HOT_AFTER;
        return warm(artifact, hot ? MEASURED : CALLS);
    }

    private static long warm(Artifact artifact, int most) {
        GoldenRow[] rows = artifact.goldenRows().stream().limit(ROWS).toArray(GoldenRow[]::new);
        if (rows.length == 0) {
            return 0;
        }
        long[] last = new long[101];
        long begun = System.nanoTime();
        int calls = 0;
        while (calls < most && (calls < last.length || System.nanoTime() - begun < LIMIT_NANOS)) {
            FeatureRow row = artifact.schema().read(rows[calls % rows.length].input());
            long from = System.nanoTime();
            if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
                artifact.score(admitted.row(), Deadline.NONE);
            }
            last[calls++ % last.length] = System.nanoTime() - from;
        }
        Arrays.sort(last);
        long reasons = reasons(artifact, rows, Math.min(most, EXPLAINED));
        return reasons > LoadedVersion.INLINE_LIMIT_NANOS ? reasons : last[last.length / 2];
    }

    /// Explains golden rows until that is warm too: an adverse answer owes its reasons within its deadline.
    ///
    /// @return the median cost of the last explanations, in nanoseconds; 0 when the model has none
    private static long reasons(Artifact artifact, GoldenRow[] rows, int most) {
        try {
            artifact.explanation();
        } catch (ArtifactException none) {
            LOG.debug("{}", none.getMessage());
            return 0;
        }
        long[] last = new long[21];
        long begun = System.nanoTime();
        int calls = 0;
        while (calls < most && (calls < last.length || System.nanoTime() - begun < EXPLAINED_NANOS)) {
            FeatureRow row = artifact.schema().read(rows[calls % rows.length].input());
            long from = System.nanoTime();
            if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
                artifact.explain(admitted.row(), Deadline.NONE);
            }
            last[calls++ % last.length] = System.nanoTime() - from;
        }
        Arrays.sort(last);
        return last[last.length / 2];
    }
}
