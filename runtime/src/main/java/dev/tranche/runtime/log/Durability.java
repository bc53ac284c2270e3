package dev.tranche.runtime.log;

/// What is promised about a record when `append` returns.
///
/// In all three the record has been copied into a shared mapping of the segment file, that is into the
/// operating system's page cache: it outlives `kill -9` of this process. They differ in what a power loss may
/// take.
public enum Durability {
    /// The log never waits for nor asks for the disk; a power loss takes what the system had not yet written
    /// back (on Linux about the last 30 s).
    ASYNC,
    /// As `ASYNC` for the caller, and the log asks for write-back once a second in the background: a power
    /// loss takes about the last second. The default.
    WRITTEN,
    /// `append` returns after the record is on the disk; appends that wait together share one force (group
    /// commit).
    SYNCED;

    /// Parses `async`, `written` or `synced`.
    public static Durability parse(String text) {
        return switch (text) {
            case "async" -> ASYNC;
            case "written" -> WRITTEN;
            case "synced" -> SYNCED;
            default -> throw new IllegalArgumentException("durability must be one of async, written, synced: " + text);
        };
    }
}
