package dev.tranche.batch.divergence.read;

/// A row that says nothing usable; it is counted under its reason and left out.
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    private BadRowException(String reason, String value) {
        super(value);
        this.reason = reason;
    }

    /// @param reason the kind of fault, one of a few per layout
    /// @param value what the row says
    static BadRowException of(String reason, String value) {
        return new BadRowException(reason, value);
    }

    String reason() {
        return reason;
    }
}
