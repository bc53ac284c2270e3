package dev.tranche.engine.venue;

/// What protects our orders at a venue, as the venue itself confirmed when it was last asked.
///
/// @param cancelOnDisconnect whether it takes our orders back when it does not hear us any more
/// @param protection whether its protection for market makers holds; true where the venue has none or none was
///     asked for
/// @param verifiedNanos when the venue said so, epoch nanoseconds; 0 when it never did
/// @param note one sentence: what was asked for, what is missing
public record Armed(boolean cancelOnDisconnect, boolean protection, long verifiedNanos, String note) {
    /// Nothing is known to protect us.
    public static Armed not(String why) {
        return new Armed(false, false, 0, why);
    }

    /// Whether quotes may rest there.
    public boolean verified() {
        return cancelOnDisconnect && protection;
    }
}
