package dev.tranche.engine.trading.loop;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What the loop does while nothing waits for it.
public enum IdlePolicy {
    /// Looks again at once: the quickest, and a core of its own is needed for it.
    SPIN,
    /// Looks a few hundred times, then sleeps until something comes: costs some microseconds to wake.
    PARK;

    private static final int LOOKS = 200;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// Reads `spin` or `park`.
    public static IdlePolicy parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Waits a little.
    ///
    /// @param idle how many times in a row nothing was found
    /// @param most nanoseconds until something is due
    void rest(EventRing ring, int idle, long most) {
        switch (this) {
            case SPIN -> Thread.onSpinWait();
            case PARK -> {
                if (idle < LOOKS) {
                    Thread.onSpinWait();
                } else if (most > 0) {
                    ring.await(Math.min(most, LONGEST_NANOS));
                }
            }
        }
    }
}
