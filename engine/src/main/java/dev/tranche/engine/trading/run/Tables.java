package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.desk.Desk;
import java.nio.file.Path;

/// Tables of what a desk did, written from its journal by somebody else's threads. The desk never waits for
/// them.
public interface Tables extends AutoCloseable {
    /// Makes the tables of a desk.
    @FunctionalInterface
    interface Maker {
        /// @param url of a PostgreSQL, `jdbc:…`, or what stands for one of its own in the data folder
        Tables open(TradingJournal journal, String url, String user, String password, Path data);
    }

    /// Takes a reading of the desk, on its loop's thread; must not wait.
    void look(long now, Desk desk);

    /// Whether they take what is told.
    boolean up();

    @Override
    void close();
}
