package dev.tranche.engine.trading.store;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.Store;
import dev.tranche.runtime.store.StoreException;
import dev.tranche.runtime.store.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the journal of a desk and writes the tables, in a thread of its own: the desk does not know of it,
/// and a database that is away stops nothing but the tables, which catch up once it is back. Rows and the mark
/// of how far the journal was read are written in one transaction, and each row is named by its record, so that
/// a restart, an outage with an unknown end, or a journal read anew doubles nothing.
///
/// A record that cannot be read, and a row that the database refuses, are told in the log and passed over; the
/// rest goes on.
public final class TableWriter implements AutoCloseable {
    /// The tables of seed 002 and the views over them.
    public static final MigrationSet MIGRATIONS =
            MigrationSet.of("trading", TableWriter.class, "0001-trading.sql", "0002-theta.sql");

    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final int MOST_RECORDS = 20_000;
    private static final int MOST_ROWS = 500;
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration AWAY = Duration.ofMillis(500);

    private final TradingJournal journal;
    private final Store store;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Rows rows = new Rows();
    private volatile boolean closed;
    private volatile long written;

    private TableWriter(TradingJournal journal, Store store) {
        this.journal = journal;
        this.store = store;
        this.written = journal.start();
        this.thread = Thread.ofPlatform().daemon().name("trading-tables").unstarted(this::follow);
    }

    /// Begins to follow.
    ///
    /// @param store with [#MIGRATIONS] applied; it need not be up yet
    public static TableWriter follow(TradingJournal journal, Store store) {
        TableWriter writer = new TableWriter(journal, store);
        writer.thread.start();
        return writer;
    }

    /// The position up to which the tables hold what the journal says: nothing from there on may be dropped.
    public long written() {
        return written;
    }

    /// Waits until the tables hold everything before a position.
    ///
    /// @return false when they did not within the limit
    public boolean await(long position, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (written < position && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return written >= position;
    }

    private void follow() {
        try {
            Cursor cursor = journal.cursor(journal.start());
            boolean resumed = false;
            while (!closed) {
                try {
                    if (!resumed) {
                        resumed = resume(cursor);
                    }
                    if (resumed) {
                        batch(cursor);
                    } else {
                        pause(WAIT);
                    }
                } catch (StoreUnavailableException e) {
                    LOG.debug("tables.wait reason={}", e.getMessage());
                    pause(AWAY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("tables.stopped written={}", written, e);
        }
    }

    /// Finds the last desk of the journal and how far it was written; false while the journal is empty.
    private boolean resume(Cursor cursor) {
        if (journal.start() == journal.end()) {
            return false;
        }
        OptionalLong last = journal.lastStart();
        if ((last.isPresent() && resume(cursor, last.getAsLong())) || resume(cursor, journal.start())) {
            return true;
        }
        cursor.seek(journal.start());
        return true;
    }

    /// Goes on with the desk that began at a position; false when nothing was written of it.
    private boolean resume(Cursor cursor, long start) {
        cursor.seek(start);
        LogRecord begin = cursor.next().orElseThrow();
        if (Entry.of(begin.type()) == Entry.START) {
            RunState state = RunState.of(Setup.read(begin.bytes()), begin.epochNanos(), begin.position());
            Optional<Long> before = before(state);
            if (before.isPresent() && before.get() <= journal.end()) {
                rows.resume(state);
                cursor.seek(before.get());
                reached(before.get());
                return true;
            }
        }
        return false;
    }

    private Optional<Long> before(RunState state) {
        return store.transaction(connection -> {
            try (PreparedStatement query = connection.prepareStatement(TradingSql.RESUME)) {
                query.setString(1, state.desk());
                query.setLong(2, state.run());
                query.setLong(3, state.start());
                try (ResultSet found = query.executeQuery()) {
                    if (!found.next()) {
                        return Optional.empty();
                    }
                    state.readNames(found.getString(2));
                    return Optional.of(found.getLong(1));
                }
            }
        });
    }

    /// Reads what there is, up to a limit, and writes it; the same again until it is written.
    private void batch(Cursor cursor) throws InterruptedException {
        List<Row> found = new ArrayList<>();
        Optional<LogRecord> next = cursor.await(WAIT);
        for (int i = 0; next.isPresent() && i < MOST_RECORDS && found.size() < MOST_ROWS; i++) {
            try {
                rows.read(next.get());
            } catch (RuntimeException e) { // whatever is wrong with one record, those behind it are written
                LOG.error("tables.unreadable position={}", next.get().position(), e);
            }
            found.addAll(rows.take());
            next = found.size() < MOST_ROWS && i + 1 < MOST_RECORDS ? cursor.next() : Optional.empty();
        }
        long to = cursor.position();
        if (to == written) {
            return;
        }
        Optional<RunState> state = rows.state();
        if (state.isPresent() && (!found.isEmpty() || to - written > MOST_RECORDS)) {
            found.add(progress(state.get(), to));
            write(found);
        }
        reached(to);
    }

    private static Row progress(RunState state, long to) {
        return new Row(TradingSql.PROGRESS, List.of(state.desk(), state.run(), state.start(), to, state.namesText()));
    }

    private void write(List<Row> found) throws InterruptedException {
        while (!closed) {
            try {
                store.transaction(connection -> {
                    for (Row row : found) {
                        row.on(connection);
                    }
                    return found.size();
                });
                return;
            } catch (StoreException e) {
                if (found.size() == 1) {
                    LOG.error(
                            "tables.refused sql=\"{}\" values={}",
                            found.getFirst().sql(),
                            found.getFirst().values(),
                            e);
                    return;
                }
                // One of them is no row for these tables: the others are written without it, in their order.
                write(found.subList(0, found.size() / 2));
                write(found.subList(found.size() / 2, found.size()));
                return;
            } catch (StoreUnavailableException e) {
                // What became of it is not known: the same rows again do no harm.
                LOG.debug("tables.again rows={} reason={}", found.size(), e.getMessage());
                pause(AWAY);
            }
        }
        throw new InterruptedException("closed before the rows were written");
    }

    private void reached(long to) {
        lock.lock();
        try {
            written = to;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Stops; what was not written is written by the next one. The journal and the store stay open.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
