package dev.tranche.release.rollout;

import dev.tranche.release.Verdict;
import dev.tranche.release.VersionName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that happened to a rollout. The journal of these is the truth; the state is their fold
/// ([Rollout#replay]). [EventText] writes and reads them as flat text fields.
public sealed interface RolloutEvent {
    /// The actor of what the rollout does by itself.
    String TRANCHE = "tranche";

    /// The intent is recorded; the checklist comes next.
    ///
    /// @param live the version that is live now and is gone back to
    record Started(String id, Plan plan, Optional<VersionName> live, String actor, String reason)
            implements RolloutEvent {}

    /// All five points were executed and passed.
    record ChecklistPassed(List<Check> checks) implements RolloutEvent {
        public ChecklistPassed {
            checks = List.copyOf(checks);
            Set<ChecklistPoint> missing = EnumSet.allOf(ChecklistPoint.class);
            for (Check check : checks) {
                if (!(check.verdict() instanceof Verdict.Pass)) {
                    throw new IllegalArgumentException("checklist passed with " + check.point() + ": "
                            + check.verdict().word());
                }
                missing.remove(check.point());
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("checklist passed without " + missing);
            }
        }
    }

    /// At least one point did not pass; the rollout is aborted before anybody met the candidate.
    record ChecklistFailed(List<Check> checks) implements RolloutEvent {
        public ChecklistFailed {
            checks = List.copyOf(checks);
        }
    }

    /// @param stage index from 0
    record StageEntered(int stage) implements RolloutEvent {}

    /// A gate's verdict changed, or the stage is being left with it.
    record GateJudged(int stage, Gate gate, Verdict verdict) implements RolloutEvent {}

    /// A sustained gate has held for so much measured time.
    record GateAccrued(Gate gate, Duration held) implements RolloutEvent {}

    /// A sustained gate could not be measured; its time stands still.
    record GateUnmeasured(Gate gate) implements RolloutEvent {}

    /// A sustained gate no longer holds; its time starts again from nothing.
    record GateLapsed(Gate gate) implements RolloutEvent {}

    /// A guard's condition became bad; its time starts.
    record GuardPending(Guard guard, Verdict verdict) implements RolloutEvent {}

    /// A guard has been bad for so much measured time; its time runs on from here.
    record GuardAccrued(Guard guard, Duration badFor) implements RolloutEvent {}

    /// A pending guard could not be measured; its time stands still.
    record GuardUnmeasured(Guard guard) implements RolloutEvent {}

    /// A pending guard is good again.
    record GuardCleared(Guard guard) implements RolloutEvent {}

    /// A guard was bad for its duration; [RolledBack] follows.
    record GuardBroken(Guard guard, Verdict verdict) implements RolloutEvent {}

    /// Nobody was measuring for a while (a restart, a change of leader): all running times stand still until
    /// the next look. To be recorded first by whoever takes over.
    record MeasuringInterrupted(String reason) implements RolloutEvent {}

    /// The stage of this index is done, by itself or by hand; the next stage or the bake follows.
    record Promoted(int stage, String actor, String reason) implements RolloutEvent {}

    record PausedBy(String actor, String reason) implements RolloutEvent {}

    record Resumed(String actor, String reason) implements RolloutEvent {}

    record ApprovedBy(String actor, String reason) implements RolloutEvent {}

    /// The candidate serves everybody and is still watched.
    record BakeStarted() implements RolloutEvent {}

    /// The rollout is over: the candidate is live, or a shadow rollout has shown what it had to show.
    record Completed(String actor, String reason) implements RolloutEvent {}

    /// All traffic goes back to the version that was live before.
    record RolledBack(String actor, String reason) implements RolloutEvent {}

    /// Given up without blame; all traffic stays with or goes back to the version that was live before.
    record Aborted(String actor, String reason) implements RolloutEvent {}
}
