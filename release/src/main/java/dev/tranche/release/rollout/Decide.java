package dev.tranche.release.rollout;

import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Verdict;
import dev.tranche.release.rollout.Rollout.Active;
import dev.tranche.release.rollout.Rollout.Baking;
import dev.tranche.release.rollout.Rollout.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to record next. The order matters: a broken guard comes before everything, a failed gate before going
/// on, and going on before running out of patience.
final class Decide {
    /// A gate's verdict that flickers is recorded at most this often; a fail at once.
    private static final Duration FLICKER = Duration.ofSeconds(10);

    private final Active active;
    private final Observation observation;
    private final Instant now;
    private final List<RolloutEvent> events = new ArrayList<>();
    private boolean guardsQuiet = true;

    private Decide(Active active, Observation observation, Instant now) {
        this.active = active;
        this.observation = observation;
        this.now = now;
    }

    static List<RolloutEvent> next(Rollout rollout, Observation observation, Instant now) {
        return switch (rollout) {
            case Rollout.Checking checking -> begin(checking);
            case Running running -> new Decide(running, observation, now).running(running);
            case Baking baking -> new Decide(baking, observation, now).baking(baking);
            case Rollout.Paused paused -> new Decide(paused.was(), observation, now).guarded();
            case Rollout.Completed completed
            when completed.onWatch() -> new Decide(completed.standing(), observation, now).guarded();
            case Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ -> List.of();
        };
    }

    private static List<RolloutEvent> begin(Rollout.Checking checking) {
        Plan plan = checking.charter().plan();
        boolean asked = plan.stages().isEmpty() ? plan.approvals().needed(Mode.LIVE, List.of()) : plan.needsApproval(0);
        if (checking.checks().isEmpty()
                || (asked && checking.approvers().size() < plan.approvals().count())) {
            return List.of();
        }
        return plan.stages().isEmpty() ? bake(plan) : List.of(new RolloutEvent.StageEntered(0));
    }

    private List<RolloutEvent> guarded() {
        guards();
        return List.copyOf(events);
    }

    private List<RolloutEvent> baking(Baking baking) {
        if (!guards()
                && guardsQuiet
                && baking.elapsed(now).compareTo(baking.charter().plan().bake()) >= 0) {
            events.add(completed(baking.charter().plan()));
        }
        return List.copyOf(events);
    }

    private List<RolloutEvent> running(Running running) {
        if (guards()) {
            return List.copyOf(events);
        }
        if (running.promoted()) {
            events.addAll(after(running));
            return List.copyOf(events);
        }
        Map<Gate, Verdict> verdicts = gates(running);
        boolean dwelt = running.elapsed(now).compareTo(running.current().dwell()) >= 0;
        // In shadow nobody is harmed by waiting, and whoever reads the evidence wants every gate's numbers.
        boolean harmful = running.current().mode() != Mode.SHADOW;
        for (Map.Entry<Gate, Verdict> each : verdicts.entrySet()) {
            if (each.getValue() instanceof Verdict.Fail(String reason, var _)
                    && (dwelt || (harmful && GateJudge.conclusive(each.getKey())))) {
                verdicts.forEach(
                        (gate, verdict) -> events.add(new RolloutEvent.GateJudged(running.stage(), gate, verdict)));
                events.add(new RolloutEvent.RolledBack(RolloutEvent.TRANCHE, "gate " + each.getKey() + ": " + reason));
                return List.copyOf(events);
            }
        }
        boolean passed = verdicts.values().stream().allMatch(verdict -> verdict instanceof Verdict.Pass);
        if (dwelt && passed && guardsQuiet && approvedToLeave(running)) {
            verdicts.forEach(
                    (gate, verdict) -> events.add(new RolloutEvent.GateJudged(running.stage(), gate, verdict)));
            events.add(new RolloutEvent.Promoted(
                    running.stage(), RolloutEvent.TRANCHE, "dwell is over and every gate passes"));
            events.addAll(after(running));
            return List.copyOf(events);
        }
        verdicts.forEach((gate, verdict) -> changed(running, gate, verdict));
        if (impatient(running)) {
            events.add(
                    new RolloutEvent.PausedBy(RolloutEvent.TRANCHE, "out of patience: " + missing(running, verdicts)));
        }
        return List.copyOf(events);
    }

    /// Watches every guard; whether one is broken, in which case the roll back is among the events.
    private boolean guards() {
        boolean paired = active instanceof Running running && running.current().mode() != Mode.LIVE;
        GuardJudge judge = new GuardJudge(observation, now, paired);
        for (Guard guard : active.charter().plan().guards()) {
            Verdict look = judge.look(guard);
            Optional<Sustained> before = active.watch().of(guard);
            switch (look) {
                case Verdict.Fail _ -> {
                    guardsQuiet = false;
                    Duration badFor = before.map(each -> each.heldAt(now)).orElse(Duration.ZERO);
                    if (badFor.compareTo(guard.sustained()) >= 0 && judge.confirmed(guard, badFor)) {
                        Verdict broken = GuardJudge.stands(guard, look, badFor);
                        events.add(new RolloutEvent.GuardBroken(guard, broken));
                        events.add(new RolloutEvent.RolledBack(
                                RolloutEvent.TRANCHE, "guard " + guard + ": " + broken.reason()));
                        return true;
                    }
                    if (before.isEmpty()) {
                        events.add(new RolloutEvent.GuardPending(guard, look));
                    } else if (before.get().due(now)) {
                        events.add(new RolloutEvent.GuardAccrued(guard, badFor));
                    }
                }
                case Verdict.Pass _ -> before.ifPresent(_ -> events.add(new RolloutEvent.GuardCleared(guard)));
                case Verdict.Wait _ -> unmeasured(guard, before);
                case Verdict.Broken _ -> {
                    guardsQuiet = false;
                    unmeasured(guard, before);
                }
            }
        }
        return false;
    }

    private void unmeasured(Guard guard, Optional<Sustained> before) {
        if (before.isPresent()) {
            guardsQuiet = false;
            if (before.get().lastLook().isPresent()) {
                events.add(new RolloutEvent.GuardUnmeasured(guard));
            }
        }
    }

    private Map<Gate, Verdict> gates(Running running) {
        GateJudge judge = GateJudge.of(running, observation, now);
        Map<Gate, Verdict> verdicts = new LinkedHashMap<>();
        for (Gate gate : running.current().gates()) {
            Verdict look = judge.judge(gate);
            verdicts.put(
                    gate,
                    gate instanceof Gate.Limit limit && limit.sustained().isPresent()
                            ? judge.sustained(limit, look, held(limit, look))
                            : look);
        }
        return verdicts;
    }

    /// The measured time a sustained gate has held, recording what changes.
    private Duration held(Gate.Limit gate, Verdict look) {
        Optional<Sustained> before = active.watch().of(gate);
        return switch (look) {
            case Verdict.Pass _ -> {
                Duration held = before.map(each -> each.heldAt(now)).orElse(Duration.ZERO);
                if (before.isEmpty() || before.get().due(now)) {
                    events.add(new RolloutEvent.GateAccrued(gate, held));
                }
                yield held;
            }
            case Verdict.Fail _ -> {
                before.ifPresent(_ -> events.add(new RolloutEvent.GateLapsed(gate)));
                yield Duration.ZERO;
            }
            case Verdict.Wait _, Verdict.Broken _ -> {
                before.filter(each -> each.lastLook().isPresent())
                        .ifPresent(_ -> events.add(new RolloutEvent.GateUnmeasured(gate)));
                yield before.map(Sustained::held).orElse(Duration.ZERO);
            }
        };
    }

    private void changed(Running running, Gate gate, Verdict verdict) {
        Watch.Judged last = running.watch().judged().get(gate);
        if (last == null
                || (!last.verdict().word().equals(verdict.word())
                        && (verdict instanceof Verdict.Fail
                                || !now.isBefore(last.at().plus(FLICKER))))) {
            events.add(new RolloutEvent.GateJudged(running.stage(), gate, verdict));
        }
    }

    private boolean impatient(Running running) {
        Instant dwellOver = running.enteredAt()
                .plus(running.frozen())
                .plus(running.current().dwell());
        Instant from = dwellOver.isAfter(running.patienceFrom()) ? dwellOver : running.patienceFrom();
        return now.isAfter(from.plus(running.charter().plan().patience()));
    }

    private String missing(Running running, Map<Gate, Verdict> verdicts) {
        List<String> open = new ArrayList<>();
        verdicts.forEach((gate, verdict) -> {
            if (!(verdict instanceof Verdict.Pass)) {
                open.add(gate + " (" + verdict.word() + "): " + verdict.reason());
            }
        });
        if (!guardsQuiet) {
            open.add("a guard is pending or cannot be measured");
        }
        if (!approvedToLeave(running)) {
            open.add(missingApproval(running));
        }
        return String.join("; ", open);
    }

    /// Whether people have agreed as the plan wants, so that the stage may be left, by itself or by hand.
    static boolean approvedToLeave(Running running) {
        Plan plan = running.charter().plan();
        boolean gated = running.current().gates().stream().anyMatch(gate -> gate instanceof Gate.Approval);
        boolean asked = gated
                || nextMode(running)
                        .filter(mode -> plan.approvals()
                                .needed(mode, List.of(running.current().mode())))
                        .isPresent();
        return !asked || running.approvers().size() >= plan.approvals().count();
    }

    static String missingApproval(Running running) {
        return running.approvers().size() + " of "
                + running.charter().plan().approvals().count() + " approvals by others than "
                + running.charter().startedBy();
    }

    private static Optional<Mode> nextMode(Running running) {
        Plan plan = running.charter().plan();
        if (!plan.last(running.stage())) {
            return Optional.of(plan.stage(running.stage() + 1).mode());
        }
        return plan.strategy() == Strategy.SHADOW ? Optional.empty() : Optional.of(Mode.LIVE);
    }

    /// What follows when the stage is left.
    static List<RolloutEvent> after(Running running) {
        Plan plan = running.charter().plan();
        if (!plan.last(running.stage())) {
            return List.of(new RolloutEvent.StageEntered(running.stage() + 1));
        }
        return plan.strategy() == Strategy.SHADOW
                ? List.of(
                        new RolloutEvent.Completed(RolloutEvent.TRANCHE, "every stage is done; the live version stays"))
                : bake(plan);
    }

    private static List<RolloutEvent> bake(Plan plan) {
        return plan.bake().isZero()
                ? List.of(new RolloutEvent.BakeStarted(), completed(plan))
                : List.of(new RolloutEvent.BakeStarted());
    }

    private static RolloutEvent completed(Plan plan) {
        return new RolloutEvent.Completed(
                RolloutEvent.TRANCHE,
                plan.bake().isZero() ? "live for everybody; the plan has no bake" : "baked without a broken guard");
    }
}
