package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Mode;
import dev.tranche.engine.signal.Tally;

/// How one version does on one symbol.
///
/// @param version its name
/// @param mode what its signals are for
/// @param parameters digest of its parameters where no override applies
/// @param counts since it began there
public record TrackStatus(String version, Mode mode, String parameters, Tally.Counts counts) {}
