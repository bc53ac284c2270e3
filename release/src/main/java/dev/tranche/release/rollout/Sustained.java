package dev.tranche.release.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// For how much measured time something has held. Time between two looks counts only when it was measured on
/// both sides with at most [#GAP] between; any other time neither counts nor resets.
///
/// @param held measured time up to the last recorded look
/// @param lastLook when that was; absent while measuring is interrupted
public record Sustained(Duration held, Optional<Instant> lastLook) {
    /// The longest silence between two looks that still counts as measured; looks are meant to come every
    /// second.
    public static final Duration GAP = Duration.ofSeconds(5);

    /// How often running time is recorded; an interruption loses at most this much measured time.
    public static final Duration RECORDED_EVERY = Duration.ofSeconds(2);

    public Sustained {
        if (held.isNegative()) {
            throw new IllegalArgumentException("held must be 0s or more: " + held);
        }
    }

    static Sustained from(Instant now) {
        return new Sustained(Duration.ZERO, Optional.of(now));
    }

    Sustained interrupted() {
        return new Sustained(held, Optional.empty());
    }

    /// The measured time if it holds at `now` too, in whole milliseconds, as it is recorded.
    Duration heldAt(Instant now) {
        return running(now)
                ? held.plus(Duration.between(lastLook.orElseThrow(), now)).truncatedTo(ChronoUnit.MILLIS)
                : held;
    }

    /// Whether the next look at `now` continues the last one.
    boolean running(Instant now) {
        return lastLook.isPresent()
                && !lastLook.get().isAfter(now)
                && Duration.between(lastLook.get(), now).compareTo(GAP) <= 0;
    }

    /// Whether a look at `now` must be recorded so that its time is not lost.
    boolean due(Instant now) {
        return !running(now) || Duration.between(lastLook.orElseThrow(), now).compareTo(RECORDED_EVERY) >= 0;
    }
}
