package dev.tranche.runtime.clock;

import java.time.Instant;

/// Conversion between instants and nanoseconds since 1970-01-01T00:00Z.
public final class Epoch {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Epoch() {}

    /// Nanoseconds since 1970. Throws `ArithmeticException` outside the years 1677..2262.
    public static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }

    /// The instant of `nanos` nanoseconds since 1970.
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
