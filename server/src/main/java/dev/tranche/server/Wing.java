package dev.tranche.server;

import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.server.http.Doors;
import java.util.List;

/// A part of the server built onto its core: the control side is one. The composition calls, in this order,
/// [Builder#build], [#start] and [#hang]; after `hang` the doors open. At the end it calls [#close].
public interface Wing extends AutoCloseable {

    /// Builds a wing; known by its migrations before the database is started.
    interface Builder {
        /// The tables the wing needs.
        List<MigrationSet> migrations();

        /// Builds the wing onto a core. Does not wait for the database.
        Wing build(Core core);
    }

    /// Takes up work: puts routes in force from the last known good copy or the database. Returns when this
    /// node can answer what it could answer before; waits for the database only when there is no copy.
    void start() throws InterruptedException;

    /// Hangs the wing's doors.
    void hang(Doors doors);

    /// Stops work.
    @Override
    void close();
}
