package dev.tranche.runtime.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Brings the tables up to date: all missing steps in one transaction, by one process at a time. When nothing
/// is missing it costs two statements.
final class Migrations {
    /// The runtime's own tables.
    static final MigrationSet RUNTIME =
            MigrationSet.of("runtime", Migrations.class, "0001-control.sql", "0002-blob.sql");

    /// Any number that nothing else locks: the ASCII letters of "tranche".
    private static final long LOCK = 0x7472616e636865L;

    private Migrations() {}

    static void apply(Connection connection, List<MigrationSet> sets) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("CREATE TABLE IF NOT EXISTS schema_step (module text, step text, sha256 text NOT NULL,"
                    + " applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (module, step))");
            Map<String, String> applied = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT module || '/' || step, sha256 FROM schema_step")) {
                while (rows.next()) {
                    applied.put(rows.getString(1), rows.getString(2));
                }
            }
            for (MigrationSet set : sets) {
                for (MigrationSet.Step step : set.steps()) {
                    apply(connection, set.name(), step, applied.get(set.name() + "/" + step.name()));
                }
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void apply(
            Connection connection,
            String module,
            MigrationSet.Step step,
            @org.jspecify.annotations.Nullable String appliedDigest)
            throws SQLException {
        String digest = Digests.hex(Digests.sha256(step.sql().getBytes(StandardCharsets.UTF_8)));
        if (digest.equals(appliedDigest)) {
            return;
        }
        if (appliedDigest != null) {
            throw new UnusableStoreException("migration " + module + "/" + step.name()
                    + " was applied with other contents (SHA-256 " + appliedDigest + ", now " + digest
                    + "); an applied migration never changes, add a new one");
        }
        try (Statement statement = connection.createStatement();
                PreparedStatement record = connection.prepareStatement(
                        "INSERT INTO schema_step (module, step, sha256) VALUES (?, ?, ?)")) {
            statement.execute(step.sql());
            record.setString(1, module);
            record.setString(2, step.name());
            record.setString(3, digest);
            record.executeUpdate();
        }
    }
}
