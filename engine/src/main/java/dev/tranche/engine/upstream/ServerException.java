package dev.tranche.engine.upstream;

import java.io.IOException;

/// A server that answered, and refused.
public final class ServerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ServerException(int status, String code, String sentence) {
        super(sentence);
        this.status = status;
        this.code = code;
    }

    /// HTTP status.
    public int status() {
        return status;
    }

    /// The problem's stable code; empty when the answer was no problem of ours.
    public String code() {
        return code;
    }
}
