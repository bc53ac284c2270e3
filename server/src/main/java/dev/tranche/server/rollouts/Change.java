package dev.tranche.server.rollouts;

import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.server.artifact.VersionRecord;
import java.time.Duration;

/// What a control event says, as a type. [ChangeText] writes it to the journal and reads it back, on any node and
/// years later.
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

    /// Something outside reported a state.
    record Signalled(String product, String name, String state) implements Change {}
}
