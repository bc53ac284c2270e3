package dev.tranche.release.registry;

/// What a request to the registry leads to.
public sealed interface Answer {
    /// Granted: record this.
    record Accepted(VersionEvent event) implements Answer {}

    /// Already so; nothing to record.
    record Unchanged(String reason) implements Answer {}

    /// Not possible.
    ///
    /// @param code stable, for programs: `other-bytes`, `other-kind`, `features-changed`, `output-changed`,
    ///     `label-changed`, `unknown-version`, `not-validated`, `retired`, `live`
    record Refused(String code, String reason) implements Answer {}
}
