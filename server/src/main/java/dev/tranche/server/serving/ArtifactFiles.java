package dev.tranche.server.serving;

import dev.tranche.release.Digest;
import java.util.Map;
import java.util.Optional;

/// Where registered folders are read from, by digest: the artifact store, or a folder on disk in tests.
@FunctionalInterface
public interface ArtifactFiles {
    /// The files of a folder by name, empty when no folder has that digest.
    Optional<Map<String, byte[]>> files(Digest digest);
}
