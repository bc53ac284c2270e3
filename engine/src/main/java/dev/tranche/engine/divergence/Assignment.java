package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Mode;

/// A version at work on a symbol, and what its signals are for.
public record Assignment(CalibrationVersion version, Mode mode) {}
