package dev.tranche.inference;

import java.util.Locale;

/// What a feature holds, and so which JSON values the door takes for it; nothing is converted silently.
public enum FeatureType {
    /// A JSON number; kept as a double.
    NUMBER,
    /// `true` or `false`; kept as 1 or 0.
    BOOLEAN,
    /// A text out of a list.
    CATEGORY,
    /// A free text.
    TEXT,
    /// An ISO date, `2026-03-31`; kept as days since 1970-01-01.
    DATE,
    /// An array of objects, each with a date `at` and numbers, for window aggregates; kept as its JSON text.
    EVENTS;

    /// The type by its word in `features.json`.
    ///
    /// @throws IllegalArgumentException for another word
    public static FeatureType parse(String word) {
        for (FeatureType type : values()) {
            if (type.toString().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type must be number, boolean, category, text, date or events: " + word);
    }

    /// Whether a row keeps this type as a text.
    public boolean textual() {
        return this == CATEGORY || this == TEXT || this == EVENTS;
    }

    /// The word in `features.json`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
