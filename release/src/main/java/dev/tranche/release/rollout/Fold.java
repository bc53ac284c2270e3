package dev.tranche.release.rollout;

import dev.tranche.release.rollout.Rollout.Aborted;
import dev.tranche.release.rollout.Rollout.Active;
import dev.tranche.release.rollout.Rollout.Baking;
import dev.tranche.release.rollout.Rollout.Checking;
import dev.tranche.release.rollout.Rollout.Completed;
import dev.tranche.release.rollout.Rollout.Paused;
import dev.tranche.release.rollout.Rollout.RolledBack;
import dev.tranche.release.rollout.Rollout.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// How each event changes the state. An event that does not fit changes nothing; out of an end leads
/// only the way back from a completed promotion.
final class Fold {
    private Fold() {}

    static Rollout apply(Rollout state, RolloutEvent event, Instant now) {
        if (state.ended() && !state.onWatch() && !(state.revertible() && event instanceof RolloutEvent.RolledBack)) {
            return state;
        }
        if (state.ended() && event instanceof RolloutEvent.Aborted) {
            return state;
        }
        return switch (event) {
            case RolloutEvent.Started _ -> state;
            case RolloutEvent.ChecklistPassed passed ->
                state instanceof Checking checking && checking.checks().isEmpty()
                        ? new Checking(checking.charter(), passed.checks(), checking.approvers())
                        : state;
            case RolloutEvent.ChecklistFailed failed ->
                state instanceof Checking checking && checking.checks().isEmpty()
                        ? new Aborted(state.charter(), RolloutEvent.TRANCHE, failure(failed), now)
                        : state;
            case RolloutEvent.StageEntered(int stage) -> entered(state, stage, now);
            case RolloutEvent.Promoted(int stage, var _, var _) ->
                state instanceof Running running && running.stage() == stage ? running.leaving() : state;
            case RolloutEvent.BakeStarted _ -> bake(state, now);
            case RolloutEvent.Completed _ -> complete(state, now);
            case RolloutEvent.PausedBy(String actor, String reason) ->
                state instanceof Active active ? new Paused(active, now, actor, reason) : state;
            case RolloutEvent.Resumed _ ->
                state instanceof Paused paused ? paused.was().thawed(between(paused.since(), now), now) : state;
            case RolloutEvent.ApprovedBy(String actor, String _) -> approved(state, actor);
            case RolloutEvent.RolledBack(String actor, String reason) ->
                new RolledBack(state.charter(), actor, reason, now);
            case RolloutEvent.Aborted(String actor, String reason) -> new Aborted(state.charter(), actor, reason, now);
            case RolloutEvent.GateJudged(int stage, Gate gate, var verdict) ->
                in(state, stage) ? watched(state, watch -> watch.judged(gate, verdict, now)) : state;
            case RolloutEvent.GateAccrued(Gate gate, Duration held) ->
                watched(state, watch -> watch.accrued(gate, held, now));
            case RolloutEvent.GateUnmeasured(Gate gate) -> watched(state, watch -> watch.unmeasured(gate));
            case RolloutEvent.GateLapsed(Gate gate) -> watched(state, watch -> watch.lapsed(gate));
            case RolloutEvent.GuardPending(Guard guard, var _) -> watched(state, watch -> watch.pending(guard, now));
            case RolloutEvent.GuardAccrued(Guard guard, Duration badFor) ->
                watched(state, watch -> watch.accrued(guard, badFor, now));
            case RolloutEvent.GuardUnmeasured(Guard guard) -> watched(state, watch -> watch.unmeasured(guard));
            case RolloutEvent.GuardCleared(Guard guard) -> watched(state, watch -> watch.cleared(guard));
            case RolloutEvent.GuardBroken _ -> state;
            case RolloutEvent.MeasuringInterrupted _ -> watched(state, Watch::interrupted);
        };
    }

    private static Rollout entered(Rollout state, int stage, Instant now) {
        Plan plan = state.charter().plan();
        return switch (state) {
            case Checking checking
            when !checking.checks().isEmpty() && stage == 0 && !plan.stages().isEmpty() ->
                Running.entered(state.charter(), 0, Watch.EMPTY, now);
            case Running running
            when stage == running.stage() + 1 && stage < plan.stages().size() ->
                Running.entered(state.charter(), stage, running.watch(), now);
            case Checking _, Running _, Baking _, Paused _, Completed _, RolledBack _, Aborted _ -> state;
        };
    }

    private static Rollout bake(Rollout state, Instant now) {
        Plan plan = state.charter().plan();
        if (plan.strategy() == Strategy.SHADOW) {
            return state;
        }
        return switch (state) {
            case Checking checking
            when !checking.checks().isEmpty() && plan.stages().isEmpty() ->
                new Baking(state.charter(), now, Duration.ZERO, Watch.EMPTY);
            case Running running
            when plan.last(running.stage()) ->
                new Baking(state.charter(), now, Duration.ZERO, running.watch().nextStage());
            case Checking _, Running _, Baking _, Paused _, Completed _, RolledBack _, Aborted _ -> state;
        };
    }

    private static Rollout complete(Rollout state, Instant now) {
        Plan plan = state.charter().plan();
        return switch (state) {
            case Baking baking ->
                new Completed(state.charter(), true, now, onWatch(plan) ? baking.watch() : Watch.EMPTY);
            case Running running
            when plan.last(running.stage()) && plan.strategy() == Strategy.SHADOW ->
                new Completed(state.charter(), false, now, Watch.EMPTY);
            case Checking _, Running _, Paused _, Completed _, RolledBack _, Aborted _ -> state;
        };
    }

    private static Rollout approved(Rollout state, String actor) {
        if (state.charter().startedBy().equals(actor)) {
            return state;
        }
        return switch (state) {
            case Checking(Charter charter, var checks, SortedSet<String> approvers) -> {
                SortedSet<String> more = new TreeSet<>(approvers);
                more.add(actor);
                yield new Checking(charter, checks, more);
            }
            case Running running -> running.approved(actor);
            case Paused(Running running, Instant since, String by, String reason) ->
                new Paused(running.approved(actor), since, by, reason);
            case Paused _, Baking _, Completed _, RolledBack _, Aborted _ -> state;
        };
    }

    private static Rollout watched(Rollout state, UnaryOperator<Watch> change) {
        return switch (state) {
            case Active active -> active.with(change.apply(active.watch()));
            case Paused(Active was, Instant since, String by, String reason) ->
                new Paused(was.with(change.apply(was.watch())), since, by, reason);
            case Completed(Charter charter, boolean promoted, Instant at, Watch watch)
            when state.onWatch() -> new Completed(charter, promoted, at, change.apply(watch));
            case Checking _, Completed _, RolledBack _, Aborted _ -> state;
        };
    }

    private static boolean onWatch(Plan plan) {
        return plan.kind().watchedWhileLive();
    }

    private static boolean in(Rollout state, int stage) {
        return state instanceof Running running && running.stage() == stage;
    }

    private static Duration between(Instant since, Instant now) {
        return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
    }

    private static String failure(RolloutEvent.ChecklistFailed failed) {
        return "checklist: "
                + failed.checks().stream()
                        .filter(check -> !check.verdict().word().equals("pass"))
                        .map(check -> check.point() + ": " + check.verdict().reason())
                        .collect(Collectors.joining("; "));
    }
}
