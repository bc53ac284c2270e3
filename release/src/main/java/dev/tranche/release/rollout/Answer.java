package dev.tranche.release.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// What comes of an order: events to record, or a refusal.
public sealed interface Answer {
    /// To be recorded in this order, in one piece.
    record Accepted(List<RolloutEvent> events) implements Answer {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// Not possible now.
    ///
    /// @param code stable, for programs: `ended`, `checklist-open`, `approval-missing`, `not-paused`,
    ///     `paused`, `own-rollout`, `approved-already`, `nothing-to-approve`
    record Refused(String code, String reason) implements Answer {}

    static Answer to(Rollout rollout, Order order, Instant now) {
        if (rollout.ended() && !(rollout.revertible() && order instanceof Order.RollBack)) {
            return new Refused("ended", "the rollout is over: " + rollout.word());
        }
        return switch (order) {
            case Order.Promote promote -> promote(rollout, promote, now);
            case Order.Pause(String actor, String reason) ->
                switch (rollout) {
                    case Rollout.Running _, Rollout.Baking _ ->
                        new Accepted(List.of(new RolloutEvent.PausedBy(actor, reason)));
                    case Rollout.Paused _ -> new Refused("paused", "the rollout is paused already");
                    case Rollout.Checking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ ->
                        new Refused("checklist-open", "no stage has been entered yet; abort instead");
                };
            case Order.Resume(String actor, String reason) ->
                rollout instanceof Rollout.Paused
                        ? new Accepted(List.of(new RolloutEvent.Resumed(actor, reason)))
                        : new Refused("not-paused", "the rollout is " + rollout.word());
            case Order.Abort(String actor, String reason) ->
                new Accepted(List.of(new RolloutEvent.Aborted(actor, reason)));
            case Order.RollBack(String actor, String reason) ->
                new Accepted(List.of(new RolloutEvent.RolledBack(actor, reason)));
            case Order.Approve approve -> approve(rollout, approve);
        };
    }

    private static Answer promote(Rollout rollout, Order.Promote order, Instant now) {
        return switch (rollout) {
            case Rollout.Checking _ ->
                new Refused("checklist-open", "the checklist comes first; promoting skips the dwell only");
            case Rollout.Running running -> leave(running, order, List.of());
            case Rollout.Baking _ -> new Accepted(List.of(new RolloutEvent.Completed(order.actor(), order.reason())));
            case Rollout.Paused paused -> {
                RolloutEvent resumed = new RolloutEvent.Resumed(order.actor(), order.reason());
                Rollout active = rollout.on(resumed, now);
                yield active instanceof Rollout.Running running && paused.was() instanceof Rollout.Running
                        ? leave(running, order, List.of(resumed))
                        : new Accepted(List.of(resumed, new RolloutEvent.Completed(order.actor(), order.reason())));
            }
            case Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ ->
                new Refused("ended", "the rollout is over: " + rollout.word());
        };
    }

    private static Answer leave(Rollout.Running running, Order.Promote order, List<RolloutEvent> before) {
        if (!Decide.approvedToLeave(running)) {
            return new Refused("approval-missing", Decide.missingApproval(running));
        }
        List<RolloutEvent> events = new ArrayList<>(before);
        events.add(new RolloutEvent.Promoted(running.stage(), order.actor(), order.reason()));
        events.addAll(Decide.after(running));
        return new Accepted(events);
    }

    private static Answer approve(Rollout rollout, Order.Approve order) {
        Charter charter = rollout.charter();
        if (charter.startedBy().equals(order.actor())) {
            return new Refused(
                    "own-rollout", "another person than " + order.actor() + ", who started it, has to agree");
        }
        return switch (rollout) {
            case Rollout.Checking checking -> record(order, checking.approvers());
            case Rollout.Running running -> record(order, running.approvers());
            case Rollout.Paused(Rollout.Running running, var _, var _, var _) -> record(order, running.approvers());
            case Rollout.Paused _, Rollout.Baking _ ->
                new Refused("nothing-to-approve", "the candidate serves everybody already");
            case Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ ->
                new Refused("ended", "the rollout is over: " + rollout.word());
        };
    }

    private static Answer record(Order.Approve order, SortedSet<String> approvers) {
        return approvers.contains(order.actor())
                ? new Refused("approved-already", order.actor() + " has agreed already")
                : new Accepted(List.of(new RolloutEvent.ApprovedBy(order.actor(), order.reason())));
    }
}
