package dev.tranche.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// The PostgreSQL of this process: starts or finds it, keeps a pool, applies migrations, and knows whether it answers.
/// Thread-safe.
///
/// It starts beside everything else: `start` returns at once and `awaitUp` waits. While the database is away every
/// use fails at once with `StoreUnavailableException`, so nothing that serves ever waits for it; it is tried again in
/// the background (an embedded one is started again).
@SuppressWarnings("DoNotCallSuggester")
public final class Store implements AutoCloseable {
    /// Work on a connection; its transaction is committed when it returns and rolled back when it throws.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Store() {}

    /// Begins to start or reach the database and returns at once.
    public static Store start(StoreSettings settings) {
        throw new UnsupportedOperationException();
    }

    /// Whether the store can be used now, for health answers.
    public StoreState state() {
        throw new UnsupportedOperationException();
    }

    /// Waits until the store is up. Throws `StoreUnavailableException` with the reason when it is not within `limit`,
    /// or at once when it can never be (a migration that was changed, a folder of another PostgreSQL version).
    public void awaitUp(Duration limit) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Runs `work` in one transaction. Throws `StoreUnavailableException` when the database is away (at once) or went
    /// away (outcome unknown), `StoreException` when it refused a statement. Exceptions of `work` pass through.
    public <T> T transaction(Work<T> work) {
        throw new UnsupportedOperationException();
    }

    /// The JDBC URL in use, without user and password. Throws `StoreUnavailableException` before it is known.
    public String url() {
        throw new UnsupportedOperationException();
    }

    /// Closes the pool and stops an embedded database.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
