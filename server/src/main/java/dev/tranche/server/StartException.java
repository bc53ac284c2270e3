package dev.tranche.server;

import org.jspecify.annotations.Nullable;

/// The server cannot start, and its message says why in one sentence for the person who started it.
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /// The sentence of a failure further down: what could not be done, and the first line of why.
    static StartException because(String what, Throwable cause) {
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason was given");
        return new StartException(what + ": " + why, cause);
    }
}
