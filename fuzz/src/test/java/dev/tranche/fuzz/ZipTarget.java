package dev.tranche.fuzz;

import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.ZipFolder;

/// The zip in which a folder is registered, with bounds small enough to be met.
public final class ZipTarget {
    private static final ZipFolder.Bounds BOUNDS = new ZipFolder.Bounds(16, 1 << 16, 1 << 17, 4, 100, 100);

    private ZipTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            ZipFolder.read(bytes, BOUNDS);
        } catch (Refused refused) {
            return;
        }
    }
}
