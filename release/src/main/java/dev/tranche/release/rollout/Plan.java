package dev.tranche.release.rollout;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Duration;
import java.util.List;

/// What a rollout is to do, fixed when it starts: the content of a `rollout.yaml`.
///
/// Modes only go forward (shadow, read-only, live), and within a mode the audience only grows, so that nobody
/// who met the candidate loses it again other than by a roll back.
///
/// @param unit the request's field that assignment hashes, such as `loan_id`
/// @param guards watched from the first stage to the end of the bake, and of a strategy while it is live
/// @param bake how long the candidate is watched at 100 % before the rollout is over
/// @param patience how long gates may wait after the dwell before the rollout pauses and asks a person
public record Plan(
        String product,
        VersionName candidate,
        VersionKind kind,
        Strategy strategy,
        String unit,
        Bucketing bucketing,
        List<Stage> stages,
        List<Guard> guards,
        Duration bake,
        Duration patience,
        Approvals approvals) {
    /// Three days, when a plan names no patience.
    public static final Duration PATIENCE = Duration.ofDays(3);

    public Plan {
        stages = List.copyOf(stages);
        guards = List.copyOf(guards);
        if (product.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException("a plan names its product and unit: '" + product + "', '" + unit + "'");
        }
        if (!candidate.exact()) {
            throw new IllegalArgumentException("candidate must be named with major and minor: " + candidate);
        }
        if (bake.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("bake and patience must be 0s or more: " + bake + ", " + patience);
        }
        if (guards.stream().distinct().count() != guards.size()) {
            throw new IllegalArgumentException("a plan watches each guard once: " + guards);
        }
        forward(stages);
        shape(strategy, stages);
        if (strategy == Strategy.FIRST) {
            alone(stages, guards);
        }
    }

    /// The stage of this index.
    public Stage stage(int index) {
        return stages.get(index);
    }

    /// Whether a stage of this index is the last one.
    public boolean last(int index) {
        return index == stages.size() - 1;
    }

    /// Whether people have to agree before the stage of this index is entered.
    boolean needsApproval(int index) {
        List<Mode> from = index == 0 ? List.of() : List.of(stage(index - 1).mode());
        return approvals.needed(stage(index).mode(), from);
    }

    private static void forward(List<Stage> stages) {
        for (int i = 1; i < stages.size(); i++) {
            Stage before = stages.get(i - 1);
            Stage after = stages.get(i);
            int step = after.mode().compareTo(before.mode());
            if (step < 0) {
                throw new IllegalArgumentException("modes go forward (shadow, read-only, live): stage " + (i + 1)
                        + " is " + after.mode() + " after " + before.mode());
            }
            if (step == 0 && !after.audience().covers(before.audience())) {
                throw new IllegalArgumentException("audiences grow within a mode: stage " + (i + 1) + " reaches "
                        + after.audience() + " after " + before.audience());
            }
        }
    }

    private static void shape(Strategy strategy, List<Stage> stages) {
        boolean endsLive = !stages.isEmpty() && stages.getLast().mode() == Mode.LIVE;
        boolean anyLive = stages.stream().anyMatch(stage -> stage.mode() == Mode.LIVE);
        boolean partly = stages.stream()
                .anyMatch(
                        stage -> stage.mode() == Mode.LIVE && !stage.audience().equals(Audience.EVERYONE));
        String wrong = switch (strategy) {
            case CANARY -> endsLive ? "" : "a canary needs stages of which the last is live";
            case SHADOW -> stages.isEmpty() || anyLive ? "a shadow rollout has stages, none of them live" : "";
            case BLUE_GREEN -> partly ? "a blue-green rollout goes live for everybody at once" : "";
            case FIRST -> "";
        };
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong + ": " + stages);
        }
    }

    private static void alone(List<Stage> stages, List<Guard> guards) {
        for (Stage stage : stages) {
            for (Gate gate : stage.gates()) {
                if (gate.needsLive()) {
                    throw new IllegalArgumentException("a first release has no live version to compare with: " + gate);
                }
            }
        }
        for (Guard guard : guards) {
            if (guard instanceof Guard.WorseThanLive) {
                throw new IllegalArgumentException("a first release has no live version to compare with: " + guard);
            }
        }
    }
}
