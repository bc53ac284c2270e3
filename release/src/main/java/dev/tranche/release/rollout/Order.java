package dev.tranche.release.rollout;

/// What a person may tell a rollout. Each has an actor and a reason, and both are recorded.
public sealed interface Order {
    String actor();

    String reason();

    /// Go on now: skips the dwell and gates that still wait, not the checklist and not people's approval. In
    /// the bake it ends the bake.
    record Promote(String actor, String reason) implements Order {}

    record Pause(String actor, String reason) implements Order {}

    record Resume(String actor, String reason) implements Order {}

    /// Give up without blame.
    record Abort(String actor, String reason) implements Order {}

    record RollBack(String actor, String reason) implements Order {}

    record Approve(String actor, String reason) implements Order {}
}
