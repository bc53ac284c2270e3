package dev.tranche.release;

/// Whose measurements are asked for.
public enum Subject {
    /// The version being rolled out.
    CANDIDATE,
    /// The version that was live when the rollout started.
    LIVE
}
