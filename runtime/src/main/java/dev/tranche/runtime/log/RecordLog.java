package dev.tranche.runtime.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// An append-only log of checksummed records in memory-mapped segment files. Thread-safe.
///
/// ```java
/// try (RecordLog log = RecordLog.open(folder, LogSettings.of(Durability.WRITTEN))) {
///     long position = log.append((byte) 1, ticks.epochNanos(), payload);
///     LogRecord again = log.read(position);
/// }
/// ```
@SuppressWarnings("DoNotCallSuggester")
public final class RecordLog implements AutoCloseable {
    private RecordLog() {}

    /// Opens or creates the log in `folder`, cutting off a torn tail.
    ///
    /// Throws `LogFullException` when the log has no segment yet and the disk has no room for one; `IOException`
    /// when another process has the log open or the folder cannot be used.
    public static RecordLog open(Path folder, LogSettings settings) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Appends one record and returns its position. Reads `payload` from its position to its limit and does not move
    /// it.
    ///
    /// Throws `IllegalArgumentException` for a payload larger than `settings.maxPayload()`, `LogFullException` when
    /// the disk is full (nothing was claimed), `IllegalStateException` when the log is closed.
    public long append(byte type, long epochNanos, ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    /// The record at `position`.
    ///
    /// Throws `IllegalArgumentException` outside `start()..end()`, `CorruptRecordException` when no valid record
    /// begins there.
    public LogRecord read(long position) {
        throw new UnsupportedOperationException();
    }

    /// The record at `position`, or empty when no valid record begins there (never written, dropped, or a number that
    /// somebody made up).
    public Optional<LogRecord> find(long position) {
        throw new UnsupportedOperationException();
    }

    /// A cursor whose first record is the one at `position`, which must be a record's beginning, `start()` or `end()`.
    /// A position before `start()` begins at `start()`.
    public Cursor cursor(long position) {
        return new Cursor(this, position);
    }

    /// Position of the oldest record that is kept.
    public long start() {
        throw new UnsupportedOperationException();
    }

    /// Position behind the newest record.
    public long end() {
        throw new UnsupportedOperationException();
    }

    /// Deletes whole segments that hold only records before `position`, and returns the new `start()`. Never deletes
    /// the segment being written.
    public long dropBefore(long position) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Puts everything appended so far on the disk.
    public void force() {
        throw new UnsupportedOperationException();
    }

    /// What opening found and did.
    public Recovery recovery() {
        throw new UnsupportedOperationException();
    }

    /// Bytes of segment files on the disk.
    public long diskBytes() {
        throw new UnsupportedOperationException();
    }

    /// Bytes that can still be written to the log's disk.
    public long freeBytes() throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Whether the log has no segment prepared to go on with, because the disk is full.
    public boolean full() {
        throw new UnsupportedOperationException();
    }

    Optional<LogRecord> nextFrom(long position) {
        throw new UnsupportedOperationException();
    }

    void awaitBeyond(long position, Duration patience) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Forces what was appended, unmaps the segments and frees the folder. Appends fail from here on.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
