package dev.tranche.release.registry;

import java.util.Locale;

/// Where a version is in its life.
public enum VersionState {
    /// Stored, but without golden rows that reproduce (a calibration: its acceptance is not met): it
    /// cannot be released.
    REGISTERED,
    /// Its golden rows reproduce: it can be released.
    VALIDATED,
    /// It answers, or is among the audience of a rollout.
    LIVE,
    /// Withdrawn; kept for replay, never released again.
    RETIRED;

    /// The inverse of [#toString()].
    public static VersionState parse(String text) {
        for (VersionState state : values()) {
            if (state.toString().equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException("state must be one of registered, validated, live, retired: " + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
