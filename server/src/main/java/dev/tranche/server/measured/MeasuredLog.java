package dev.tranche.server.measured;

import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.log.RecordLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lines that were taken, on the disk, for a day: after a restart the same is counted again. Opened by
/// the first line, so a server that nobody tells anything keeps none. One writer.
final class MeasuredLog implements AutoCloseable {
    private static final long SEGMENT = 4L << 20;
    private static final long KEPT_MILLIS = Duration.ofHours(24).toMillis();
    private static final long MARK_MILLIS = Duration.ofMinutes(10).toMillis();

    /// Takes what was kept.
    interface Reader {
        void take(String line, Precision precision, long arrivedMillis);
    }

    private record Mark(long millis, long position) {}

    private final Path folder;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private @Nullable RecordLog log;

    MeasuredLog(Path folder) {
        this.folder = folder;
    }

    /// Hands every kept line over, oldest first.
    void replay(Reader reader) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        RecordLog kept = open();
        Cursor cursor = kept.cursor(kept.start());
        for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            LogRecord found = next.get();
            long arrived = found.epochNanos() / 1_000_000;
            mark(arrived, found.position());
            reader.take(new String(found.bytes(), StandardCharsets.UTF_8), Precision.of(found.type()), arrived);
        }
    }

    /// Keeps a line.
    ///
    /// @throws dev.tranche.runtime.log.LogFullException when the disk is full; the line is not kept
    void append(String line, Precision precision, long arrivedMillis) {
        long position = open().append(
                        precision.code(),
                        arrivedMillis * 1_000_000,
                        ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        mark(arrivedMillis, position);
    }

    private void mark(long millis, long position) {
        if (marks.isEmpty() || millis - marks.getLast().millis() >= MARK_MILLIS) {
            marks.addLast(new Mark(millis, position));
            forget(millis - KEPT_MILLIS);
        }
    }

    private void forget(long before) {
        Mark passed = null;
        while (!marks.isEmpty() && marks.getFirst().millis() < before) {
            passed = marks.removeFirst();
        }
        RecordLog open = log;
        if (passed != null && open != null) {
            try {
                open.dropBefore(passed.position());
            } catch (IOException e) {
                throw new UncheckedIOException("measurements a day old cannot be deleted: " + folder, e);
            }
        }
    }

    private RecordLog open() {
        RecordLog open = log;
        if (open == null) {
            try {
                open = RecordLog.open(folder, LogSettings.of(Durability.WRITTEN).withSegmentBytes(SEGMENT));
            } catch (IOException e) {
                throw new UncheckedIOException("the folder of measurements cannot be used: " + folder, e);
            }
            log = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
