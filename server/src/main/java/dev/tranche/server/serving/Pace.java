package dev.tranche.server.serving;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// How work that nobody waits for makes way for those who are answered: after each millisecond of it, it
/// rests three while requests come, so it takes a quarter of one processor at most; while nobody asks it does
/// not rest. A piece that took longer, because others needed the processor too, is followed by a longer rest.
/// Thread-safe.
///
/// ```java
/// Pace.Stretch stretch = artifacts.pace().begin();
/// for (GoldenRow row : rows) {
///     artifact.verify(row);
///     stretch.step();
/// }
/// ```
public final class Pace {
    private static final long PIECE_NANOS = 1_000_000;
    private static final long RESTS_A_PIECE = 3;
    private static final long LONGEST_REST_NANOS = 20_000_000;

    private final LongSupplier asked;
    private final LongSupplier clock;
    private final LongConsumer rest;

    private Pace(LongSupplier asked, LongSupplier clock, LongConsumer rest) {
        this.asked = asked;
        this.clock = clock;
        this.rest = rest;
    }

    /// A pace that rests while requests come.
    ///
    /// @param asked requests so far
    public static Pace of(LongSupplier asked) {
        return of(asked, System::nanoTime, LockSupport::parkNanos);
    }

    static Pace of(LongSupplier asked, LongSupplier clock, LongConsumer rest) {
        return new Pace(asked, clock, rest);
    }

    /// A pace that never rests.
    public static Pace unbroken() {
        return of(() -> 0);
    }

    /// Begins a stretch of work, which belongs to one thread.
    public Stretch begin() {
        return new Stretch();
    }

    /// Work in small pieces.
    public final class Stretch {
        private long seen = asked.getAsLong();
        private long since = clock.getAsLong();

        private Stretch() {}

        /// Call it between two pieces; it rests when it is time to.
        public void step() {
            long worked = clock.getAsLong() - since;
            if (worked < PIECE_NANOS) {
                return;
            }
            long count = asked.getAsLong();
            if (count != seen) {
                seen = count;
                rest.accept(Math.min(LONGEST_REST_NANOS, worked * RESTS_A_PIECE));
            }
            since = clock.getAsLong();
        }
    }
}
