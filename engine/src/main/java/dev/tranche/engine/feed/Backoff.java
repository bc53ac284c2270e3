package dev.tranche.engine.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: twice as long each time up to a limit, and a random half of it
/// off, so that many who lost the same venue do not come back at the same moment. One thread at a time.
public final class Backoff {
    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator chance;
    private Duration next;

    private Backoff(Duration shortest, Duration longest, RandomGenerator chance) {
        this.shortest = shortest;
        this.longest = longest;
        this.chance = chance;
        this.next = shortest;
    }

    /// Begins at `shortest` and never waits longer than `longest`.
    public static Backoff of(Duration shortest, Duration longest, RandomGenerator chance) {
        if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "waits are more than 0 and rise to at least " + shortest + ": " + longest);
        }
        return new Backoff(shortest, longest, chance);
    }

    /// The next wait, and twice that the next time.
    public Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait.minusNanos((long) (wait.toNanos() * 0.5 * chance.nextDouble()));
    }

    /// It worked: the next wait is the shortest again.
    public void reset() {
        next = shortest;
    }
}
