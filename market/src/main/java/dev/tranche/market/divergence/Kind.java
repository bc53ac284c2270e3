package dev.tranche.market.divergence;

/// What two pivots of the price and the flow between them say.
public enum Kind {
    /// A lower low of the price, a higher low of the flow.
    BULL(1, false),
    /// A higher high of the price, a lower high of the flow.
    BEAR(-1, false),
    /// A higher low of the price, a lower low of the flow.
    HIDDEN_BULL(1, true),
    /// A lower high of the price, a higher high of the flow.
    HIDDEN_BEAR(-1, true),
    /// Book and trades flowed in opposite directions between two pivots of the price; says nothing of the
    /// direction.
    CONFLICT(0, false);

    private final int sign;
    private final boolean hidden;

    Kind(int sign, boolean hidden) {
        this.sign = sign;
        this.hidden = hidden;
    }

    /// Which way the price is said to go: +1 up, -1 down, 0 not said.
    public int sign() {
        return sign;
    }

    /// True for a divergence that says the trend goes on, false for one that says it turns.
    public boolean hidden() {
        return hidden;
    }

    /// `bull`, `bear` or `conflict`: the three counts that must add up to all events.
    public String side() {
        return switch (this) {
            case BULL, HIDDEN_BULL -> "bull";
            case BEAR, HIDDEN_BEAR -> "bear";
            case CONFLICT -> "conflict";
        };
    }

    /// The kind that the mirrored market shows.
    public Kind mirrored() {
        return switch (this) {
            case BULL -> BEAR;
            case BEAR -> BULL;
            case HIDDEN_BULL -> HIDDEN_BEAR;
            case HIDDEN_BEAR -> HIDDEN_BULL;
            case CONFLICT -> CONFLICT;
        };
    }
}
