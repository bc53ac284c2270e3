package dev.tranche.runtime.log;

/// A record's bytes do not match its checksum, or no record begins at the position.
public final class CorruptRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final long resumeAt;

    CorruptRecordException(long position, long resumeAt, String reason) {
        super("no valid record at position " + position + ": " + reason);
        this.position = position;
        this.resumeAt = resumeAt;
    }

    /// Where the record should have been.
    public long position() {
        return position;
    }

    /// The next position that is known to be a record's beginning (the next segment), or the end of the log.
    public long resumeAt() {
        return resumeAt;
    }
}
