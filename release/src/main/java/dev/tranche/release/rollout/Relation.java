package dev.tranche.release.rollout;

/// How a level is compared with a limit.
public enum Relation {
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">=");

    private final String text;

    Relation(String text) {
        this.text = text;
    }

    /// Whether it is `<` or `<=`.
    public boolean upper() {
        return this == BELOW || this == AT_MOST;
    }

    public boolean holds(double level, double limit) {
        return switch (this) {
            case BELOW -> level < limit;
            case AT_MOST -> level <= limit;
            case ABOVE -> level > limit;
            case AT_LEAST -> level >= limit;
        };
    }

    /// The inverse of [#toString()].
    public static Relation parse(String text) {
        for (Relation relation : values()) {
            if (relation.text.equals(text)) {
                return relation;
            }
        }
        throw new IllegalArgumentException("relation must be one of < <= > >=: " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
