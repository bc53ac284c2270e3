package dev.tranche.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL of this process: starts or finds it, keeps a pool, applies migrations, and knows whether it
/// answers. Thread-safe.
///
/// It starts beside everything else: `start` returns at once and `awaitUp` waits. While the database is away
/// every use fails at once with `StoreUnavailableException`, so nothing that serves ever waits for it; it is
/// tried again in the background (an embedded one is started again).
///
/// An embedded database is stopped by `close`, which a process calls as the last step of its shutdown. After a
/// `kill -9` it is left running, and the next start on the same folder adopts it.
public final class Store implements AutoCloseable {
    /// Work on a connection; its transaction is committed when it returns and rolled back when it throws.
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int STATEMENT_LIMIT_SECONDS = 30;

    private final StoreSettings settings;
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition lookNow = lock.newCondition();
    private final long startedNanos = System.nanoTime();
    private final Thread watch;

    private volatile StoreState state = new StoreState.Starting();
    private volatile @Nullable HikariDataSource pool;
    private volatile @Nullable String hopeless;
    private volatile boolean closed;
    private boolean suspected;
    private Duration startup = Duration.ZERO;
    private @Nullable PostgresServer server;
    private @Nullable Connection pulse;

    private Store(StoreSettings settings) {
        this.settings = settings;
        this.watch = Thread.ofPlatform().daemon().name("store-watch").unstarted(this::watch);
    }

    /// Begins to start or reach the database and returns at once.
    public static Store start(StoreSettings settings) {
        Store store = new Store(settings);
        store.watch.start();
        return store;
    }

    /// Whether the store can be used now, for health answers.
    public StoreState state() {
        return state;
    }

    /// Waits until the store is up. Throws `StoreUnavailableException` with the reason when it is not within
    /// `limit`, or at once when it can never be (a migration that was changed, a folder of another PostgreSQL
    /// version).
    public void awaitUp(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!(state instanceof StoreState.Up)) {
                if (hopeless != null || closed || left <= 0) {
                    throw unavailable();
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs `work` in one transaction. Throws `StoreUnavailableException` when the database is away (at once)
    /// or went away (outcome unknown), `StoreException` when it refused a statement. Exceptions of `work`
    /// pass through.
    public <T> T transaction(Work<T> work) {
        HikariDataSource ready = pool;
        if (!(state instanceof StoreState.Up) || ready == null) {
            throw unavailable();
        }
        try (Connection connection = ready.getConnection()) {
            return commit(connection, work);
        } catch (SQLException e) {
            if (Failures.away(e)) {
                suspect();
            }
            throw Failures.typed(e);
        }
    }

    private static <T> T commit(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException broken) {
                e.addSuppressed(broken);
            }
            throw e;
        } catch (AssertionError e) {
            if (Failures.ofDriver(e)) {
                throw new SQLNonTransientConnectionException("the connection was lost", "08006", e);
            }
            throw e;
        }
    }

    /// A connection of the caller's own, outside the pool, in auto-commit; the caller closes it.
    Connection dedicated() {
        if (!(state instanceof StoreState.Up)) {
            throw unavailable();
        }
        try {
            return source.getConnection();
        } catch (SQLException e) {
            suspect();
            throw Failures.typed(e);
        }
    }

    /// The JDBC URL in use, without user and password. Throws `StoreUnavailableException` before it is known.
    public String url() {
        if (pool == null) {
            throw unavailable();
        }
        return source.getUrl().replaceAll("\\?.*", "");
    }

    private StoreUnavailableException unavailable() {
        String reason = switch (state) {
            case StoreState.Starting() -> "the store is starting";
            case StoreState.Down(Instant since, String why) -> "the store is down since " + since + ": " + why;
            case StoreState.Up(Instant since, Duration took) -> "the store has only just come up";
            case StoreState.Closed() -> "the store is closed";
        };
        return new StoreUnavailableException(reason, null);
    }

    /// Something failed: look at once instead of at the next beat.
    private void suspect() {
        lock.lock();
        try {
            suspected = true;
            lookNow.signal();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                try {
                    look();
                    become(null);
                } catch (UnusableStoreException e) {
                    hopeless = String.valueOf(e.getMessage());
                    become(hopeless);
                } catch (SQLException | IOException | RuntimeException e) {
                    become(Failures.firstLine(e.getMessage()));
                }
                pause(state instanceof StoreState.Up ? PING_NANOS : RETRY_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One look: starts what is not running, opens what is not open, and asks the database one question.
    private void look() throws IOException, InterruptedException, SQLException {
        if (hopeless != null) {
            throw new UnusableStoreException(hopeless);
        }
        Connection asked = pulse;
        if (asked == null) {
            asked = connect();
            pulse = asked;
        }
        if (!asked.isValid(2)) {
            dropPulse();
            throw new SQLException("the database does not answer", "08006");
        }
    }

    private Connection connect() throws IOException, InterruptedException, SQLException {
        switch (settings.place()) {
            case StorePlace.Embedded(var folder) -> {
                PostgresServer own = server;
                if (own == null) {
                    own = PostgresServer.prepare(folder);
                    server = own;
                }
                if (own.port() == 0 || !own.alive()) {
                    own.start();
                }
                source.setUrl(own.url());
                source.setUser(PostgresServer.USER);
                source.setPassword(own.password());
            }
            case StorePlace.Server(String url, String user, String password) -> {
                source.setUrl(url);
                if (!user.isEmpty()) {
                    source.setUser(user);
                    source.setPassword(password);
                }
            }
        }
        source.setApplicationName("tranche");
        source.setConnectTimeout(2);
        source.setSocketTimeout(STATEMENT_LIMIT_SECONDS);
        source.setTcpKeepAlive(true);
        Connection connection = source.getConnection();
        try {
            if (pool == null) {
                List<MigrationSet> sets = new ArrayList<>(List.of(Migrations.RUNTIME));
                sets.addAll(settings.migrations());
                Migrations.apply(connection, sets);
                pool = openPool();
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private HikariDataSource openPool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(source);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(settings.patience().toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private void dropPulse() {
        Connection old = pulse;
        pulse = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("store.pulse.close", e);
            }
        }
    }

    private void become(@Nullable String trouble) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            boolean wasUp = state instanceof StoreState.Up;
            if (trouble == null && !wasUp) {
                if (startup.isZero()) {
                    startup = Duration.ofNanos(System.nanoTime() - startedNanos);
                }
                evictStale();
                state = new StoreState.Up(Instant.now(), startup);
                // Without the parameters, which are many and may hold a password.
                LOG.info("store.up url={}", source.getUrl().replaceFirst("\\?.*", ""));
            } else if (trouble != null
                    && !(state instanceof StoreState.Down(var since, var why) && why.equals(trouble))) {
                dropPulse();
                Instant since = state instanceof StoreState.Down(Instant before, String why) ? before : Instant.now();
                state = new StoreState.Down(since, trouble);
                LOG.warn("store.down reason={}", trouble);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Connections of before belong to a database that is gone.
    private void evictStale() {
        HikariDataSource ready = pool;
        if (ready != null && ready.getHikariPoolMXBean() != null) {
            ready.getHikariPoolMXBean().softEvictConnections();
        }
    }

    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed && !suspected) {
                left = lookNow.awaitNanos(left);
            }
            suspected = false;
        } finally {
            lock.unlock();
        }
    }

    /// Closes the pool and stops an embedded database.
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            state = new StoreState.Closed();
            lookNow.signalAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            watch.join();
            HikariDataSource open = pool;
            if (open != null) {
                open.close();
            }
            dropPulse();
            if (server != null) {
                server.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("store.stop.failed", e);
        }
    }
}
