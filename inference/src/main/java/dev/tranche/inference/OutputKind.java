package dev.tranche.inference;

import java.util.Locale;

/// What the outputs of a model mean.
public enum OutputKind {
    /// One number within 0..1: the probability of the positive label.
    PROBABILITY,
    /// One number in the unit of the label.
    VALUE,
    /// One probability per class.
    CLASSES,
    /// Points of a scorecard.
    SCORE;

    /// The kind by its word in `model.yaml`.
    ///
    /// @throws IllegalArgumentException for another word
    public static OutputKind parse(String word) {
        for (OutputKind kind : values()) {
            if (kind.toString().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("output must be probability, value, classes or score: " + word);
    }

    /// The word in `model.yaml`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
