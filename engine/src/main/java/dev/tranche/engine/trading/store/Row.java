package dev.tranche.engine.trading.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement with its values: what is read from the journal is first made into these, so that a database
/// that went away can be told the same again.
///
/// @param values texts, longs, doubles, decimals, booleans and moments; null where there is none
record Row(String sql, List<@Nullable Object> values) {
    private static final long NANOS = 1_000_000_000L;

    Row {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// A double that is known, or null.
    static @Nullable Double known(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /// A moment of the journal.
    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    void on(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                set(statement, i + 1, values.get(i));
            }
            statement.execute();
        }
    }

    private static void set(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case Double number -> statement.setDouble(at, number);
            case BigDecimal number -> statement.setBigDecimal(at, number);
            case Boolean flag -> statement.setBoolean(at, flag);
            case Instant moment -> statement.setObject(at, OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
            default -> throw new IllegalArgumentException("no column takes this: " + value.getClass());
        }
    }
}
