package dev.tranche.server.journal;

import java.time.Instant;

/// The rollout whose measurements are asked for.
///
/// @param candidate exact name of the version being moved
/// @param shadow true while the candidate's answers do not count (shadow and read-only): then its
///     measurements are those of its shadow answers
/// @param rolloutStarted when the rollout started; outcomes mature from decisions made since then
/// @param stageEntered when the stage (or the bake) was entered
public record Followed(String candidate, boolean shadow, Instant rolloutStarted, Instant stageEntered) {

    /// @throws IllegalArgumentException when the stage was entered before the rollout started
    public Followed {
        if (stageEntered.isBefore(rolloutStarted)) {
            throw new IllegalArgumentException(
                    "stage must not be entered before the rollout started: " + stageEntered + " < " + rolloutStarted);
        }
    }

    /// Whether another speaks of the same rollout, perhaps at another stage.
    boolean sameRollout(Followed other) {
        return candidate.equals(other.candidate) && rolloutStarted.equals(other.rolloutStarted);
    }
}
