package dev.tranche.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many requests a second each caller may make, with a burst of one second's worth: the generic cell rate
/// algorithm (ITU-T I.371), one number a caller. Thread-safe.
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private volatile long costNanos;
    private final Map<String, AtomicLong> emptyAt = new ConcurrentHashMap<>();

    private RateLimit(long costNanos) {
        this.costNanos = costNanos;
    }

    /// A limit.
    ///
    /// @param perSecond requests a second for each caller, 1..1000000; 0 = no limit
    static RateLimit of(int perSecond) {
        return new RateLimit(cost(perSecond));
    }

    private static long cost(int perSecond) {
        if (perSecond < 0 || perSecond > 1_000_000) {
            throw new IllegalArgumentException("rate must be within 0..1000000 requests a second: " + perSecond);
        }
        return perSecond == 0 ? 0 : SECOND / perSecond;
    }

    /// Another limit from now on; what callers have used up stays used up.
    void change(int perSecond) {
        costNanos = cost(perSecond);
    }

    /// Takes one request of a caller.
    ///
    /// @return false when the caller has used up its second
    boolean take(String caller, long nowNanos) {
        return take(caller, nowNanos, 1);
    }

    /// Takes several answers at once: they go in when there is room for one, and those that come after wait
    /// for all of them, so that a request of many rows is no way around the rate.
    ///
    /// @param answers at least 1
    /// @return false when the caller has used up its second
    boolean take(String caller, long nowNanos, int answers) {
        long cost = costNanos;
        if (cost == 0) {
            return true;
        }
        AtomicLong empty = emptyAt.computeIfAbsent(caller, _ -> new AtomicLong(nowNanos));
        while (true) {
            long old = empty.get();
            long from = Math.max(old, nowNanos);
            if (from - nowNanos > SECOND - cost) {
                return false;
            }
            if (empty.compareAndSet(old, from + cost * answers)) {
                return true;
            }
        }
    }
}
