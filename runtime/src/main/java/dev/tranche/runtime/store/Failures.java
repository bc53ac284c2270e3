package dev.tranche.runtime.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// Tells a database that is away from one that refused a statement, by SQLSTATE (PostgreSQL's appendix A).
final class Failures {
    private Failures() {}

    /// Class 08 is a connection's failure, 57P01..57P05 a server going down or coming up, 53300 no connection
    /// left, 25006 a server that became a standby.
    static boolean away(SQLException e) {
        String state = stateOf(e);
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || state.equals("25006");
    }

    /// The typed form of `e`.
    static RuntimeException typed(SQLException e) {
        if (away(e)) {
            return new StoreUnavailableException("the store cannot be reached: " + firstLine(e.getMessage()), e);
        }
        return new StoreException("the store refused: " + firstLine(e.getMessage()), stateOf(e), e);
    }

    /// Whether the driver's own assertion failed, where the JVM checks them: it takes a connection that closes
    /// in the middle of a batch for impossible.
    static boolean ofDriver(AssertionError e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("org.postgresql.");
    }

    private static String stateOf(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
