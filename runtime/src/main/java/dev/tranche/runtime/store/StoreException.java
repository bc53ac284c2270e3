package dev.tranche.runtime.store;

import org.jspecify.annotations.Nullable;

/// The database answered with an error: a statement or its data was wrong, and repeating it will not help.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    StoreException(String message, String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /// The five-character SQLSTATE, or an empty text.
    public String sqlState() {
        return sqlState;
    }
}
