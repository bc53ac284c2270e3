package dev.tranche.release.experiment;

import java.time.Instant;

/// What became of a unit later.
///
/// @param bad whether the bad event happened
public record Outcome(String unit, int arm, boolean bad, Instant observedAt) {}
