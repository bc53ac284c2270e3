package dev.tranche.server.serving;

import dev.tranche.release.Mode;
import dev.tranche.server.journal.Placement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which model and policy answer a question, and why.
///
/// @param unit what assignment hashed
/// @param model the model
/// @param policy the policy, null when the product has none
/// @param scorer asks both
/// @param placement why they answer
/// @param shadowed true when the candidate is also asked, beside the answer
record Selection(
        String unit,
        LoadedVersion model,
        @Nullable LoadedPolicy policy,
        Scorer scorer,
        Placement placement,
        boolean shadowed) {

    /// Somebody answers, or nobody does.
    sealed interface Choice {
        /// Somebody answers.
        record Chosen(Selection selection) implements Choice {}

        /// The version asked for does not answer here.
        record None(String version, String reason) implements Choice {}
    }

    static Choice of(Question question) {
        Route route = question.route();
        String unit = question.assigned();
        if (question.pinned() != null) {
            return pinned(question, unit);
        }
        Candidate candidate = route.candidate();
        int slot = -1;
        if (candidate != null) {
            slot = candidate.bucketing().slot(unit);
            boolean included = candidate.audience().includes(slot, question.entity());
            if (candidate.mode() == Mode.LIVE && included) {
                return switch (candidate.version()) {
                    case LoadedVersion model ->
                        chosen(route, unit, model, route.policy(), slot, Placement.Role.CANDIDATE, null, false);
                    case LoadedPolicy policy ->
                        chosen(route, unit, route.live(), policy, slot, Placement.Role.CANDIDATE, null, false);
                };
            }
            boolean shadowed = Serving.shadowing(candidate.mode(), included);
            return arm(route, unit, slot, shadowed);
        }
        return arm(route, unit, slot, false);
    }

    private static Choice arm(Route route, String unit, int slot, boolean shadowed) {
        Experiment experiment = route.experiment();
        if (experiment == null) {
            return chosen(route, unit, route.live(), route.policy(), slot, Placement.Role.LIVE, null, shadowed);
        }
        int drawn = experiment.bucketing().slot(unit);
        Experiment.Arm arm = experiment.arm(drawn);
        return chosen(route, unit, arm.version(), route.policy(), drawn, Placement.Role.ARM, arm.name(), shadowed);
    }

    private static Choice pinned(Question question, String unit) {
        Route route = question.route();
        Optional<LoadedVersion> found = Optional.ofNullable(question.pinned()).flatMap(route::find);
        if (found.isEmpty()) {
            return new Choice.None(
                    String.valueOf(question.pinned()),
                    "it is neither live nor warm on the route of " + route.product() + ", where these are: "
                            + route.models());
        }
        LoadedVersion model = found.get();
        if (!question.operate() && !model.equals(route.live()) && !route.warm().contains(model)) {
            return new Choice.None(
                    model.toString(),
                    "it is not live on the route of " + route.product() + "; asking it by name needs the role operate");
        }
        return chosen(route, unit, model, route.policy(), -1, Placement.Role.PINNED, null, false);
    }

    private static Choice chosen(
            Route route,
            String unit,
            LoadedVersion model,
            @Nullable LoadedPolicy policy,
            int slot,
            Placement.Role role,
            @Nullable String arm,
            boolean shadowed) {
        Experiment experiment = route.experiment();
        Placement placement = new Placement(
                route.epoch(), slot, role, arm == null || experiment == null ? null : experiment.id(), arm);
        return new Choice.Chosen(new Selection(unit, model, policy, route.scorer(model, policy), placement, shadowed));
    }

    long deadlineNanos() {
        return policy == null
                ? Serving.DEADLINE_NANOS
                : policy.policy().deadline().toNanos();
    }
}
