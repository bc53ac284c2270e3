package dev.tranche.server.serving;

import dev.tranche.release.VersionName;
import dev.tranche.server.journal.VersionStamp;

/// A version in memory, ready to take part in an answer. Whoever loads it closes it.
public sealed interface Loaded extends AutoCloseable permits LoadedVersion, LoadedPolicy {
    /// Its exact name.
    VersionName name();

    /// Name and digest as they go on records.
    VersionStamp stamp();

    /// Ends this use of what it holds.
    @Override
    default void close() {}
}
