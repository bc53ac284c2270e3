package dev.tranche.runtime;

import java.util.SplittableRandom;

/// Seeded repetitions: prints the failing seed; `-Dtrials.seed=N` replays that one alone.
public final class Trials {
    /// One repetition.
    @FunctionalInterface
    public interface Trial {
        void on(SplittableRandom random) throws Exception;
    }

    private Trials() {}

    /// Runs `trial` with the seeds 1..count.
    public static void run(int count, Trial trial) throws Exception {
        Long only = Long.getLong("trials.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? count : only); seed++) {
            try {
                trial.on(new SplittableRandom(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("failed with -Dtrials.seed=" + seed, e);
            }
        }
    }
}
