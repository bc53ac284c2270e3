package dev.tranche.engine.signal;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.CorruptRecordException;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.log.RecordLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was told, on the disk first and then to everybody: an append-only log of all of it, and the
/// newest in memory for listeners that come back. Thread-safe.
///
/// Nothing is told that is not recorded. What was told survives `kill -9`; ids are places in the log, so
/// a listener goes on after a restart with the id it saw last.
public final class SignalLog implements AutoCloseable {
    /// What a listener that comes back has missed.
    ///
    /// @param told in order, at most as many as are kept in memory
    /// @param whole false when more was told since than is kept: the rest is in the record log
    public record Backlog(List<Told> told, boolean whole) {
        public Backlog {
            told = List.copyOf(told);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SignalLog.class);
    private static final Logger LINES = LoggerFactory.getLogger("dev.tranche.signals");

    private final RecordLog log;
    private final int kept;
    private final long maxBytes;
    private final boolean lines;
    private final Ticks ticks;
    private final Deque<Told> newest = new ArrayDeque<>();
    private final Set<Consumer<Told>> listeners = ConcurrentHashMap.newKeySet();
    private boolean allKept;
    private long told;

    private SignalLog(RecordLog log, int kept, long maxBytes, boolean lines, Ticks ticks) {
        this.log = log;
        this.kept = kept;
        this.maxBytes = maxBytes;
        this.lines = lines;
        this.ticks = ticks;
    }

    /// Opens or creates the log in `folder` and reads the newest back.
    ///
    /// @param kept how many are kept in memory, at least 1
    /// @param maxBytes beyond so many bytes on the disk the oldest segments are dropped
    /// @param lines whether all of it goes to the log `dev.tranche.signals` as well
    /// @throws IOException when another process has it open, or the folder cannot be used
    public static SignalLog open(Path folder, LogSettings settings, int kept, long maxBytes, boolean lines, Ticks ticks)
            throws IOException {
        SignalLog opened = new SignalLog(RecordLog.open(folder, settings), kept, maxBytes, lines, ticks);
        opened.readBack();
        return opened;
    }

    private void readBack() {
        List<Long> boundaries = log.boundaries();
        Deque<List<Told>> segments = new ArrayDeque<>();
        int found = 0;
        int at = boundaries.size() - 1;
        for (; at >= 0 && found < kept; at--) {
            List<Told> segment =
                    between(boundaries.get(at), at + 1 < boundaries.size() ? boundaries.get(at + 1) : log.end());
            segments.addFirst(segment);
            found += segment.size();
        }
        segments.forEach(newest::addAll);
        boolean nothingDropped = log.start() < LogSettings.MIN_SEGMENT; // else its first segment would begin later
        allKept = at < 0 && nothingDropped && found <= kept;
        while (newest.size() > kept) {
            newest.removeFirst();
        }
        LOG.info("signals.log.opened recovery={} kept={}", log.recovery(), newest.size());
    }

    private List<Told> between(long from, long end) {
        List<Told> found = new ArrayList<>();
        Cursor cursor = log.cursor(from);
        while (cursor.position() < end) {
            try {
                Optional<LogRecord> next = cursor.next();
                if (next.isEmpty() || next.get().position() >= end) {
                    return found;
                }
                LogRecord each = next.get();
                found.add(new Told(
                        each.position(), Told.Type.of(each.type()), new String(each.bytes(), StandardCharsets.UTF_8)));
            } catch (CorruptRecordException e) {
                LOG.error("signals.log.damaged", e);
                cursor.seek(e.resumeAt());
            }
        }
        return found;
    }

    /// Records and tells one thing; returns its id.
    ///
    /// @throws dev.tranche.runtime.log.LogFullException when the disk is full; nothing was told
    public long tell(Told.Type type, String json) {
        Told one;
        synchronized (this) {
            long id =
                    log.append(type.code(), ticks.epochNanos(), ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            one = new Told(id, type, json);
            newest.addLast(one);
            told++;
            if (newest.size() > kept) {
                newest.removeFirst();
                allKept = false;
            }
            listeners.forEach(listener -> listener.accept(one));
        }
        if (lines) {
            LINES.info("{\"id\":{},{}", one.id(), json.substring(1));
        }
        return one.id();
    }

    /// Hands `missed` what was told after `lastId`, and then `listener` everything told from here on, so
    /// that nothing is missed and nothing comes twice. Both are called from within, one at a time, and
    /// must not wait for anything.
    ///
    /// @param lastId the id seen last; empty for a listener that was never here and wants only what comes
    public synchronized void listen(Optional<Long> lastId, Consumer<Backlog> missed, Consumer<Told> listener) {
        missed.accept(lastId.map(this::after).orElseGet(() -> new Backlog(List.of(), true)));
        listeners.add(listener);
    }

    private Backlog after(long id) {
        boolean whole = allKept || (!newest.isEmpty() && newest.getFirst().id() <= id);
        return new Backlog(newest.stream().filter(each -> each.id() > id).toList(), whole);
    }

    /// `listener` hears nothing more.
    public void leave(Consumer<Told> listener) {
        listeners.remove(listener);
    }

    /// The newest `limit` of what is in memory, oldest first.
    public synchronized List<Told> newest(int limit) {
        return newest.stream().skip(Math.max(0, newest.size() - limit)).toList();
    }

    /// Drops the oldest segments while the log is larger than it may be.
    public void trim() throws IOException {
        List<Long> boundaries = log.boundaries();
        for (int i = 1; i < boundaries.size() && log.diskBytes() > maxBytes; i++) {
            log.dropBefore(boundaries.get(i));
        }
    }

    /// How many listen.
    public int listeners() {
        return listeners.size();
    }

    /// How many were told since this was opened.
    public synchronized long told() {
        return told;
    }

    /// Bytes on the disk.
    public long diskBytes() {
        return log.diskBytes();
    }

    /// Bytes that can still be written to its disk.
    public long freeBytes() throws IOException {
        return log.freeBytes();
    }

    /// Whether no room could be found for the next segment.
    public boolean full() {
        return log.full();
    }

    @Override
    public void close() {
        log.close();
    }
}
