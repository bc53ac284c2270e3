package dev.tranche.engine.trading.loop;

import dev.tranche.runtime.clock.Ticks;

/// Where the desk's time comes from. The loop's thread alone.
public interface LoopClock {
    /// The time when a message was received at `received`, epoch nanoseconds.
    long heard(long received);

    /// The time while nothing comes, epoch nanoseconds.
    long now();

    /// The time at the end: everything that was recorded has been heard.
    void ended();

    /// The line of market data is away.
    default void away() {}

    /// The present, for venues that are there. It follows the machine's wall clock where that goes forward, and
    /// stands still where it is set back.
    static LoopClock live(Ticks ticks) {
        return new Live(ticks);
    }

    /// The time of a recording: it stands where its last message was received, and goes on with the present once
    /// everything was played. It never runs ahead of what is still to come, but for half a second when its line is
    /// away, in which venues on paper answer what is taken back.
    static LoopClock recorded(Ticks ticks) {
        return new Recorded(ticks);
    }

    /// The machine's clock.
    final class Live implements LoopClock {
        private static final long RESYNC_NANOS = 1_000_000_000L;

        private final Ticks ticks;
        private long last;
        private long base;
        private long baseNanos;

        private Live(Ticks ticks) {
            this.ticks = ticks;
            this.base = ticks.epochNanos();
            this.baseNanos = ticks.nanos();
        }

        @Override
        public long heard(long received) {
            last = Math.max(last, received);
            return last;
        }

        /// The wall clock is read once a second; in between the monotonic one, which costs no object.
        @Override
        public long now() {
            long passed = ticks.nanos() - baseNanos;
            if (passed > RESYNC_NANOS) {
                base = ticks.epochNanos();
                baseNanos = ticks.nanos();
                passed = 0;
            }
            last = Math.max(last, base + passed);
            return last;
        }

        @Override
        public void ended() {}
    }

    /// A recording's.
    final class Recorded implements LoopClock {
        private static final long AWAY_NANOS = 500_000_000L;

        private final Ticks ticks;
        private long last;
        private long heardNanos;
        private long goesUntilNanos;
        private boolean away;
        private boolean over;

        private Recorded(Ticks ticks) {
            this.ticks = ticks;
        }

        @Override
        public long heard(long received) {
            away = away && received <= last;
            last = Math.max(last, received);
            heardNanos = ticks.nanos();
            return last;
        }

        @Override
        public void away() {
            away = true;
            goesUntilNanos = ticks.nanos() + AWAY_NANOS;
        }

        @Override
        public long now() {
            if (last == 0 || !(over || away)) {
                return last;
            }
            long now = ticks.nanos();
            if (!over && now - goesUntilNanos >= 0) {
                away = false;
                now = Math.max(heardNanos, goesUntilNanos);
            }
            last += now - heardNanos;
            heardNanos = now;
            return last;
        }

        @Override
        public void ended() {
            over = true;
            heardNanos = ticks.nanos();
        }
    }
}
