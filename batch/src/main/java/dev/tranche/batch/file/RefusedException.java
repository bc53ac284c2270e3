package dev.tranche.batch.file;

/// What was asked cannot be done with these files, in words for the one who asked; the command leaves with 1.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RefusedException(String reason) {
        super(reason);
    }

    /// @param reason what is wrong, with the value and what is allowed
    public static RefusedException because(String reason) {
        return new RefusedException(reason);
    }
}
