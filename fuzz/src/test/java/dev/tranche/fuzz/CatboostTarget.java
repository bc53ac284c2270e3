package dev.tranche.fuzz;

/// Model files of format `catboost`.
public final class CatboostTarget {
    private CatboostTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Models.read("catboost", bytes);
    }
}
