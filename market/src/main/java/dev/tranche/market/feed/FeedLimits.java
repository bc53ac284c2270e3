package dev.tranche.market.feed;

/// When a stream counts as silent, restarted or late.
///
/// @param silenceMillis longest time without any event, event time; at least 1
/// @param clockMillis how far the receiver's clock may stand behind the venue's unsaid: two clocks never
///     agree exactly; at least 0
/// @param jumpMillis how far receive less event time may move from one event to the next unsaid, and how
///     far event time may go back within one stream before it counts as a restart; at least 1
/// @param restartIds ids this far below the last are a restart, nearer ones are duplicates; at least 1
/// @param repeatsAreFaults whether a trade without an id that repeats the one before it counts as one
///     written twice; a recording known to be whole may say no
public record FeedLimits(
        long silenceMillis, long clockMillis, long jumpMillis, long restartIds, boolean repeatsAreFaults) {
    /// A minute of silence, 5 ms of clock, a minute of jump, a million ids.
    public static final FeedLimits USUAL = new FeedLimits(60_000, 5, 60_000, 1_000_000, true);

    public FeedLimits {
        atLeast("silenceMillis", 1, silenceMillis);
        atLeast("clockMillis", 0, clockMillis);
        atLeast("jumpMillis", 1, jumpMillis);
        atLeast("restartIds", 1, restartIds);
    }

    /// The same with another limit of silence.
    public FeedLimits silence(long millis) {
        return new FeedLimits(millis, clockMillis, jumpMillis, restartIds, repeatsAreFaults);
    }

    /// The same where a trade without an id may be like the one before it.
    public FeedLimits keepingRepeats() {
        return new FeedLimits(silenceMillis, clockMillis, jumpMillis, restartIds, false);
    }

    private static void atLeast(String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }
}
