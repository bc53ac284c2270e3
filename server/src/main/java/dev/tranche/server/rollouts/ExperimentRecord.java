package dev.tranche.server.rollouts;

import dev.tranche.release.experiment.Experiment;
import java.time.Instant;
import java.util.Optional;

/// An experiment and what became of it.
///
/// @param plan as started
/// @param at when it started
/// @param by who started it
/// @param stopped how it ended; empty while it runs
public record ExperimentRecord(Experiment plan, Instant at, String by, Optional<Stopped> stopped) {
    /// The end of an experiment.
    public record Stopped(Instant at, String by, String reason) {}

    public boolean running() {
        return stopped.isEmpty();
    }
}
