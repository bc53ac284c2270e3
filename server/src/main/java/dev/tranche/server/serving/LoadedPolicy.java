package dev.tranche.server.serving;

import dev.tranche.credit.Policy;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.journal.VersionStamp;

/// A policy in memory.
///
/// @param name its exact name
/// @param digest digest of its registered folder
/// @param policy what it says
public record LoadedPolicy(VersionName name, Digest digest, Policy policy) implements Loaded {
    @Override
    public VersionStamp stamp() {
        return new VersionStamp(name.toString(), digest.hex());
    }
}
