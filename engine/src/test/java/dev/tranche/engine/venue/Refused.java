package dev.tranche.engine.venue;

/// A refusal of a local exchange, by the venue's code.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int code;

    Refused(int code, String message) {
        super(message);
        this.code = code;
    }
}
