package dev.tranche.server.protocol;

import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import java.util.List;

/// The versions that are registered, loaded or not; the control side knows them. Thread-safe.
@FunctionalInterface
public interface Registered {
    /// A registered version.
    ///
    /// @param name its exact name
    /// @param digest the digest of its folder
    /// @param model true for a model, false for a policy, a parameter set and the like
    record Known(VersionName name, Digest digest, boolean model) {}

    /// All of them but the deleted ones.
    List<Known> all();
}
