package dev.tranche.release.registry;

import dev.tranche.release.Version;
import dev.tranche.release.VersionName;

/// Something that happened to a version. A [Registry] is the fold of these.
public sealed interface VersionEvent {
    /// The version it happened to.
    VersionName name();

    /// Its bytes are stored.
    record Registered(Version version, Signature signature, String product) implements VersionEvent {
        @Override
        public VersionName name() {
            return version.name();
        }
    }

    /// So many golden rows reproduced, at least one.
    record Validated(VersionName name, int goldenRows) implements VersionEvent {
        public Validated {
            if (goldenRows < 1) {
                throw new IllegalArgumentException("a version is validated by at least one golden row: " + goldenRows);
            }
        }
    }

    /// It began to take traffic of any kind.
    record WentLive(VersionName name) implements VersionEvent {}

    /// It takes no traffic any more, and may again.
    record LeftLive(VersionName name) implements VersionEvent {}

    /// It is withdrawn.
    record Retired(VersionName name, String reason) implements VersionEvent {}
}
