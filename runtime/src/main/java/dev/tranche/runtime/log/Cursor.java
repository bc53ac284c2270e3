package dev.tranche.runtime.log;

import java.time.Duration;
import java.util.Optional;

/// Reads a log forward from a position and can follow its tail. One thread at a time; any number of cursors
/// beside the appenders.
public final class Cursor {
    private final RecordLog log;
    private long position;

    Cursor(RecordLog log, long position) {
        this.log = log;
        this.position = position;
    }

    /// The position of the record that `next` returns; save it to continue later.
    public long position() {
        return position;
    }

    /// The next record, or empty at the tail. Never waits.
    ///
    /// Throws `CorruptRecordException` for a damaged record and stays there; `seek(e.resumeAt())` goes on
    /// behind it.
    public Optional<LogRecord> next() {
        Optional<LogRecord> record = log.nextFrom(position);
        record.ifPresent(found -> position = found.next());
        return record;
    }

    /// The next record, waiting up to `patience` for one to be appended; empty when none came or the log was
    /// closed.
    public Optional<LogRecord> await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long seen = log.end();
            Optional<LogRecord> record = next();
            if (record.isPresent() || !log.awaitGrowth(seen, deadline - System.nanoTime())) {
                return record;
            }
        }
    }

    /// Continues from `to`, a position known to be a record's beginning or the end of the log.
    public void seek(long to) {
        position = to;
    }
}
