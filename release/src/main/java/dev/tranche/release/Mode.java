package dev.tranche.release;

/// How far a candidate's answers reach: nobody sees them, people see them, or they count.
public enum Mode {
    /// Computed beside the live version; recorded, shown to nobody.
    SHADOW("shadow"),
    /// Computed and published as a signal that must not be acted on (seed 003's "signal read-only").
    READ_ONLY("read-only"),
    /// The answer that counts.
    LIVE("live");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /// The inverse of [#toString()].
    public static Mode parse(String text) {
        for (Mode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode must be one of shadow, read-only, live: " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
