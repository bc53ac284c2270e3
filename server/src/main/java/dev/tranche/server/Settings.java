package dev.tranche.server;

import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.server.http.HttpDoors;
import dev.tranche.server.journal.Retention;
import dev.tranche.server.serving.LaneLimits;
import java.nio.file.Path;
import java.time.Duration;

/// How a server is started.
///
/// @param data the data folder
/// @param host address to listen on
/// @param port port to listen on, 0 picks a free one
/// @param place where the database is
/// @param log what the decision journal promises, and the size of its segment files
/// @param retention how long and how much of the decision journal is kept on this node
/// @param node number of this node, 0..65535
/// @param testFaults true when faults may be injected
/// @param limits what the doors accept
/// @param models what each slow model may take
/// @param drainGrace how long a stopping node that was being asked goes on answering, so that load balancers
///     see that it is not ready
public record Settings(
        Path data,
        String host,
        int port,
        StorePlace place,
        LogSettings log,
        Retention retention,
        int node,
        boolean testFaults,
        HttpDoors.Limits limits,
        Models models,
        Duration drainGrace) {

    /// What each version may take that is too slow for the event loop.
    ///
    /// @param threads calls of one version at a time, 0..256; 0 = one for each processor, at least 4
    /// @param queue rows that may wait for one version, 1..1000000
    /// @param batch rows in one call of a model, 1..65536; 1 merges nothing
    public record Models(int threads, int queue, int batch) {
        private static final int LEAST_THREADS = 4;

        /// A thread for each processor, 8192 rows waiting, 256 rows in a call.
        public static final Models DEFAULT = new Models(0, 8192, 256);

        LaneLimits lanes() {
            int processors = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());
            return new LaneLimits(threads == 0 ? Math.min(256, processors) : threads, queue, batch);
        }
    }

    /// @throws IllegalArgumentException when a number is outside its range
    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be within 0..65535: " + port);
        }
        if (node < 0 || node > 65_535) {
            throw new IllegalArgumentException("node must be within 0..65535: " + node);
        }
        if (drainGrace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative: " + drainGrace);
        }
    }

    /// The settings of a server that is told only its folder: an embedded database and 127.0.0.1:8080.
    public static Settings of(Path data) {
        return new Settings(
                data,
                "127.0.0.1",
                8080,
                new StorePlace.Embedded(data.resolve("postgres")),
                LogSettings.of(Durability.WRITTEN),
                Retention.DEFAULT,
                1,
                false,
                HttpDoors.Limits.DEFAULT,
                Models.DEFAULT,
                Duration.ofMillis(500));
    }

    /// What the decision journal promises.
    public Durability durability() {
        return log.durability();
    }

    /// The same on another port.
    public Settings withPort(int other) {
        return new Settings(data, host, other, place, log, retention, node, testFaults, limits, models, drainGrace);
    }

    /// The same with another database.
    public Settings withPlace(StorePlace other) {
        return new Settings(data, host, port, other, log, retention, node, testFaults, limits, models, drainGrace);
    }

    /// The same, with or without injected faults.
    public Settings withTestFaults(boolean allowed) {
        return new Settings(data, host, port, place, log, retention, node, allowed, limits, models, drainGrace);
    }

    /// The same with another durability and segment size of the journal.
    public Settings withJournal(Durability promised, long bytes) {
        LogSettings other = LogSettings.of(promised).withSegmentBytes(bytes);
        return new Settings(data, host, port, place, other, retention, node, testFaults, limits, models, drainGrace);
    }

    /// The same with other limits.
    public Settings withLimits(HttpDoors.Limits other) {
        return new Settings(data, host, port, place, log, retention, node, testFaults, other, models, drainGrace);
    }

    /// The same with other limits of slow models.
    public Settings withModels(Models other) {
        return new Settings(data, host, port, place, log, retention, node, testFaults, limits, other, drainGrace);
    }

    /// The same with another grace.
    public Settings withDrainGrace(Duration other) {
        return new Settings(data, host, port, place, log, retention, node, testFaults, limits, models, other);
    }
}
