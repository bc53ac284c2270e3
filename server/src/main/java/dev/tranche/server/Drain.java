package dev.tranche.server;

import dev.tranche.server.http.Readiness;
import dev.tranche.server.journal.DecisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The time between saying "not ready" and closing the doors: a load balancer that polls `/health` sees the
/// one before it would meet the other. A node that nobody asks has nobody to wait for and stops at once.
final class Drain {
    /// Somebody asked this node if a decision is at most so old.
    private static final Duration RECENTLY = Duration.ofSeconds(5);

    private static final long LOOK_NANOS = 5_000_000;

    private final Core core;

    private Drain(Core core) {
        this.core = core;
    }

    static Drain of(Core core) {
        return new Drain(core);
    }

    /// Says that this node wants no more requests, and waits for the grace when it is being asked.
    void await() {
        boolean asked = asked(core.clock().now());
        core.readiness().enter(Readiness.State.DRAINING);
        long until = core.clock().nanos() + core.settings().drainGrace().toNanos();
        while (asked && core.clock().nanos() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean asked(Instant now) {
        if (core.serving().inFlight() > 0) {
            return true;
        }
        List<DecisionId> latest = core.recent().latest(null, 1);
        return !latest.isEmpty()
                && core.journal()
                        .decision(latest.getFirst())
                        .filter(decision -> Instant.ofEpochMilli(decision.receivedMicros() / 1000)
                                .plus(RECENTLY)
                                .isAfter(now))
                        .isPresent();
    }
}
