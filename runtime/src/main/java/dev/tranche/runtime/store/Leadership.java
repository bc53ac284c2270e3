package dev.tranche.runtime.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which node runs the rollouts: an advisory lock of PostgreSQL, and an epoch that rises with each new leader
/// and fences the writes of an old one. Thread-safe.
///
/// The lock belongs to a connection: when that is lost, so is the leadership. A leader that was cut off
/// learns it within about three seconds; until then the epoch keeps its writes out.
public final class Leadership implements AutoCloseable {
    /// This node's standing.
    public sealed interface Standing {
        /// Another node leads, or nobody does yet.
        record Follower() implements Standing {}

        /// This node leads under `epoch`.
        record Leader(long epoch, Instant since) implements Standing {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Standing FOLLOWER = new Standing.Follower();
    /// Any number that nothing else locks: the ASCII letters of "leader".
    private static final long LOCK = 0x6c6561646572L;
    private static final long BEAT_MILLIS = 500;
    private static final int ANSWER_SECONDS = 2;

    private final Store store;
    private final Consumer<Standing> listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Standing standing = FOLLOWER;
    private @Nullable Connection connection;

    private Leadership(Store store, Consumer<Standing> listener) {
        this.store = store;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("leadership").unstarted(this::run);
    }

    /// Stands for leadership until closed; `listener` hears each change from the thread that keeps the lock,
    /// which it must not hold up.
    public static Leadership stand(Store store, Consumer<Standing> listener) {
        Leadership leadership = new Leadership(store, listener);
        leadership.thread.start();
        return leadership;
    }

    /// The standing as last known: at most about three seconds old, which is why writes are fenced by the
    /// epoch.
    public Standing standing() {
        return standing;
    }

    /// The epoch to append under, when this node leads.
    public OptionalLong epoch() {
        return standing instanceof Standing.Leader(long epoch, Instant since)
                ? OptionalLong.of(epoch)
                : OptionalLong.empty();
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                try {
                    beat();
                } catch (StoreUnavailableException | SQLException e) {
                    LOG.debug("leadership.waiting", e);
                    drop();
                    become(FOLLOWER);
                }
                open = !closing.await(BEAT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
            become(FOLLOWER);
        }
    }

    /// A leader asks whether its connection lives, a follower whether the lock is free.
    private void beat() throws SQLException {
        Connection own = connection;
        if (own == null) {
            own = store.dedicated();
            connection = own;
            try (Statement statement = own.createStatement()) {
                statement.execute("SET tcp_keepalives_idle = 2");
                statement.execute("SET tcp_keepalives_interval = 1");
                statement.execute("SET tcp_keepalives_count = 3");
            }
        }
        if (!own.isValid(ANSWER_SECONDS)) {
            throw new SQLException("the leader's connection does not answer", "08006");
        }
        if (standing instanceof Standing.Follower) {
            try (Statement statement = own.createStatement()) {
                if (one(statement, "SELECT pg_try_advisory_lock(" + LOCK + ")::int") == 1) {
                    long epoch = one(statement, "UPDATE control_head SET epoch = epoch + 1 RETURNING epoch");
                    become(new Standing.Leader(epoch, Instant.now()));
                }
            }
        }
    }

    private static long one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void become(Standing next) {
        if (next.equals(standing)) {
            return;
        }
        standing = next;
        LOG.info("leadership.changed standing={}", next);
        try {
            listener.accept(next);
        } catch (RuntimeException e) {
            LOG.error("leadership.listener.failed standing={}", next, e);
        }
    }

    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("leadership.close", e);
            }
        }
    }

    /// Gives the lock back.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
