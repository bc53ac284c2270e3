package dev.tranche.release.registry;

import dev.tranche.release.Version;
import java.time.Instant;

/// A version and where it is in its life.
///
/// @param product the product whose route it may take a slot of
/// @param goldenRows how many reproduced; 0 before it is validated
/// @param since when it came into this state
public record Entry(
        Version version, Signature signature, String product, VersionState state, int goldenRows, Instant since) {
    Entry in(VersionState next, Instant at) {
        return new Entry(version, signature, product, next, goldenRows, at);
    }
}
