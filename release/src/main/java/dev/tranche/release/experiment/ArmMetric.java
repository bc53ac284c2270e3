package dev.tranche.release.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an experiment compares its arms by.
public enum ArmMetric {
    APPROVAL_RATE,
    SCORE_MEAN,
    OUTCOME_RATE,
    ERROR_RATE,
    LATENCY_MEAN,
    /// Seed 000 §4.1; see [#refusal()].
    SHARPE_RATIO,
    /// Seed 000 §4.1; see [#refusal()].
    MAX_DRAWDOWN;

    /// Why it cannot be asked for yet; empty when it can.
    public Optional<String> refusal() {
        return switch (this) {
            case APPROVAL_RATE, SCORE_MEAN, OUTCOME_RATE, ERROR_RATE, LATENCY_MEAN -> Optional.empty();
            case SHARPE_RATIO, MAX_DRAWDOWN ->
                Optional.of(this + " is no mean of independent units: it needs daily returns and a block bootstrap,"
                        + " which experiments do not have yet");
        };
    }

    /// The inverse of [#toString()].
    public static ArmMetric parse(String text) {
        for (ArmMetric metric : values()) {
            if (metric.toString().equals(text)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("metric must be one of "
                + Arrays.stream(values()).map(ArmMetric::toString).collect(Collectors.joining(", ")) + ": " + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
