package dev.tranche.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/// Which position the journal had reached at which minute, so that "since this instant" need not read it from
/// its beginning. One short line a minute in a file beside the journal; a lost line only makes a look-up read
/// a little more. Thread-safe.
public final class TimeIndex implements JournalTail.Fold {
    private static final int SPAN_SECONDS = 60;

    private final Path file;
    private final TreeMap<Long, Long> positions = new TreeMap<>();

    private TimeIndex(Path file) {
        this.file = file;
    }

    /// Reads the index of a journal.
    ///
    /// @param file where the lines are kept
    /// @param start position of the oldest record still kept; older lines are forgotten
    public static TimeIndex open(Path file, long start) {
        TimeIndex index = new TimeIndex(file);
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    index.read(line, start);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the journal's time index cannot be read: " + file, e);
            }
        }
        return index;
    }

    private void read(String line, long start) {
        int blank = line.indexOf(' ');
        if (blank > 0 && line.matches("\\d{1,18} \\d{1,18}")) {
            long position = Long.parseLong(line, blank + 1, line.length(), 10);
            if (position >= start) {
                positions.put(Long.parseLong(line, 0, blank, 10), position);
            }
        }
    }

    @Override
    public void take(long position, JournalRecord journalRecord) {
        long second = Windows.micros(journalRecord) / 1_000_000;
        synchronized (positions) {
            if (second == 0 || (!positions.isEmpty() && second < positions.lastKey() + SPAN_SECONDS)) {
                return;
            }
            positions.put(second, position);
        }
        try {
            Files.writeString(
                    file,
                    second + " " + position + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal's time index cannot be written: " + file, e);
        }
    }

    /// A position at or before every record of this second and later; `otherwise` when no line is that old.
    public long before(long second, long otherwise) {
        synchronized (positions) {
            Map.Entry<Long, Long> found = positions.lowerEntry(second - 1);
            return found == null ? otherwise : found.getValue();
        }
    }
}
