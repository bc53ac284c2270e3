package dev.tranche.release.rollout;

/// The five points of seed 000 §7.2 that are executed before the first stage.
public enum ChecklistPoint {
    VERSION_LABEL("version label"),
    COMPATIBILITY("dependency compatibility"),
    BENCHMARK("benchmark"),
    ROLLBACK_REHEARSAL("rollback rehearsal"),
    MONITORING("monitoring configuration");

    private final String text;

    ChecklistPoint(String text) {
        this.text = text;
    }

    /// The inverse of [#toString()].
    public static ChecklistPoint parse(String text) {
        for (ChecklistPoint point : values()) {
            if (point.text.equals(text)) {
                return point;
            }
        }
        throw new IllegalArgumentException("no such point of the checklist: " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
