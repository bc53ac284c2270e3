package dev.tranche.server.journal;

/// The journal cannot take or give back a record. Nothing was claimed to be recorded that is not.
public final class JournalException extends RuntimeException {

    /// The code that goes into `application/problem+json`.
    public static final String CODE = "journal_unavailable";

    /// @param message what happened, with the value and the limit
    JournalException(String message) {
        super(message);
    }

    /// @param message what happened, with the value and the limit
    /// @param cause the failure below
    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
