package dev.tranche.engine.venue;

/// A venue did not do what a connection needs of it: no connection, no answer, or a refusal with the venue's
/// code. The message never holds credentials.
final class VenueException extends Exception {
    private static final long serialVersionUID = 1;
    /// The code where the venue named none.
    static final int NO_CODE = 0;

    private final int code;

    private VenueException(String message, int code) {
        super(message);
        this.code = code;
    }

    static VenueException of(String message) {
        return new VenueException(message, NO_CODE);
    }

    static VenueException refused(String what, int code, String message) {
        return new VenueException(what + " was refused with " + code + " " + message, code);
    }

    int code() {
        return code;
    }
}
