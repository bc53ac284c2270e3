package dev.tranche.cli;

/// How a command ended, for scripts.
public enum Exit {
    /// What was asked for happened.
    DONE(0),
    /// It was understood and not done: refused, failed, rolled back.
    REFUSED(1),
    /// It was not understood: wrong options, an unreadable file.
    USAGE(2),
    /// Nobody answered.
    UNREACHABLE(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
