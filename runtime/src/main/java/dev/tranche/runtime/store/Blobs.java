package dev.tranche.runtime.store;

import java.nio.file.Path;
import java.util.Optional;

/// Immutable bytes by their SHA-256, kept in PostgreSQL and mirrored to a folder, from which they are read when the
/// database is away. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class Blobs {
    private Blobs() {}

    /// Blobs of `store`, mirrored in `mirror` (created when absent).
    public static Blobs in(Store store, Path mirror) {
        throw new UnsupportedOperationException();
    }

    /// Keeps `bytes` (up to 256 MiB) and returns their SHA-256 as 64 hex digits. The same bytes again change nothing.
    /// Throws `StoreUnavailableException` when the database is away.
    public String put(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    /// The bytes of `digest`, checked against it: from the mirror, else from the database (and then mirrored); empty
    /// when neither has them. Throws `StoreUnavailableException` when they are not mirrored and the database is
    /// away.
    public Optional<byte[]> read(String digest) {
        throw new UnsupportedOperationException();
    }

    /// Whether the bytes of `digest` are in the mirror, that is readable without the database.
    public boolean mirrored(String digest) {
        throw new UnsupportedOperationException();
    }
}
