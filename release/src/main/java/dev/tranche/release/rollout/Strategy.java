package dev.tranche.release.rollout;

/// Which shape of stages a rollout has.
public enum Strategy {
    /// Growing audiences, the last of them live; then everybody.
    CANARY("canary"),
    /// Everybody at once, after shadow stages if there are any.
    BLUE_GREEN("blue-green"),
    /// Shadow and read-only stages only; the live version stays.
    SHADOW("shadow"),
    /// Nothing was live before; no gate may compare with live.
    FIRST("first");

    private final String text;

    Strategy(String text) {
        this.text = text;
    }

    /// The inverse of [#toString()].
    public static Strategy parse(String text) {
        for (Strategy strategy : values()) {
            if (strategy.text.equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("strategy must be one of canary, blue-green, shadow, first: " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
