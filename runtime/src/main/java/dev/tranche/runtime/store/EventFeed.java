package dev.tranche.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscriber's thread: reads what is new, then listens on a connection of its own until told or until the
/// poll.
final class EventFeed implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int POLL_MILLIS = 1000;
    private static final int BATCH = 1000;

    private final Store store;
    private final ControlJournal journal;
    private final Consumer<List<ControlEvent>> reader;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile long delivered;
    private volatile @Nullable Connection listening;

    private EventFeed(Store store, ControlJournal journal, long afterSeq, Consumer<List<ControlEvent>> reader) {
        this.store = store;
        this.journal = journal;
        this.reader = reader;
        this.delivered = afterSeq;
        this.thread = Thread.ofPlatform().daemon().name("control-feed").unstarted(this::run);
    }

    static EventFeed start(Store store, ControlJournal journal, long afterSeq, Consumer<List<ControlEvent>> reader) {
        EventFeed feed = new EventFeed(store, journal, afterSeq, reader);
        feed.thread.start();
        return feed;
    }

    private boolean open() {
        return closing.getCount() > 0;
    }

    private void run() {
        try {
            while (open()) {
                try {
                    listen();
                } catch (StoreUnavailableException | SQLException e) {
                    LOG.debug("control.feed.waiting delivered={}", delivered, e);
                    drop();
                    pause();
                } catch (RuntimeException e) {
                    LOG.error("control.feed.reader.failed delivered={}", delivered, e);
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    private void pause() throws InterruptedException {
        if (closing.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("control.feed.closed delivered={}", delivered);
        }
    }

    /// Listens first and reads then, so that nothing falls between.
    private void listen() throws SQLException {
        Connection connection = listening;
        if (connection == null) {
            connection = store.dedicated();
            listening = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + ControlJournal.CHANNEL);
            }
        }
        while (open()) {
            deliver();
            connection.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
        }
    }

    private void deliver() {
        List<ControlEvent> batch = journal.readFrom(delivered + 1, BATCH);
        while (!batch.isEmpty() && open()) {
            reader.accept(batch);
            delivered = batch.getLast().seq();
            batch = journal.readFrom(delivered + 1, BATCH);
        }
    }

    private void drop() {
        Connection old = listening;
        listening = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("control.feed.close", e);
            }
        }
    }

    @Override
    public long delivered() {
        return delivered;
    }

    @Override
    public void close() {
        closing.countDown();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
