package dev.tranche.server;

import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.server.http.HttpDoors;
import java.nio.file.Path;

/// How a server is started.
///
/// @param data the data folder
/// @param host address to listen on
/// @param port port to listen on, 0 picks a free one
/// @param place where the database is
/// @param durability what the decision journal promises
/// @param segmentBytes size of the journal's segment files
/// @param node number of this node, 0..65535
/// @param testFaults true when faults may be injected
/// @param limits what the doors accept
public record Settings(
        Path data,
        String host,
        int port,
        StorePlace place,
        Durability durability,
        long segmentBytes,
        int node,
        boolean testFaults,
        HttpDoors.Limits limits) {

    /// The default size of a journal segment.
    public static final long SEGMENT_BYTES = 64L << 20;

    /// The settings of a server that is told only its folder: an embedded database and 127.0.0.1:8080.
    public static Settings of(Path data) {
        return new Settings(
                data,
                "127.0.0.1",
                8080,
                new StorePlace.Embedded(data.resolve("postgres")),
                Durability.WRITTEN,
                SEGMENT_BYTES,
                1,
                false,
                HttpDoors.Limits.DEFAULT);
    }

    /// The same on another port.
    public Settings withPort(int other) {
        return new Settings(data, host, other, place, durability, segmentBytes, node, testFaults, limits);
    }

    /// The same with another database.
    public Settings withPlace(StorePlace other) {
        return new Settings(data, host, port, other, durability, segmentBytes, node, testFaults, limits);
    }

    /// The same, with or without injected faults.
    public Settings withTestFaults(boolean allowed) {
        return new Settings(data, host, port, place, durability, segmentBytes, node, allowed, limits);
    }

    /// The same with another durability and segment size of the journal.
    public Settings withJournal(Durability promised, long bytes) {
        return new Settings(data, host, port, place, promised, bytes, node, testFaults, limits);
    }

    /// The same with other limits.
    public Settings withLimits(HttpDoors.Limits other) {
        return new Settings(data, host, port, place, durability, segmentBytes, node, testFaults, other);
    }
}
