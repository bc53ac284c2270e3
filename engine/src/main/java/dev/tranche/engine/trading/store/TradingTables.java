package dev.tranche.engine.trading.store;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.Snapshot;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.run.Tables;
import dev.tranche.market.desk.Desk;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.runtime.store.Store;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.runtime.store.StoreSettings;
import dev.tranche.runtime.store.StoreState;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database with the tables of a desk, and what fills them from its journal. It starts beside the desk: a
/// database that is not there yet, or goes away, holds nothing up.
public final class TradingTables implements Tables {
    /// Said instead of a URL for a PostgreSQL that the engine starts itself, in its data folder.
    public static final String EMBEDDED = "embedded";

    private static final Logger LOG = LoggerFactory.getLogger(TradingTables.class);
    private static final long MINUTE = 60_000_000_000L;
    private static final Duration LAST = Duration.ofSeconds(2);

    private final TradingJournal journal;
    private final Store store;
    private final TableWriter writer;
    private long minute;

    private TradingTables(TradingJournal journal, Store store) {
        this.journal = journal;
        this.store = store;
        this.writer = TableWriter.follow(journal, store);
    }

    /// Reaches or starts a database, makes the tables that are missing, and begins to fill them.
    ///
    /// @param url `jdbc:postgresql://…`, or [#EMBEDDED]
    /// @param data folder of the engine
    /// @throws IllegalArgumentException when the URL is neither
    public static TradingTables open(TradingJournal journal, String url, String user, String password, Path data) {
        StorePlace place = url.equals(EMBEDDED)
                ? new StorePlace.Embedded(data.resolve("postgres"))
                : new StorePlace.Server(url, user, password);
        return new TradingTables(journal, Store.start(StoreSettings.of(place).with(TableWriter.MIGRATIONS)));
    }

    /// Appends a snapshot of the account to the journal, once a minute of the desk. On the desk's thread.
    ///
    /// @param now of the desk, epoch nanoseconds; 0 before its first input
    @Override
    public void look(long now, Desk desk) {
        long current = now / MINUTE;
        if (current == minute) {
            return;
        }
        minute = current;
        try {
            journal.append(Entry.SNAPSHOT, now, Snapshot.of(desk).text());
        } catch (LogFullException e) {
            // The next input finds the same, and takes the desk's orders back.
            LOG.warn("journal.snapshot-not-written", e);
        }
    }

    /// Whether the database takes what is told.
    @Override
    public boolean up() {
        return store.state() instanceof StoreState.Up;
    }

    /// What fills the tables.
    public TableWriter writer() {
        return writer;
    }

    /// Writes what is left, if the database is there, and ends.
    @Override
    public void close() {
        try {
            writer.await(journal.end(), LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        store.close();
    }
}
