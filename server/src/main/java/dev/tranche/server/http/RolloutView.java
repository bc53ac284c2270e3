package dev.tranche.server.http;

import dev.tranche.release.Audience;
import dev.tranche.release.rollout.Approvals;
import dev.tranche.release.rollout.Assessment;
import dev.tranche.release.rollout.Check;
import dev.tranche.release.rollout.Plan;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.Stage;
import dev.tranche.server.rollouts.RolloutRecord;
import dev.tranche.server.rollouts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A rollout as the answers show it.
final class RolloutView {
    private final RolloutRecord rollout;
    private final Plan plan;
    private final boolean inForce;

    private RolloutView(RolloutRecord rollout, boolean inForce) {
        this.rollout = rollout;
        this.inForce = inForce;
        this.plan = rollout.state().charter().plan();
    }

    /// Without gates and guards, which need a measurement.
    ///
    /// @param inForce whether the asked node answers for the product as the journal says
    static Map<String, Object> summary(RolloutRecord rollout, boolean inForce, Instant now) {
        return new RolloutView(rollout, inForce).head(now);
    }

    /// With how each gate and guard stands.
    static Map<String, Object> whole(
            RolloutRecord rollout, boolean inForce, Assessment assessment, List<Check> checklist, Instant now) {
        RolloutView view = new RolloutView(rollout, inForce);
        Map<String, Object> tree = view.head(now);
        tree.put("gates", view.gates(assessment));
        tree.put("guards", view.guards(assessment));
        tree.put("checklist", checklist.stream().map(Words::check).toList());
        tree.put("history", view.history());
        return tree;
    }

    private Map<String, Object> head(Instant now) {
        Rollout state = rollout.state();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", rollout.id());
        tree.put("product", rollout.product());
        tree.put("candidate", plan.candidate().toString());
        state.charter().live().ifPresent(live -> tree.put("live", live.toString()));
        tree.put("kind", rollout.kind().name());
        tree.put("strategy", plan.strategy().toString());
        tree.put("state", state.word().replace('-', '_').toUpperCase(Locale.ROOT));
        tree.put("active", !state.ended());
        tree.put("route_in_force", inForce);
        tree.put("started_by", state.charter().startedBy());
        tree.put("started_at", state.charter().startedAt().toString());
        reason(state).ifPresent(reason -> tree.put("reason", reason));
        stage(state, now).ifPresent(stage -> tree.put("stage", stage));
        tree.put("stages", plan.stages().stream().map(RolloutView::stage).toList());
        tree.put("bake_seconds", plan.bake().toSeconds());
        tree.put("approvals", approvals(state));
        return tree;
    }

    private static Optional<String> reason(Rollout state) {
        return switch (state) {
            case Rollout.Paused paused -> Optional.of(paused.reason());
            case Rollout.RolledBack back -> Optional.of(back.reason());
            case Rollout.Aborted aborted -> Optional.of(aborted.reason());
            case Rollout.Checking _, Rollout.Running _, Rollout.Baking _, Rollout.Completed _ -> Optional.empty();
        };
    }

    /// Where it stands: the stage, or the bake as one more stage behind the last.
    private Optional<Map<String, Object>> stage(Rollout state, Instant now) {
        return switch (state) {
            case Rollout.Running running -> {
                Map<String, Object> tree = stage(running.current());
                tree.put("index", running.stage());
                yield Optional.of(timed(tree, running, now));
            }
            case Rollout.Baking baking -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("mode", "live");
                tree.put("share", "100%");
                tree.put("share_basis_points", 10_000);
                tree.put("dwell_seconds", plan.bake().toSeconds());
                tree.put("index", plan.stages().size());
                yield Optional.of(timed(tree, baking, now));
            }
            case Rollout.Paused paused -> stage(paused.was(), paused.since());
            case Rollout.Checking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ -> Optional.empty();
        };
    }

    private Map<String, Object> timed(Map<String, Object> tree, Rollout.Active active, Instant now) {
        tree.put("count", plan.stages().size());
        tree.put("entered_at", active.enteredAt().toString());
        tree.put("elapsed_seconds", seconds(active.elapsed(now)));
        return tree;
    }

    private static Map<String, Object> stage(Stage stage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mode", stage.mode().toString());
        switch (stage.audience()) {
            case Audience.Units units -> {
                tree.put("share", units.share().toString());
                tree.put("share_basis_points", units.share().basisPoints());
            }
            case Audience.Entities entities -> tree.put("entities", entities.names());
        }
        tree.put("dwell_seconds", seconds(stage.dwell()));
        return tree;
    }

    private Map<String, Object> approvals(Rollout state) {
        Approvals asked = plan.approvals();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("needed", asked.before().isEmpty() ? 0 : asked.count());
        tree.put(
                "before", asked.before().stream().sorted().map(Object::toString).toList());
        tree.put("given", given(state));
        return tree;
    }

    private static Collection<String> given(Rollout state) {
        return switch (state) {
            case Rollout.Checking checking -> checking.approvers();
            case Rollout.Running running -> running.approvers();
            case Rollout.Paused paused -> given(paused.was());
            case Rollout.Baking _, Rollout.Completed _, Rollout.RolledBack _, Rollout.Aborted _ -> List.of();
        };
    }

    private List<Map<String, Object>> gates(Assessment assessment) {
        List<Map<String, Object>> gates = new ArrayList<>();
        for (Assessment.GateStand stand : assessment.gates()) {
            Map<String, Object> tree = open(Words.verdict("text", stand.gate().toString(), stand.verdict()));
            tree.put("held_seconds", seconds(stand.held()));
            tree.put("holding_seconds", seconds(stand.gate().holding()));
            gates.add(tree);
        }
        return gates;
    }

    private List<Map<String, Object>> guards(Assessment assessment) {
        List<Map<String, Object>> guards = new ArrayList<>();
        for (Assessment.GuardStand stand : assessment.guards()) {
            Map<String, Object> tree = open(Words.verdict("text", stand.guard().toString(), stand.verdict()));
            tree.put("bad_for_seconds", seconds(stand.badFor()));
            tree.put("limit_seconds", seconds(stand.guard().sustained()));
            guards.add(tree);
        }
        return guards;
    }

    private List<Map<String, Object>> history() {
        List<Map<String, Object>> history = new ArrayList<>();
        for (RolloutRecord.Entry entry : rollout.history()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("at", entry.at().toString());
            tree.put("event", entry.event());
            tree.put("actor", entry.actor());
            tree.put("reason", entry.reason());
            history.add(tree);
        }
        return history;
    }

    private static Map<String, Object> open(Map<String, ? extends Object> tree) {
        return new LinkedHashMap<>(tree);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
