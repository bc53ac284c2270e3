package dev.tranche.runtime.log;

import java.nio.file.Path;

/// There is no room on the disk for the next record; nothing was claimed. The log accepts records again by
/// itself as soon as a new segment can be written.
public final class LogFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long freeBytes;

    LogFullException(Path folder, long freeBytes, long neededBytes, String reason) {
        super("the log in " + folder + " is full: the next segment needs " + neededBytes + " bytes, the disk has "
                + freeBytes + " (" + reason + ")");
        this.freeBytes = freeBytes;
    }

    /// Bytes that were free on the disk.
    public long freeBytes() {
        return freeBytes;
    }
}
