package dev.tranche.server.artifact;

import dev.tranche.inference.Artifact;
import dev.tranche.runtime.store.Blobs;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The folders of all versions: each file once, under its SHA-256, never changed. Thread-safe.
public final class Shelf {
    private final Blobs blobs;

    private Shelf(Blobs blobs) {
        this.blobs = blobs;
    }

    public static Shelf over(Blobs blobs) {
        return new Shelf(blobs);
    }

    /// Keeps the files and returns their digests by name.
    ///
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    public SortedMap<String, String> keep(Map<String, byte[]> files) {
        SortedMap<String, String> manifest = new TreeMap<>();
        files.forEach((name, bytes) -> manifest.put(name, blobs.put(bytes)));
        return manifest;
    }

    /// The files of a version, each checked against its digest and all against the version's.
    ///
    /// @throws Refused with code `corrupted_artifact` when bytes are gone or are not what was registered
    public SortedMap<String, byte[]> load(String version, String digest, Map<String, String> manifest) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        manifest.forEach((name, sha256) -> {
            byte[] bytes = blobs.read(sha256)
                    .orElseThrow(() -> corrupted(version, name + " with digest " + sha256 + " is gone", "", sha256));
            String found = Bytes.sha256(bytes);
            if (!found.equals(sha256)) {
                throw corrupted(version, name + " is not what was registered", found, sha256);
            }
            files.put(name, bytes);
        });
        String found = Artifact.digest(files);
        if (!found.equals(digest)) {
            throw corrupted(version, "the folder is not what was registered", found, digest);
        }
        return files;
    }

    private static Refused corrupted(String version, String detail, String found, String expected) {
        return Refused.of(Refused.Kind.CORRUPT, "corrupted_artifact", version + ": " + detail, found, expected);
    }
}
