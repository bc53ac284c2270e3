package dev.tranche.server.serving;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Opens registered folders, each digest once: versions and routes of the same bytes share one artifact in memory, and
/// replay finds what a decision was made with. Thread-safe.
public final class Artifacts {
    /// The file that makes a folder a policy.
    public static final String POLICY_FILE = "policy.yaml";

    private record Opened(Artifact artifact, long costNanos) {}

    private volatile ArtifactFiles source;
    private final Map<Digest, SoftReference<Opened>> opened = new ConcurrentHashMap<>();
    private final Map<Digest, SoftReference<Policy>> policies = new ConcurrentHashMap<>();

    private Artifacts(ArtifactFiles source) {
        this.source = source;
    }

    /// Artifacts read from a source.
    public static Artifacts of(ArtifactFiles source) {
        return new Artifacts(source);
    }

    /// Artifacts without a source yet; nothing is found until [#source] is told.
    public static Artifacts create() {
        return new Artifacts(_ -> Optional.empty());
    }

    /// Tells where folders are read from.
    public void source(ArtifactFiles files) {
        source = files;
    }

    /// Loads, warms and measures a model. Takes up to about half a second the first time.
    ///
    /// @throws ArtifactException when the folder is not a readable model
    /// @throws IllegalArgumentException when no folder has that digest
    public LoadedVersion load(VersionName name, Digest digest) {
        Opened model = open(digest)
                .orElseThrow(() -> new IllegalArgumentException("no registered folder has the digest " + digest));
        return LoadedVersion.of(name, digest, model.artifact(), model.costNanos());
    }

    /// Loads a policy.
    ///
    /// @throws dev.tranche.credit.PolicyException when the file is not a policy
    /// @throws IllegalArgumentException when no folder has that digest or it holds no `policy.yaml`
    public LoadedPolicy loadPolicy(VersionName name, Digest digest) {
        Policy policy = policy(digest)
                .orElseThrow(() -> new IllegalArgumentException("no registered policy has the digest " + digest));
        return new LoadedPolicy(name, digest, policy);
    }

    /// The artifact of a digest.
    ///
    /// @throws ArtifactException when the folder is not a readable model
    public Optional<Artifact> artifact(Digest digest) {
        return open(digest).map(Opened::artifact);
    }

    /// The policy of a digest, empty when no folder has it or it holds no `policy.yaml`.
    public Optional<Policy> policy(Digest digest) {
        SoftReference<Policy> kept = policies.get(digest);
        Policy policy = kept == null ? null : kept.get();
        if (policy != null) {
            return Optional.of(policy);
        }
        Optional<Policy> read =
                source.files(digest).map(files -> files.get(POLICY_FILE)).map(Policy::read);
        read.ifPresent(fresh -> policies.put(digest, new SoftReference<>(fresh)));
        return read;
    }

    private Optional<Opened> open(Digest digest) {
        SoftReference<Opened> kept = opened.get(digest);
        Opened known = kept == null ? null : kept.get();
        if (known != null) {
            return Optional.of(known);
        }
        synchronized (opened) {
            SoftReference<Opened> raced = opened.get(digest);
            Opened other = raced == null ? null : raced.get();
            if (other != null) {
                return Optional.of(other);
            }
            Optional<Map<String, byte[]>> files = source.files(digest);
            if (files.isEmpty()) {
                return Optional.empty();
            }
            Artifact artifact = Artifact.open(files.get());
            Opened fresh = new Opened(artifact, LoadedVersion.warm(artifact));
            opened.put(digest, new SoftReference<>(fresh));
            return Optional.of(fresh);
        }
    }
}
