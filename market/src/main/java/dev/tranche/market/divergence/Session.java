package dev.tranche.market.divergence;

/// The part of the day, in UTC.
public enum Session {
    /// From 09:00 inclusive to 17:00 exclusive, UTC.
    DAY,
    NIGHT;

    private static final int DAY_MILLIS = 86_400_000;
    private static final int HOUR_MILLIS = 3_600_000;
    private static final int OPENS = 9;
    private static final int CLOSES = 17;

    /// The session of an instant.
    ///
    /// @param millis epoch milliseconds
    public static Session at(long millis) {
        int hour = Math.floorMod(millis, DAY_MILLIS) / HOUR_MILLIS;
        return hour >= OPENS && hour < CLOSES ? DAY : NIGHT;
    }
}
