package dev.tranche.release.rollout;

import dev.tranche.release.Bucketing;
import dev.tranche.release.DurationText;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Events as flat text fields, the form a journal keeps: `event` names the kind, the other fields its content.
/// `read(write(e))` equals `e`. Lists are numbered (`stage.0`, `stage.1`, ...), verdicts spread over
/// `verdict`, `reason` and `number.NAME`.
public final class EventText {
    private EventText() {}

    /// The fields of an event.
    public static SortedMap<String, String> write(RolloutEvent event) {
        Fields fields = new Fields(new TreeMap<>());
        switch (event) {
            case RolloutEvent.Started started -> {
                fields.put("event", "started").put("id", started.id());
                plan(fields, started.plan());
                started.live().ifPresent(live -> fields.put("live", live));
                fields.who(started.actor(), started.reason());
            }
            case RolloutEvent.ChecklistPassed(List<Check> checks) ->
                fields.put("event", "checklist-passed").checks(checks);
            case RolloutEvent.ChecklistFailed(List<Check> checks) ->
                fields.put("event", "checklist-failed").checks(checks);
            case RolloutEvent.StageEntered(int stage) ->
                fields.put("event", "stage-entered").put("stage", stage);
            case RolloutEvent.GateJudged(int stage, Gate gate, var verdict) ->
                fields.put("event", "gate-judged")
                        .put("stage", stage)
                        .put("gate", gate)
                        .verdict("", verdict);
            case RolloutEvent.GateAccrued(Gate gate, Duration held) ->
                fields.put("event", "gate-accrued").put("gate", gate).put("held", held.toMillis());
            case RolloutEvent.GateUnmeasured(Gate gate) ->
                fields.put("event", "gate-unmeasured").put("gate", gate);
            case RolloutEvent.GateLapsed(Gate gate) ->
                fields.put("event", "gate-lapsed").put("gate", gate);
            case RolloutEvent.GuardPending(Guard guard, var verdict) ->
                fields.put("event", "guard-pending").put("guard", guard).verdict("", verdict);
            case RolloutEvent.GuardAccrued(Guard guard, Duration badFor) ->
                fields.put("event", "guard-accrued").put("guard", guard).put("held", badFor.toMillis());
            case RolloutEvent.GuardUnmeasured(Guard guard) ->
                fields.put("event", "guard-unmeasured").put("guard", guard);
            case RolloutEvent.GuardCleared(Guard guard) ->
                fields.put("event", "guard-cleared").put("guard", guard);
            case RolloutEvent.GuardBroken(Guard guard, var verdict) ->
                fields.put("event", "guard-broken").put("guard", guard).verdict("", verdict);
            case RolloutEvent.MeasuringInterrupted(String reason) ->
                fields.put("event", "measuring-interrupted").put("reason", reason);
            case RolloutEvent.Promoted(int stage, String actor, String reason) ->
                fields.put("event", "promoted").put("stage", stage).who(actor, reason);
            case RolloutEvent.PausedBy(String actor, String reason) ->
                fields.put("event", "paused").who(actor, reason);
            case RolloutEvent.Resumed(String actor, String reason) ->
                fields.put("event", "resumed").who(actor, reason);
            case RolloutEvent.ApprovedBy(String actor, String reason) ->
                fields.put("event", "approved").who(actor, reason);
            case RolloutEvent.BakeStarted _ -> fields.put("event", "bake-started");
            case RolloutEvent.Completed(String actor, String reason) ->
                fields.put("event", "completed").who(actor, reason);
            case RolloutEvent.RolledBack(String actor, String reason) ->
                fields.put("event", "rolled-back").who(actor, reason);
            case RolloutEvent.Aborted(String actor, String reason) ->
                fields.put("event", "aborted").who(actor, reason);
        }
        return fields.map();
    }

    /// The event of these fields.
    ///
    /// @throws IllegalArgumentException if a field is missing or not understood
    public static RolloutEvent read(SortedMap<String, String> map) {
        Fields fields = new Fields(map);
        return switch (fields.take("event")) {
            case "started" ->
                new RolloutEvent.Started(
                        fields.take("id"),
                        plan(fields),
                        fields.maybe("live").map(VersionName::parse),
                        fields.actor(),
                        fields.reason());
            case "checklist-passed" -> new RolloutEvent.ChecklistPassed(fields.checks());
            case "checklist-failed" -> new RolloutEvent.ChecklistFailed(fields.checks());
            case "stage-entered" -> new RolloutEvent.StageEntered(fields.number("stage"));
            case "gate-judged" ->
                new RolloutEvent.GateJudged(fields.number("stage"), fields.gate(), fields.verdict(""));
            case "gate-accrued" -> new RolloutEvent.GateAccrued(fields.gate(), fields.held());
            case "gate-unmeasured" -> new RolloutEvent.GateUnmeasured(fields.gate());
            case "gate-lapsed" -> new RolloutEvent.GateLapsed(fields.gate());
            case "guard-pending" -> new RolloutEvent.GuardPending(fields.guard(), fields.verdict(""));
            case "guard-accrued" -> new RolloutEvent.GuardAccrued(fields.guard(), fields.held());
            case "guard-unmeasured" -> new RolloutEvent.GuardUnmeasured(fields.guard());
            case "guard-cleared" -> new RolloutEvent.GuardCleared(fields.guard());
            case "guard-broken" -> new RolloutEvent.GuardBroken(fields.guard(), fields.verdict(""));
            case "measuring-interrupted" -> new RolloutEvent.MeasuringInterrupted(fields.reason());
            case "promoted" -> new RolloutEvent.Promoted(fields.number("stage"), fields.actor(), fields.reason());
            case "paused" -> new RolloutEvent.PausedBy(fields.actor(), fields.reason());
            case "resumed" -> new RolloutEvent.Resumed(fields.actor(), fields.reason());
            case "approved" -> new RolloutEvent.ApprovedBy(fields.actor(), fields.reason());
            case "bake-started" -> new RolloutEvent.BakeStarted();
            case "completed" -> new RolloutEvent.Completed(fields.actor(), fields.reason());
            case "rolled-back" -> new RolloutEvent.RolledBack(fields.actor(), fields.reason());
            case "aborted" -> new RolloutEvent.Aborted(fields.actor(), fields.reason());
            default -> throw new IllegalArgumentException("no such rollout event: " + map.get("event"));
        };
    }

    private static void plan(Fields fields, Plan plan) {
        fields.put("product", plan.product())
                .put("candidate", plan.candidate())
                .put("kind", plan.kind())
                .put("strategy", plan.strategy())
                .put("unit", plan.unit())
                .put("bucketing", plan.bucketing())
                .put("bake", DurationText.print(plan.bake()))
                .put("patience", DurationText.print(plan.patience()))
                .put("approvals", plan.approvals());
        numbered(fields, "stage", plan.stages());
        numbered(fields, "guard", plan.guards());
    }

    private static Plan plan(Fields fields) {
        return new Plan(
                fields.take("product"),
                VersionName.parse(fields.take("candidate")),
                VersionKind.parse(fields.take("kind")),
                Strategy.parse(fields.take("strategy")),
                fields.take("unit"),
                Bucketing.parse(fields.take("bucketing")),
                numbered(fields, "stage", Stage::parse),
                numbered(fields, "guard", Guard::parse),
                DurationText.parse(fields.take("bake")),
                DurationText.parse(fields.take("patience")),
                Approvals.parse(fields.take("approvals")));
    }

    private static void numbered(Fields fields, String name, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            fields.put(name + "." + i, values.get(i));
        }
    }

    private static <T> List<T> numbered(Fields fields, String name, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        Optional<String> next = fields.maybe(name + ".0");
        while (next.isPresent()) {
            values.add(parse.apply(next.get()));
            next = fields.maybe(name + "." + values.size());
        }
        return values;
    }
}
