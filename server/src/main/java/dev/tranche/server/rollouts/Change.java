package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a control event says, as a type. [ChangeText] writes it to the journal and reads it back, on any node
/// and years later.
public sealed interface Change {
    /// A version was registered.
    record VersionRegistered(VersionRecord version) implements Change {}

    /// A version was taken out of service; its name and bytes stay taken.
    record VersionDeleted(VersionName version, String reason) implements Change {}

    /// Something happened to a rollout; its first event is [RolloutEvent.Started].
    record RolloutMoved(String rollout, RolloutEvent event) implements Change {}

    /// How long going back took: from the verdict to the last request that the bad version answered.
    ///
    /// @param took zero when it answered none after the verdict
    /// @param late requests it answered after the verdict
    record RollbackMeasured(String rollout, Duration took, long late) implements Change {}

    /// An experiment was started.
    record ExperimentStarted(Experiment plan) implements Change {}

    /// An experiment was stopped.
    record ExperimentStopped(String experiment, String reason) implements Change {}

    /// A token was handed out; the same name again replaces it.
    record TokenIssued(TokenRecord token) implements Change {}

    /// A token was taken back.
    record TokenRevoked(String name) implements Change {}

    /// An engine told the configuration it has in force.
    record ConfigurationKept(ConfigurationRecord configuration) implements Change {}

    /// A product's route went back to what it was at a time, for the kinds that engines work with.
    ///
    /// @param to the time
    /// @param live what was in force then; a kind that is not among them is empty again
    record RouteRestored(String product, Instant to, SortedMap<VersionKind, VersionName> live, String reason)
            implements Change {
        public RouteRestored {
            live = Collections.unmodifiableSortedMap(new TreeMap<>(live));
        }
    }

    /// Something outside reported a state.
    record Signalled(String product, String name, String state) implements Change {}
}
