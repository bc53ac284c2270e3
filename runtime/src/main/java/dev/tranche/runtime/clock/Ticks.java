package dev.tranche.runtime.clock;

import java.time.Instant;

/// Where a process reads the time: a wall clock for records and a monotonic one for durations.
///
/// Implementations are safe for use by any thread.
public interface Ticks {
    /// Wall-clock time; may step when the machine's clock is corrected.
    Instant now();

    /// Nanoseconds since an arbitrary origin; never goes back, so only differences mean anything.
    long nanos();

    /// Wall-clock time in nanoseconds since 1970-01-01T00:00Z, as record logs carry it (right until the year
    /// 2262).
    default long epochNanos() {
        return Epoch.nanos(now());
    }

    /// The machine's clocks.
    static Ticks system() {
        return SystemTicks.INSTANCE;
    }
}
