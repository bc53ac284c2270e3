package dev.tranche.release.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A unit met its arm: one answer, as it was given.
///
/// @param approved the decision; empty when the answer held none or came from fallback rules
/// @param score the model's score; empty for a fallback or an error
/// @param failed whether the version failed to answer
public record Exposure(
        String unit,
        int arm,
        Optional<Boolean> approved,
        Optional<Double> score,
        boolean failed,
        Duration latency,
        Instant at) {
    public Exposure {
        if (arm < 0
                || latency.isNegative()
                || score.filter(each -> !Double.isFinite(each)).isPresent()) {
            throw new IllegalArgumentException("exposure must have arm >= 0, latency >= 0s and a finite score: " + arm
                    + ", " + latency + ", " + score);
        }
    }
}
