package dev.tranche.server.serving;

import dev.tranche.server.journal.VersionStamp;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Questions of one request that one model and one policy answer, on their way through a [Lane]. It holds its
/// route, so the model stays in memory until the work is done or dropped; whoever takes it out of the lane
/// ends it.
final class Work {
    private final List<Ask> asks;
    private volatile @Nullable Future<?> timer;

    /// @param asks questions of one route, one scorer and one deadline; at least 1; the route is held
    Work(List<Ask> asks) {
        this.asks = List.copyOf(asks);
    }

    List<Ask> asks() {
        return asks;
    }

    LoadedVersion model() {
        return asks.getFirst().selection().model();
    }

    int rows() {
        return asks.size();
    }

    long dueNanos() {
        return asks.getFirst().dueNanos();
    }

    /// True when both may be computed in one call: the same version under the same policy.
    boolean merges(Work other) {
        return model().equals(other.model()) && Objects.equals(policy(), other.policy());
    }

    private @Nullable VersionStamp policy() {
        LoadedPolicy policy = asks.getFirst().selection().policy();
        return policy == null ? null : policy.stamp();
    }

    /// What answers in its place when its time is up; cancelled when it ends.
    void watchedBy(Future<?> future) {
        timer = future;
    }

    /// Ends it: its route is not held any more.
    void end() {
        Future<?> watching = timer;
        if (watching != null) {
            watching.cancel(false);
        }
        asks.getFirst().question().route().release();
    }
}
