package dev.tranche.market.simulation;

/// When we hear of what happened at the venue.
public sealed interface FeedDelay {
    /// As recorded, whatever the recorder's clock showed: the shortest way of the recording is taken to be
    /// `least`, every other one as much longer as it was. A recording whose clock stood 1.27 s behind is heard
    /// like any other. Event times have whole milliseconds, so a way is known to a millisecond.
    ///
    /// @param least nanoseconds of the shortest way, 0..60 s
    record Recorded(long least) implements FeedDelay {
        public Recorded {
            if (least < 0 || least > Latency.MOST) {
                throw new IllegalArgumentException("least must be within 0.." + Latency.MOST + " ns: " + least);
            }
        }
    }

    /// So long after it happened, in the order in which it happened.
    record Modelled(Latency latency) implements FeedDelay {}
}
