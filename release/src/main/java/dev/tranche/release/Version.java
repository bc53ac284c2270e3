package dev.tranche.release;

/// One immutable state of something that can go live: its exact name, its kind and the digest of its bytes.
/// What is inside (a model, a policy, a parameter set) is not this module's concern.
///
/// @param name an exact name, with major and minor
public record Version(VersionName name, VersionKind kind, Digest digest) {
    public Version {
        if (!name.exact()) {
            throw new IllegalArgumentException("a version needs a name with major and minor: " + name);
        }
    }
}
