package dev.tranche.inference;

/// A value that the schema let through cannot be used by the transform or the model, and the artifact says
/// that such a row is refused rather than guessed. The caller's fault, not the artifact's; carries no stack
/// trace.
public final class RowRefusedException extends RuntimeException {
    private final String column;
    private final String reason;

    private RowRefusedException(String column, String reason) {
        super(column + " " + reason, null, false, false);
        this.column = column;
        this.reason = reason;
    }

    /// The refusal of a column's value, with the value and what is allowed.
    public static RowRefusedException of(String column, String reason) {
        return new RowRefusedException(column, reason);
    }

    /// The feature or transform column that holds the value.
    public String column() {
        return column;
    }

    /// The value and what is allowed, without the column.
    public String reason() {
        return reason;
    }
}
