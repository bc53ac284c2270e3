package dev.tranche.server.rollouts;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.Prediction;
import dev.tranche.server.serving.Pace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long one answer takes here and now: golden rows through transform, model and policy, one thread, a
/// short warm-up first. It says whether the deadline can be kept, not how fast the product is.
final class Benchmark {
    private static final int WARM = 500;
    private static final int MEASURED = 1000;
    /// The benchmark ends after this even if it has not asked all its rows.
    private static final long LIMIT_NANOS = 2_000_000_000L;

    private Benchmark() {}

    /// Quantiles in microseconds over `rows` answers.
    record Latency(int rows, double p50, double p95, double p99) {}

    /// @throws IllegalArgumentException without golden rows
    static Latency measure(Artifact artifact, @Nullable Policy policy, Pace pace) {
        List<GoldenRow> golden = artifact.goldenRows();
        if (golden.isEmpty()) {
            throw new IllegalArgumentException("a benchmark needs golden rows, there are 0");
        }
        Pace.Stretch stretch = pace.begin();
        long begun = System.nanoTime();
        for (int i = 0; i < WARM && System.nanoTime() - begun < LIMIT_NANOS / 2; i++) {
            answer(artifact, policy, golden.get(i % golden.size()));
            stretch.step();
        }
        long[] nanos = new long[MEASURED];
        int n = 0;
        while (n < MEASURED && (n < 20 || System.nanoTime() - begun < LIMIT_NANOS)) {
            long from = System.nanoTime();
            answer(artifact, policy, golden.get(n % golden.size()));
            nanos[n++] = System.nanoTime() - from;
            stretch.step();
        }
        long[] sorted = Arrays.copyOf(nanos, n);
        Arrays.sort(sorted);
        return new Latency(n, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static void answer(Artifact artifact, @Nullable Policy policy, GoldenRow golden) {
        FeatureRow row = artifact.schema().read(golden.input());
        if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
            Prediction prediction = artifact.score(admitted.row(), Deadline.NONE);
            if (policy != null) {
                policy.decide(
                        artifact.schema(), admitted.row(), prediction.score(), () -> artifact.explain(admitted.row()));
            }
        }
    }

    private static double at(long[] sorted, double q) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (q * sorted.length))] / 1e3;
    }
}
