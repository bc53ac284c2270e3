package dev.tranche.release.experiment;

import dev.tranche.release.VersionName;

/// Which arm a unit is given.
///
/// @param slot 0..9999
/// @param arm index from 0
public record Assignment(String unit, int slot, int arm, VersionName version) {}
