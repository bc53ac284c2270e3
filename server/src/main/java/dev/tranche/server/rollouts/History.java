package dev.tranche.server.rollouts;

import dev.tranche.release.DurationText;
import dev.tranche.release.rollout.Check;
import dev.tranche.release.rollout.RolloutEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The events of a rollout in words, for its history.
final class History {
    /// A line without its time.
    record Line(String event, String actor, String reason) {}

    private History() {}

    /// The line for an event; none for one that only carries measured time forward.
    static Optional<Line> line(RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Started e -> line("started", e.actor(), e.reason());
            case RolloutEvent.ChecklistPassed e -> own("checklist-passed", checks(e.checks()));
            case RolloutEvent.ChecklistFailed e -> own("checklist-failed", checks(e.checks()));
            case RolloutEvent.StageEntered e -> own("stage-entered", "stage " + (e.stage() + 1));
            case RolloutEvent.GateJudged e ->
                own(
                        "gate-judged",
                        e.gate() + ": " + e.verdict().word() + ", "
                                + e.verdict().reason());
            case RolloutEvent.GateAccrued _, RolloutEvent.GuardAccrued _ -> Optional.empty();
            case RolloutEvent.GateUnmeasured e ->
                own("gate-unmeasured", e.gate().toString());
            case RolloutEvent.GateLapsed e -> own("gate-lapsed", e.gate().toString());
            case RolloutEvent.GuardPending e ->
                own("guard-pending", e.guard() + ": " + e.verdict().reason());
            case RolloutEvent.GuardUnmeasured e ->
                own("guard-unmeasured", e.guard().toString());
            case RolloutEvent.GuardCleared e -> own("guard-cleared", e.guard().toString());
            case RolloutEvent.GuardBroken e ->
                own("guard-broken", e.guard() + ": " + e.verdict().reason());
            case RolloutEvent.MeasuringInterrupted e -> own("measuring-interrupted", e.reason());
            case RolloutEvent.Promoted e -> line("promoted", e.actor(), "stage " + (e.stage() + 1) + ": " + e.reason());
            case RolloutEvent.PausedBy e -> line("paused", e.actor(), e.reason());
            case RolloutEvent.Resumed e -> line("resumed", e.actor(), e.reason());
            case RolloutEvent.ApprovedBy e -> line("approved", e.actor(), e.reason());
            case RolloutEvent.BakeStarted _ -> own("bake-started", "the candidate answers everybody and is watched");
            case RolloutEvent.Completed e -> line("completed", e.actor(), e.reason());
            case RolloutEvent.RolledBack e -> line("rolled-back", e.actor(), e.reason());
            case RolloutEvent.Aborted e -> line("aborted", e.actor(), e.reason());
        };
    }

    /// The line for the measurement of a roll back.
    static Line measured(Change.RollbackMeasured measured) {
        return new Line(
                "rollback-measured",
                RolloutEvent.TRANCHE,
                DurationText.print(measured.took())
                        + " from the verdict to the last request on the candidate, which answered " + measured.late()
                        + " after it");
    }

    private static Optional<Line> own(String event, String reason) {
        return line(event, RolloutEvent.TRANCHE, reason);
    }

    private static Optional<Line> line(String event, String actor, String reason) {
        return Optional.of(new Line(event, actor, reason));
    }

    private static String checks(List<Check> checks) {
        return checks.stream()
                .map(check -> check.point() + ": " + check.verdict().word())
                .collect(Collectors.joining(", "));
    }
}
