package dev.tranche.runtime.clock;

import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until it is told: for tests and replays. Thread-safe.
///
/// ```java
/// SettableTicks ticks = SettableTicks.at(Instant.parse("2026-11-20T08:00:00Z"));
/// ticks.advance(Duration.ofMinutes(5));
/// ```
public final class SettableTicks implements Ticks {
    private record Reading(Instant wall, long nanos) {}

    private volatile Reading reading;

    private SettableTicks(Instant start) {
        this.reading = new Reading(start, 0);
    }

    /// A clock that shows `start`; its monotonic reading begins at 0.
    public static SettableTicks at(Instant start) {
        return new SettableTicks(start);
    }

    /// Moves both clocks on by `by`, which must not be negative: monotonic time does not go back.
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock advances by 0 or more: " + by);
        }
        reading = new Reading(reading.wall().plus(by), Math.addExact(reading.nanos(), by.toNanos()));
    }

    /// Steps the wall clock to `wall`, as a correction of the machine's clock does; monotonic time stays.
    public synchronized void step(Instant wall) {
        reading = new Reading(wall, reading.nanos());
    }

    @Override
    public Instant now() {
        return reading.wall();
    }

    @Override
    public long nanos() {
        return reading.nanos();
    }
}
