package dev.tranche.server.journal;

import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.runtime.store.Store;
import dev.tranche.server.journal.OutcomeRecord.Score;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The copies of the decision journals in PostgreSQL: written in batches, read when memory and journal no
/// longer hold a decision. Thread-safe; every method may throw `StoreUnavailableException`.
public final class Archive {
    /// The tables.
    public static final MigrationSet MIGRATIONS =
            MigrationSet.of("decisions", Archive.class, "0001-decisions.sql", "0002-whole-decisions.sql");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A record with its place in the journal.
    record Placed(long position, JournalRecord journalRecord) {}

    private final Store store;
    private final Set<LocalDate> partitions = new HashSet<>();
    private final Map<Layout, byte[]> layouts = new ConcurrentHashMap<>();

    private Archive(Store store) {
        this.store = store;
    }

    /// The archive in a store.
    public static Archive in(Store store) {
        return new Archive(store);
    }

    /// How far a node's journal has been copied, -1 when nothing was.
    long shipped(int node) {
        return store.transaction(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT position FROM shipped WHERE node = ?")) {
                query.setInt(1, node);
                try (ResultSet found = query.executeQuery()) {
                    return found.next() ? found.getLong(1) : -1L;
                }
            }
        });
    }

    /// Copies records and moves the mark, in one transaction. What was copied before is left as it is.
    ///
    /// @param next the position to go on from
    void ship(int node, List<Placed> records, long next) {
        Set<LocalDate> days = new HashSet<>();
        store.transaction(connection -> {
            for (Placed placed : records) {
                days.add(day(Windows.micros(placed.journalRecord())));
                if (placed.journalRecord() instanceof DecisionRecord decision) {
                    days.add(day(decision.receivedMicros()));
                }
            }
            makePartitions(connection, days);
            layouts(connection, records);
            decisions(connection, node, records);
            shadows(connection, node, records);
            outcomes(connection, records);
            try (PreparedStatement mark =
                    connection.prepareStatement("INSERT INTO shipped (node, position) VALUES (?, ?)"
                            + " ON CONFLICT (node) DO UPDATE SET position = excluded.position")) {
                mark.setInt(1, node);
                mark.setLong(2, next);
                mark.executeUpdate();
            }
            return next;
        });
        synchronized (partitions) {
            partitions.addAll(days);
        }
    }

    private void makePartitions(Connection connection, Set<LocalDate> days) throws SQLException {
        for (LocalDate day : days) {
            synchronized (partitions) {
                if (partitions.contains(day)) {
                    continue;
                }
            }
            String suffix = day.toString().replace('-', '_');
            String range = " FOR VALUES FROM ('" + day + "+00') TO ('" + day.plusDays(1) + "+00')";
            try (Statement make = connection.createStatement()) {
                make.execute("SELECT pg_advisory_xact_lock(727421)");
                for (String table : List.of("decision", "shadow")) {
                    make.execute(
                            "CREATE TABLE IF NOT EXISTS " + table + "_" + suffix + " PARTITION OF " + table + range);
                }
            }
        }
    }

    private static LocalDate day(long micros) {
        return DecisionView.instant(micros).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Timestamp timestamp(long micros) {
        return Timestamp.from(DecisionView.instant(micros));
    }

    /// The layouts of some decisions, each once; before the decisions that refer to them.
    private void layouts(Connection connection, List<Placed> records) throws SQLException {
        Set<Layout> found = new HashSet<>();
        for (Placed placed : records) {
            if (placed.journalRecord() instanceof DecisionRecord decision) {
                found.add(decision.row().layout());
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO layout (digest, record) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (Layout layout : found) {
                insert.setBytes(1, digest(layout));
                insert.setBytes(2, Codec.bytes(layout));
                insert.executeUpdate();
            }
        }
    }

    private byte[] digest(Layout layout) {
        return layouts.computeIfAbsent(layout, each -> sha256(Codec.bytes(each)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void decisions(Connection connection, int node, List<Placed> records) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO decision (node, position, received_at,"
                + " product, unit, loan_id, model, policy, epoch, slot, role, experiment, arm, score, band, action,"
                + " source, cause, latency_nanos, details, record, layout) VALUES"
                + " (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING")) {
            boolean any = false;
            for (Placed placed : records) {
                if (placed.journalRecord() instanceof DecisionRecord decision) {
                    bind(insert, node, placed.position(), decision);
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private void bind(PreparedStatement insert, int node, long position, DecisionRecord decision) throws SQLException {
        Answer answer = decision.answer();
        Placement placement = decision.placement();
        insert.setInt(1, node);
        insert.setLong(2, position);
        insert.setTimestamp(3, timestamp(decision.receivedMicros()));
        insert.setString(4, decision.product());
        insert.setString(5, plain(decision.unit()));
        insert.setString(6, plain(decision.loanId()));
        insert.setString(7, decision.model().name());
        insert.setString(8, decision.policy() == null ? null : decision.policy().name());
        insert.setLong(9, placement.epoch());
        insert.setInt(10, placement.slot());
        insert.setString(11, placement.role().word());
        insert.setString(12, placement.experiment());
        insert.setString(13, placement.arm());
        insert.setDouble(14, answer.score());
        insert.setString(15, answer.band());
        insert.setString(16, answer.action() == null ? null : answer.action().name());
        insert.setString(17, answer.source().word());
        insert.setString(18, answer.cause().name());
        insert.setLong(19, decision.latencyNanos());
        String details = JSON.writeValueAsString(DecisionView.of(new DecisionId(node, position), decision));
        insert.setObject(20, details.replace("\\u0000", ""), Types.OTHER);
        insert.setBytes(21, Codec.bytes(decision));
        insert.setBytes(22, digest(decision.row().layout()));
    }

    /// PostgreSQL keeps no NUL characters in texts.
    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : text.replace("\u0000", "");
    }

    private static void shadows(Connection connection, int node, List<Placed> records) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shadow (node, position, decision_node,"
                + " decision, at, product, subject, model, policy, score, band, action, latency_nanos, error) VALUES"
                + " (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING")) {
            boolean any = false;
            for (Placed placed : records) {
                if (placed.journalRecord() instanceof ShadowRecord shadow) {
                    insert.setInt(1, node);
                    insert.setLong(2, placed.position());
                    insert.setInt(3, shadow.decision().node());
                    insert.setLong(4, shadow.decision().position());
                    insert.setTimestamp(5, timestamp(shadow.atMicros()));
                    insert.setString(6, shadow.product());
                    insert.setString(7, shadow.subject());
                    insert.setString(8, shadow.model().name());
                    insert.setString(
                            9, shadow.policy() == null ? null : shadow.policy().name());
                    insert.setDouble(10, shadow.score());
                    insert.setString(11, shadow.band());
                    insert.setString(
                            12, shadow.action() == null ? null : shadow.action().name());
                    insert.setLong(13, shadow.latencyNanos());
                    insert.setString(14, plain(shadow.error()));
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private static void outcomes(Connection connection, List<Placed> records) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO outcome (decision_node, decision,"
                + " product, outcome, observed_at, received_at) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING")) {
            boolean any = false;
            for (Placed placed : records) {
                if (placed.journalRecord() instanceof OutcomeRecord outcome) {
                    insert.setInt(1, outcome.decision().node());
                    insert.setLong(2, outcome.decision().position());
                    insert.setString(3, outcome.product());
                    insert.setInt(4, outcome.outcome());
                    insert.setTimestamp(5, timestamp(outcome.observedMicros()));
                    insert.setTimestamp(6, timestamp(outcome.receivedMicros()));
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    /// The latest archived decision on an application.
    Optional<DecisionId> decision(String product, String loanId) {
        return store.transaction(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT node, position FROM decision"
                    + " WHERE loan_id = ? AND product = ? ORDER BY received_at DESC LIMIT 1")) {
                query.setString(1, plain(loanId));
                query.setString(2, product);
                try (ResultSet found = query.executeQuery()) {
                    return found.next()
                            ? Optional.of(new DecisionId(found.getInt(1), found.getLong(2)))
                            : Optional.empty();
                }
            }
        });
    }

    /// An archived decision as its journal wrote it.
    Optional<DecisionRecord> find(DecisionId id) {
        return store.transaction(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT d.record, l.record FROM decision d"
                    + " JOIN layout l ON l.digest = d.layout WHERE d.position = ? AND d.node = ?")) {
                query.setLong(1, id.position());
                query.setInt(2, id.node());
                try (ResultSet found = query.executeQuery()) {
                    if (!found.next()) {
                        return Optional.empty();
                    }
                    Layout layout = Codec.layout(ByteBuffer.wrap(found.getBytes(2)));
                    return Codec.read(Codec.DECISION, ByteBuffer.wrap(found.getBytes(1)), _ -> layout)
                                    instanceof DecisionRecord decision
                            ? Optional.of(decision)
                            : Optional.empty();
                }
            }
        });
    }

    /// The archived outcome of a decision.
    OptionalInt outcome(DecisionId id) {
        return store.transaction(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT outcome FROM outcome WHERE decision = ? AND decision_node = ?")) {
                query.setLong(1, id.position());
                query.setInt(2, id.node());
                try (ResultSet found = query.executeQuery()) {
                    return found.next() ? OptionalInt.of(found.getInt(1)) : OptionalInt.empty();
                }
            }
        });
    }

    /// The archived scores of a decision, the real one and the shadows'; empty when the decision is not
    /// archived.
    Optional<Scored> scores(DecisionId id) {
        return store.transaction(connection -> {
            Optional<Scored> real = real(connection, id);
            if (real.isEmpty()) {
                return Optional.empty();
            }
            List<Score> scores = new ArrayList<>(real.get().scores());
            scores.addAll(shadowScores(connection, id));
            return Optional.of(new Scored(id, real.get().product(), real.get().decidedMicros(), scores));
        });
    }

    private static Optional<Scored> real(Connection connection, DecisionId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT product, received_at, model, policy, score,"
                + " source, cause, role, experiment, arm FROM decision WHERE position = ? AND node = ?")) {
            query.setLong(1, id.position());
            query.setInt(2, id.node());
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                Timestamp received = found.getTimestamp(2);
                long micros = received.getTime() * 1000 + received.getNanos() / 1000 % 1000;
                boolean counts = found.getString(7).equals(Answer.Cause.NONE.name())
                        && !found.getString(8).equals(Placement.Role.PINNED.word());
                return Optional.of(new Scored(
                        id,
                        found.getString(1),
                        micros,
                        counts
                                ? Scored.real(
                                        found.getString(3),
                                        found.getString(4),
                                        found.getDouble(5),
                                        found.getString(9),
                                        found.getString(10))
                                : List.of()));
            }
        }
    }

    private static List<Score> shadowScores(Connection connection, DecisionId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT subject, score FROM shadow" + " WHERE decision = ? AND decision_node = ? AND error IS NULL")) {
            query.setLong(1, id.position());
            query.setInt(2, id.node());
            List<Score> scores = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    scores.add(new Score(found.getString(1), found.getDouble(2), true, null, null));
                }
            }
            return scores;
        }
    }
}
