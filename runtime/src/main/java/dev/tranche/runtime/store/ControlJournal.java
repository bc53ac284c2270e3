package dev.tranche.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Every change of the control plane as a row of a hash chain. Thread-safe; tables elsewhere are folds of it.
///
/// Appends go one at a time through the row `control_head`, which carries the last hash and the leader's
/// epoch.
public final class ControlJournal {
    static final String CHANNEL = "control_event";

    private static final int BATCH = 1000;
    private static final int MAX_LIMIT = 10_000;
    private static final String COLUMNS = "seq, at, actor, subject, kind, payload, epoch, prev_hash, hash";

    private record Head(long seq, String hash, long epoch) {}

    private final Store store;

    private ControlJournal(Store store) {
        this.store = store;
    }

    /// The journal in `store`.
    public static ControlJournal in(Store store) {
        return new ControlJournal(store);
    }

    /// Appends the events in one transaction, in order, for the leader with `epoch`, and returns them as
    /// recorded.
    ///
    /// Throws `StaleEpochException` when a newer leader exists, `StoreUnavailableException` when the database
    /// is away; when that happened in the middle the outcome is unknown: compare `head()` before repeating.
    public List<ControlEvent> append(List<NewEvent> events, long epoch) {
        return append(events, OptionalLong.of(epoch));
    }

    /// Appends as any node may: not fenced, recorded under the current epoch. For what does not depend on
    /// being the leader, such as a registration.
    public List<ControlEvent> appendUnfenced(List<NewEvent> events) {
        return append(events, OptionalLong.empty());
    }

    private List<ControlEvent> append(List<NewEvent> events, OptionalLong epoch) {
        if (events.isEmpty()) {
            return List.of();
        }
        return store.transaction(connection -> {
            Head head = lockedHead(connection);
            if (epoch.isPresent() && epoch.getAsLong() != head.epoch()) {
                throw new StaleEpochException(epoch.getAsLong(), head.epoch());
            }
            return insert(connection, head, events);
        });
    }

    private static Head lockedHead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq, hash, epoch FROM control_head FOR UPDATE")) {
            row.next();
            return new Head(row.getLong(1), Digests.hex(row.getBytes(2)), row.getLong(3));
        }
    }

    private static List<ControlEvent> insert(Connection connection, Head head, List<NewEvent> events)
            throws SQLException {
        List<ControlEvent> recorded = new ArrayList<>();
        long seq = head.seq();
        byte[] before = Digests.bytes(head.hash());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO control_event (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (NewEvent event : events) {
                seq++;
                byte[] hash = Chain.hash(seq, event, head.epoch(), before);
                insert.setLong(1, seq);
                insert.setObject(2, OffsetDateTime.ofInstant(Chain.kept(event.at()), ZoneOffset.UTC));
                insert.setString(3, event.actor());
                insert.setString(4, event.subject());
                insert.setString(5, event.kind());
                insert.setString(6, event.payload());
                insert.setLong(7, head.epoch());
                insert.setBytes(8, before);
                insert.setBytes(9, hash);
                insert.addBatch();
                recorded.add(event(seq, event, head.epoch(), before, hash));
                before = hash;
            }
            insert.executeBatch();
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE control_head SET seq = ?, hash = ?");
                Statement notify = connection.createStatement()) {
            update.setLong(1, seq);
            update.setBytes(2, before);
            update.executeUpdate();
            notify.execute("NOTIFY " + CHANNEL);
        }
        return recorded;
    }

    private static ControlEvent event(long seq, NewEvent event, long epoch, byte[] before, byte[] hash) {
        return new ControlEvent(
                seq,
                Chain.kept(event.at()),
                event.actor(),
                event.subject(),
                event.kind(),
                event.payload(),
                epoch,
                Digests.hex(before),
                Digests.hex(hash));
    }

    /// Up to `limit` (1..10000) events with sequence numbers of `seq` and above, in order.
    public List<ControlEvent> readFrom(long seq, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be within 1.." + MAX_LIMIT + ": " + limit);
        }
        return store.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM control_event WHERE seq >= ? ORDER BY seq LIMIT ?")) {
                select.setLong(1, seq);
                select.setInt(2, limit);
                List<ControlEvent> events = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        events.add(event(row));
                    }
                }
                return events;
            }
        });
    }

    private static ControlEvent event(ResultSet row) throws SQLException {
        NewEvent event = new NewEvent(
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
        return event(row.getLong(1), event, row.getLong(7), row.getBytes(8), row.getBytes(9));
    }

    /// All events with sequence numbers of `seq` and above, in order.
    public List<ControlEvent> readFrom(long seq) {
        List<ControlEvent> all = new ArrayList<>();
        List<ControlEvent> batch = readFrom(seq, BATCH);
        while (!batch.isEmpty()) {
            all.addAll(batch);
            batch = batch.size() < BATCH ? List.of() : readFrom(all.getLast().seq() + 1, BATCH);
        }
        return all;
    }

    /// Sequence number of the newest event; 0 when there is none.
    public long head() {
        return currentHead().seq();
    }

    private Head currentHead() {
        return store.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT seq, hash, epoch FROM control_head")) {
                row.next();
                return new Head(row.getLong(1), Digests.hex(row.getBytes(2)), row.getLong(3));
            }
        });
    }

    /// Reads the whole chain and says whether it holds.
    public ChainVerdict verify() {
        Head head = currentHead();
        byte[] before = Chain.GENESIS;
        long expected = 1;
        while (expected <= head.seq()) {
            List<ControlEvent> batch = readFrom(expected, BATCH);
            if (batch.isEmpty()) {
                return new ChainVerdict.Broken(expected, "missing: the head is " + head.seq());
            }
            for (ControlEvent event : batch) {
                if (event.seq() != expected) {
                    return new ChainVerdict.Broken(expected, "missing: the next one is " + event.seq());
                }
                if (!event.prevHash().equals(Digests.hex(before))) {
                    return new ChainVerdict.Broken(expected, "does not follow from the hash before");
                }
                NewEvent bare = new NewEvent(event.at(), event.actor(), event.subject(), event.kind(), event.payload());
                byte[] hash = Chain.hash(expected, bare, event.epoch(), before);
                if (!event.hash().equals(Digests.hex(hash))) {
                    return new ChainVerdict.Broken(expected, "its contents do not give its hash");
                }
                before = hash;
                expected++;
                if (event.seq() == head.seq() && !event.hash().equals(head.hash())) {
                    return new ChainVerdict.Broken(event.seq(), "is not the recorded head");
                }
            }
        }
        return new ChainVerdict.Intact(expected - 1, Digests.hex(before));
    }

    /// Calls `reader` with every event after `afterSeq`, in order, in batches, from one thread of its own: at
    /// once for what is there, then within milliseconds of each commit (LISTEN/NOTIFY) and at the latest
    /// after a second by poll. A database that goes away only delays it. When `reader` throws, the same batch
    /// comes again a second later and the failure is logged.
    public Subscription subscribe(long afterSeq, Consumer<List<ControlEvent>> reader) {
        return EventFeed.start(store, this, afterSeq, reader);
    }
}
