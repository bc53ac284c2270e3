package dev.tranche.market.risk;

import java.util.EnumSet;
import java.util.Set;

/// How far trading is restrained, and what that leaves.
///
/// Cancels always pass. A position may always be made smaller, but after a kill, when only the person who
/// releases it decides; seed 002's system blocked even that in HALTED, and so kept its losses. Hedging, which
/// opens something to close something else, ends with HALTED.
public enum BreakerState {
    NORMAL(1, 1, EnumSet.allOf(Activity.class)),
    WARNING(0.5, 1.5, EnumSet.allOf(Activity.class)),
    RESTRICTED(0.1, 2, EnumSet.of(Activity.HEDGING, Activity.LIQUIDATION, Activity.CANCEL)),
    HALTED(0, Double.POSITIVE_INFINITY, EnumSet.of(Activity.LIQUIDATION, Activity.CANCEL)),
    /// By hand, and left by hand only.
    KILLED(0, Double.POSITIVE_INFINITY, EnumSet.of(Activity.CANCEL));

    private final double sizeMultiplier;
    private final double spreadMultiplier;

    @SuppressWarnings("ImmutableEnumChecker") // never changed, never handed out
    private final Set<Activity> allowed;

    BreakerState(double sizeMultiplier, double spreadMultiplier, Set<Activity> allowed) {
        this.sizeMultiplier = sizeMultiplier;
        this.spreadMultiplier = spreadMultiplier;
        this.allowed = allowed;
    }

    public boolean allows(Activity activity) {
        return allowed.contains(activity);
    }

    /// What the sizes of quotes and the limits of positions are multiplied by, 0..1.
    public double sizeMultiplier() {
        return sizeMultiplier;
    }

    /// What spreads are multiplied by, 1 or more; infinite where nothing is quoted.
    public double spreadMultiplier() {
        return spreadMultiplier;
    }

    /// One step towards normal; a kill has none.
    BreakerState calmer() {
        return switch (this) {
            case NORMAL, WARNING -> NORMAL;
            case RESTRICTED -> WARNING;
            case HALTED -> RESTRICTED;
            case KILLED -> KILLED;
        };
    }
}
