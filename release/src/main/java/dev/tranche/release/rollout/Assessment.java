package dev.tranche.release.rollout;

import dev.tranche.release.Mode;
import dev.tranche.release.Observation;
import dev.tranche.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the gates of the current stage and all guards stand at one moment, with their numbers.
///
/// @param elapsed time in the stage or bake, pauses left out
public record Assessment(List<GateStand> gates, List<GuardStand> guards, Duration elapsed) {
    /// @param held measured time a sustained gate has held; zero for others
    public record GateStand(Gate gate, Verdict verdict, Duration held) {}

    /// @param badFor measured time its condition has been bad
    public record GuardStand(Guard guard, Verdict verdict, Duration badFor) {}

    public Assessment {
        gates = List.copyOf(gates);
        guards = List.copyOf(guards);
    }

    static Assessment of(Rollout rollout, Observation observation, Instant now) {
        return switch (rollout) {
            case Rollout.Active active -> of(active, observation, now, now);
            case Rollout.Paused paused -> of(paused.was(), observation, now, paused.since());
            case Rollout.Completed completed
            when completed.onWatch() -> of(completed.standing(), observation, now, now);
            case Rollout.Checking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ ->
                new Assessment(List.of(), List.of(), Duration.ZERO);
        };
    }

    private static Assessment of(Rollout.Active active, Observation observation, Instant now, Instant until) {
        List<GateStand> gates = new ArrayList<>();
        if (active instanceof Rollout.Running running) {
            GateJudge judge = GateJudge.of(running, observation, now);
            for (Gate gate : running.current().gates()) {
                gates.add(stand(judge, gate, active.watch().of(gate), now));
            }
        }
        boolean paired =
                active instanceof Rollout.Running running && running.current().mode() != Mode.LIVE;
        GuardJudge judge = new GuardJudge(observation, now, paired);
        List<GuardStand> guards = new ArrayList<>();
        for (Guard guard : active.charter().plan().guards()) {
            Verdict look = judge.look(guard);
            Duration badFor = held(
                    look instanceof Verdict.Fail,
                    look instanceof Verdict.Pass,
                    active.watch().of(guard),
                    now);
            guards.add(new GuardStand(guard, GuardJudge.stands(guard, look, badFor), badFor));
        }
        return new Assessment(gates, guards, active.elapsed(until));
    }

    private static GateStand stand(GateJudge judge, Gate gate, Optional<Sustained> before, Instant now) {
        Verdict look = judge.judge(gate);
        if (!(gate instanceof Gate.Limit limit) || limit.sustained().isEmpty()) {
            return new GateStand(gate, look, Duration.ZERO);
        }
        Duration held = held(look instanceof Verdict.Pass, look instanceof Verdict.Fail, before, now);
        return new GateStand(gate, judge.sustained(limit, look, held), held);
    }

    private static Duration held(boolean runs, boolean resets, Optional<Sustained> before, Instant now) {
        if (before.isEmpty() || resets) {
            return Duration.ZERO;
        }
        return runs ? before.get().heldAt(now) : before.get().held();
    }
}
