package dev.tranche.release;

import java.util.Locale;

/// What a version is a version of. A product's route has one slot for each kind.
public enum VersionKind {
    MODEL,
    POLICY,
    PARAMETERS,
    STRATEGY,
    CALIBRATION;

    /// Whether such a version is not asked by Tranche's own doors: an engine elsewhere follows the
    /// route, works with it and tells what it measures.
    public boolean servedElsewhere() {
        return switch (this) {
            case MODEL, POLICY -> false;
            case PARAMETERS, STRATEGY, CALIBRATION -> true;
        };
    }

    /// Whether the guards of a rollout stay on watch after it has completed, for as long as its version is
    /// what is live: a strategy trades with money every second (seed 002's automatic triggers have no end).
    public boolean watchedWhileLive() {
        return switch (this) {
            case MODEL, POLICY, PARAMETERS, CALIBRATION -> false;
            case STRATEGY -> true;
        };
    }

    /// The kind of this word, in lower case as [#toString()] prints it; any case is accepted.
    public static VersionKind parse(String text) {
        for (VersionKind kind : values()) {
            if (kind.name().equalsIgnoreCase(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind must be one of model, policy, parameters, strategy, calibration: " + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
