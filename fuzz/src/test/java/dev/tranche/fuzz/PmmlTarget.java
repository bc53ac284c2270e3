package dev.tranche.fuzz;

/// Model files of format `pmml`.
public final class PmmlTarget {
    private PmmlTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Models.read("pmml", bytes);
    }
}
