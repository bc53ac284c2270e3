package dev.tranche.runtime.store;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Which node runs the rollouts: an advisory lock of PostgreSQL, and an epoch that rises with each new leader and
/// fences the writes of an old one. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class Leadership implements AutoCloseable {
    /// This node's standing.
    public sealed interface Standing {
        /// Another node leads, or nobody does yet.
        record Follower() implements Standing {}

        /// This node leads under `epoch`.
        record Leader(long epoch, Instant since) implements Standing {}
    }

    private Leadership() {}

    /// Stands for leadership until closed; `listener` hears each change from the thread that keeps the lock, which it
    /// must not hold up.
    public static Leadership stand(Store store, Consumer<Standing> listener) {
        throw new UnsupportedOperationException();
    }

    /// The standing as last known: at most about three seconds old, which is why writes are fenced by the epoch.
    public Standing standing() {
        throw new UnsupportedOperationException();
    }

    /// The epoch to append under, when this node leads.
    public OptionalLong epoch() {
        throw new UnsupportedOperationException();
    }

    /// Gives the lock back.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
