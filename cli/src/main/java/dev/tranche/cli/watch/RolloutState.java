package dev.tranche.cli.watch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A rollout as the server tells it, at one moment.
///
/// @param id        its id
/// @param product   whose route moves
/// @param candidate the version that wants to go live
/// @param live      the version it would replace; empty when there is none
/// @param strategy  canary, blue-green, shadow or first
/// @param state     where it stands
/// @param word      the server's word for that
/// @param reason    why it ended or stands still, may be empty
/// @param stage     the number of the current stage, from 0
/// @param steps     the stages as planned
/// @param entered   when the stage was entered, may be empty
/// @param elapsed   seconds in this stage
/// @param dwell     seconds it must last at least; 0 for none
/// @param gates     asked to leave the stage
/// @param guards    watched all the time
/// @param checklist asked before the first stage
/// @param history   what happened, the oldest first
public record RolloutState(
        String id,
        String product,
        String candidate,
        String live,
        String strategy,
        State state,
        String word,
        String reason,
        int stage,
        List<Step> steps,
        String entered,
        double elapsed,
        double dwell,
        List<Question> gates,
        List<Question> guards,
        List<Question> checklist,
        List<Entry> history) {

    public static RolloutState of(JsonNode rollout) {
        JsonNode stage = rollout.path("stage");
        String word = rollout.path("state").asString("");
        return new RolloutState(
                rollout.path("id").asString(""),
                rollout.path("product").asString(""),
                rollout.path("candidate").asString(""),
                rollout.path("live").asString(""),
                rollout.path("strategy").asString(""),
                State.of(word),
                word,
                rollout.path("reason").asString(""),
                stage.path("index").asInt(reached(rollout.path("history"))),
                steps(rollout.path("stages"), stage),
                stage.path("entered_at").asString(""),
                stage.path("elapsed_seconds").asDouble(0),
                stage.path("dwell_seconds").asDouble(0),
                Question.list(rollout.path("gates")),
                Question.list(rollout.path("guards")),
                Question.list(rollout.path("checklist")),
                Entry.list(rollout.path("history")));
    }

    /// The step it is at; the last one when it is past all of them.
    Step step() {
        return steps.get(Math.clamp(stage, 0, steps.size() - 1));
    }

    /// Where it is, in words: `stage 2 of 5: live, 5 %`.
    String place() {
        return switch (state) {
            case CHECKING -> "the checklist, before stage 1 of " + steps.size();
            case BAKING -> "all stages done, the guards watch on";
            case RUNNING, PAUSED, COMPLETED, ROLLED_BACK, ABORTED, OTHER ->
                stage < steps.size()
                        ? "stage " + (stage + 1) + " of " + steps.size() + ": " + step().words()
                        : "all stages done";
        };
    }

    /// The share of the stage's dwell that has passed, 0 to 1; 1 when there is nothing to wait for.
    double progress() {
        return dwell > 0 ? Math.min(1, elapsed / dwell) : 1;
    }

    /// The stage an ended rollout got to, which its answer no longer says: as many as its history enters.
    private static int reached(JsonNode history) {
        int entered = 0;
        for (JsonNode entry : history) {
            String event = entry.path("event").asString("");
            entered += event.equals("stage-entered") || event.equals("bake-started") ? 1 : 0;
        }
        return Math.max(0, entered - 1);
    }

    /// A server that does not list the plan still says how many stages there are and which one this is.
    private static List<Step> steps(JsonNode planned, JsonNode current) {
        List<Step> steps = new ArrayList<>();
        planned.forEach(step -> steps.add(Step.of(step)));
        int index = current.path("index").asInt(0);
        for (int k = steps.size(); k < Math.max(1, current.path("count").asInt(0)); k++) {
            steps.add(k == index ? Step.of(current) : new Step("stage " + (k + 1), ""));
        }
        return List.copyOf(steps);
    }
}
