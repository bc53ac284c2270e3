package dev.tranche.release;

/// What can be measured of a rollout at one moment: the judge's only window on the world.
@FunctionalInterface
public interface Observation {
    /// The reading, or [Reading.Unavailable] with the reason; never an exception for want of data.
    /// Metrics without a horizon (memory, health, breaker, data age) ignore it.
    Reading reading(Metric metric, Subject subject, Horizon horizon);

    /// An observation of nothing, for a source that cannot be reached.
    static Observation unavailable(String reason) {
        return (_, _, _) -> new Reading.Unavailable(reason);
    }
}
