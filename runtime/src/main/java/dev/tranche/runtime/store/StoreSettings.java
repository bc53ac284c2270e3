package dev.tranche.runtime.store;

import java.time.Duration;
import java.util.List;

/// How the store is reached and prepared.
///
/// @param place       embedded or a server
/// @param connections size of the pool, 1..100
/// @param patience    longest wait for a connection, 250 ms..10 s; what uses the store never waits longer to
///                    begin
/// @param migrations  sets of numbered SQL files applied at the start, after the runtime's own
public record StoreSettings(StorePlace place, int connections, Duration patience, List<MigrationSet> migrations) {
    public StoreSettings {
        if (connections < 1 || connections > 100) {
            throw new IllegalArgumentException("connections must be within 1..100: " + connections);
        }
        if (patience.compareTo(Duration.ofMillis(250)) < 0 || patience.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("patience must be within 250 ms..10 s: " + patience);
        }
        migrations = List.copyOf(migrations);
    }

    /// Eight connections, one second of patience, the runtime's own tables.
    public static StoreSettings of(StorePlace place) {
        return new StoreSettings(place, 8, Duration.ofSeconds(1), List.of());
    }

    /// The same with more migration sets.
    public StoreSettings with(MigrationSet... more) {
        return new StoreSettings(place, connections, patience, List.of(more));
    }
}
