package dev.tranche.runtime.clock;

import java.time.Clock;
import java.time.Instant;

/// The machine's clocks.
enum SystemTicks implements Ticks {
    INSTANCE;

    private static final Clock UTC = Clock.systemUTC();

    @Override
    public Instant now() {
        return UTC.instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
