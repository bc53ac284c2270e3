package dev.tranche.inference.transform;

import java.util.Locale;

/// What a column holds.
enum Kind {
    /// A double; NaN is missing.
    NUMBER,
    /// Days since 1970-01-01 in a double; NaN is missing.
    DATE,
    /// A text; null is missing.
    TEXT,
    /// The JSON text of an event list; null is missing.
    EVENTS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
