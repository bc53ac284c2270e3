package dev.tranche.fuzz;

/// Model files of format `lightgbm`.
public final class LightgbmTarget {
    private LightgbmTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Models.read("lightgbm", bytes);
    }
}
