package dev.tranche.fuzz;

/// Model files of format `xgboost`.
public final class XgboostTarget {
    private XgboostTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Models.read("xgboost", bytes);
    }
}
