package dev.tranche.server.serving;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.Verification;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to a model before anybody is answered by it: its golden rows must come out here as its
/// trainer saw them, and it is asked until the compiler has seen its code. Off the request path, on the
/// thread that loads, at a [Pace]. Thread-safe.
final class Warmth {
    private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);

    /// Enough calls for the compiler to have seen the kernel (knowledge: stack §3, warm-up), or enough time.
    private static final Course SCORES = new Course(101, 3000, 400_000_000L);

    /// Fewer explanations: they cost a hundred times what a score does.
    private static final Course REASONS = new Course(21, 300, 100_000_000L);

    /// Blocks that a model of a format met before is asked at least.
    private static final int SETTLED_AFTER = 3;

    /// Medians of two blocks that differ by less than this share of them are the same.
    private static final int SETTLED_WITHIN = 10;

    /// Golden rows that are asked again and again; more would only be read again and again.
    private static final int ROWS = 64;

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    /// How often something is asked.
    ///
    /// @param block calls whose median is a cost
    /// @param most calls at most
    /// @param limitNanos after so much work no more calls follow the first block
    private record Course(int block, int most, long limitNanos) {}

    Warmth() {}

    /// Holds the golden rows against what is computed here.
    static Verification verify(Artifact artifact, Pace pace) {
        Pace.Stretch stretch = pace.begin();
        for (GoldenRow row : artifact.goldenRows()) {
            if (artifact.verify(row) instanceof Verification.Differs differs) {
                return differs;
            }
            stretch.step();
        }
        return artifact.goldenRows().isEmpty()
                ? new Verification.Absent()
                : new Verification.Reproduced(artifact.goldenRows().size());
    }

    /// @throws ArtifactException `golden_row_differs` when this machine computes something else than the
    ///     trainer's
    static void demand(Verification verification) {
        if (verification instanceof Verification.Differs differs) {
            throw ArtifactException.of(
                    "golden_row_differs",
                    "golden row " + differs.row() + ": " + differs.what() + " is " + differs.actual()
                            + " here, the trainer saw " + differs.expected());
        }
    }

    /// Runs an artifact on its golden rows until it is warm: the first one of a format for a good while, a
    /// further one until its cost has settled.
    ///
    /// @return the median cost of the last calls, in nanoseconds, or that of the reasons when they are too
    ///     slow for the event loop; 0 when there are no golden rows
    long warm(Artifact artifact, Pace pace) {
        GoldenRow[] rows = artifact.goldenRows().stream().limit(ROWS).toArray(GoldenRow[]::new);
        if (rows.length == 0) {
            return 0;
        }
        boolean first = met.add(artifact.identity().format());
        long cost = asked(artifact, rows, SCORES, first, pace, row -> artifact.score(row, Deadline.NONE));
        long reasons = explains(artifact)
                ? asked(artifact, rows, REASONS, first, pace, row -> artifact.explain(row, Deadline.NONE))
                : 0;
        return reasons > LoadedVersion.INLINE_LIMIT_NANOS ? reasons : cost;
    }

    /// An adverse answer owes its reasons within its deadline, so they are warmed too.
    private static boolean explains(Artifact artifact) {
        try {
            artifact.explanation();
            return true;
        } catch (ArtifactException none) {
            LOG.debug("{}", none.getMessage());
            return false;
        }
    }

    private static long asked(
            Artifact artifact, GoldenRow[] rows, Course course, boolean first, Pace pace, Consumer<FeatureRow> call) {
        Pace.Stretch stretch = pace.begin();
        long[] block = new long[course.block()];
        long before = 0;
        long worked = 0;
        for (int calls = 0; calls < course.most(); calls++) {
            if (calls >= block.length && worked > course.limitNanos()) {
                break;
            }
            FeatureRow row = artifact.schema().read(rows[calls % rows.length].input());
            long from = System.nanoTime();
            if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
                call.accept(admitted.row());
            }
            long took = System.nanoTime() - from;
            worked += took;
            block[calls % block.length] = took;
            if ((calls + 1) % block.length == 0) {
                long median = median(block);
                boolean settled = Math.abs(median - before) * SETTLED_WITHIN <= median;
                if (!first && settled && calls + 1 >= SETTLED_AFTER * block.length) {
                    return median;
                }
                before = median;
            }
            stretch.step();
        }
        return median(block);
    }

    private static long median(long[] block) {
        long[] sorted = block.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
