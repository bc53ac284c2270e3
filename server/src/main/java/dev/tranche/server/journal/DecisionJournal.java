package dev.tranche.server.journal;

import dev.tranche.runtime.log.CorruptRecordException;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.log.RecordLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The append-only truth about what was answered. An id is handed out only after the record is as safe as the
/// configured durability promises; a full disk is an exception before anything is claimed. Thread-safe.
///
/// ```java
/// DecisionId id = journal.append(decision);
/// DecisionRecord again = journal.decision(id).orElseThrow();
/// ```
public final class DecisionJournal implements AutoCloseable {
    private static final ThreadLocal<Wire> WIRE = ThreadLocal.withInitial(Wire::new);

    private final RecordLog log;
    private final int node;
    private final OldLayouts dropped;
    private final Map<Layout, Long> written = new ConcurrentHashMap<>();
    private final Map<Long, Layout> known = new ConcurrentHashMap<>();

    private volatile boolean refusing;

    private DecisionJournal(RecordLog log, int node, OldLayouts dropped) {
        this.log = log;
        this.node = node;
        this.dropped = dropped;
    }

    /// Opens or creates the journal in a folder; a torn tail is cut off.
    ///
    /// @param node number of this node, 0..65535
    /// @throws IOException when the folder cannot be used or another process has the journal open
    public static DecisionJournal open(Path folder, LogSettings settings, int node) throws IOException {
        RecordLog log = RecordLog.open(folder, settings);
        try {
            OldLayouts dropped = OldLayouts.in(folder);
            DecisionJournal journal = new DecisionJournal(log, node, dropped);
            journal.known.putAll(dropped.read());
            return journal;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /// Number of this node.
    public int node() {
        return node;
    }

    /// Records a decision and names it.
    ///
    /// @throws JournalException when the disk is full or the journal is closed; then nothing was recorded
    public DecisionId append(DecisionRecord decision) {
        long layout = layout(decision.row().layout(), decision.receivedMicros() * 1000);
        Wire wire = WIRE.get().reset();
        Codec.write(decision, layout, wire);
        long at = decision.receivedMicros() * 1000 + decision.latencyNanos();
        return new DecisionId(node, append(Codec.DECISION, at, wire.written()));
    }

    /// Records what a shadow would have answered.
    ///
    /// @throws JournalException when the disk is full or the journal is closed
    public void append(ShadowRecord shadow) {
        Wire wire = WIRE.get().reset();
        Codec.write(shadow, wire);
        append(Codec.SHADOW, shadow.atMicros() * 1000, wire.written());
    }

    /// Records an outcome.
    ///
    /// @throws JournalException when the disk is full or the journal is closed
    public void append(OutcomeRecord outcome) {
        Wire wire = WIRE.get().reset();
        Codec.write(outcome, wire);
        append(Codec.OUTCOME, outcome.receivedMicros() * 1000, wire.written());
    }

    private long layout(Layout layout, long epochNanos) {
        Long position = written.get(layout);
        if (position != null) {
            return position;
        }
        synchronized (written) {
            Long raced = written.get(layout);
            if (raced != null) {
                return raced;
            }
            Wire wire = WIRE.get().reset();
            Codec.write(layout, wire);
            long fresh = append(Codec.LAYOUT, epochNanos, wire.written());
            known.put(fresh, layout);
            written.put(layout, fresh);
            return fresh;
        }
    }

    private long append(byte type, long epochNanos, ByteBuffer payload) {
        try {
            return log.append(type, epochNanos, payload);
        } catch (LogFullException e) {
            refusing = true;
            throw new JournalException(
                    "the journal is full, so nothing can be answered: " + e.freeBytes() + " bytes are free on its disk",
                    e);
        } catch (IllegalStateException e) {
            throw new JournalException("the journal is closed: the server is stopping", e);
        }
    }

    /// The decision of an id; empty when this node's journal does not hold it (another node's, dropped, or
    /// made up).
    public Optional<DecisionRecord> decision(DecisionId id) {
        if (id.node() != node || id.position() < log.start() || id.position() >= log.end()) {
            return Optional.empty();
        }
        return log.find(id.position())
                .filter(found -> found.type() == Codec.DECISION)
                .map(found -> (DecisionRecord) read(found));
    }

    /// Reads a record of the log.
    ///
    /// @throws JournalException when its form is not known here
    public JournalRecord read(LogRecord found) {
        return Codec.read(found.type(), found.payload(), this::layoutAt);
    }

    private Layout layoutAt(long position) {
        return known.computeIfAbsent(position, at -> {
            LogRecord found = log.find(at)
                    .orElseThrow(() -> new JournalException("the layout at position " + at + " is no longer kept"));
            return Codec.read(found.type(), found.payload(), this::layoutAt) instanceof LayoutRecord(Layout layout)
                    ? layout
                    : unexpected(at);
        });
    }

    private static Layout unexpected(long position) {
        throw new JournalException("position " + position + " holds no layout");
    }

    /// A cursor from a position on.
    public Cursor cursor(long position) {
        return log.cursor(position);
    }

    /// Position of the oldest record kept.
    public long start() {
        return log.start();
    }

    /// Position behind the newest record.
    public long end() {
        return log.end();
    }

    /// Drops whole segments that hold only records before a position. Their layouts are kept beside the
    /// segments, for the records behind them that refer to them.
    public void dropBefore(long position) throws IOException {
        Map<Long, Layout> going = new HashMap<>();
        Cursor cursor = log.cursor(log.start());
        while (cursor.position() < position) {
            try {
                Optional<LogRecord> next = cursor.next();
                if (next.isEmpty()) {
                    break;
                }
                if (next.get().type() == Codec.LAYOUT && read(next.get()) instanceof LayoutRecord(Layout layout)) {
                    going.put(next.get().position(), layout);
                }
            } catch (CorruptRecordException e) {
                cursor.seek(e.resumeAt());
            }
        }
        dropped.keep(going);
        known.putAll(going);
        long start = log.dropBefore(position);
        written.values().removeIf(at -> at < start);
    }

    /// Positions of the first records of the segments, rising.
    List<Long> boundaries() {
        return log.boundaries();
    }

    /// The second of the record at a position, [Long#MAX_VALUE] when there is none.
    long secondAt(long position) {
        return log.find(position)
                .map(found -> Math.floorDiv(found.epochNanos(), 1_000_000_000L))
                .orElse(Long.MAX_VALUE);
    }

    /// Puts everything recorded so far on the disk.
    public void force() {
        log.force();
    }

    /// True while the disk has no room for another segment. Records are still taken until the segment at hand
    /// is full.
    public boolean full() {
        return log.full();
    }

    /// True while the disk is full and a record has been refused for it.
    public boolean refusing() {
        if (refusing && !log.full()) {
            refusing = false;
        }
        return refusing;
    }

    /// Bytes of segments on the disk.
    public long diskBytes() {
        return log.diskBytes();
    }

    /// Bytes free on the journal's disk.
    public long freeBytes() throws IOException {
        return log.freeBytes();
    }

    /// What opening found and did, one sentence.
    public String recovery() {
        return log.recovery().clean()
                ? "the journal ended cleanly"
                : "cut a torn tail of " + log.recovery().cutBytes() + " bytes: "
                        + log.recovery().cutReason();
    }

    @Override
    public void close() {
        log.close();
    }
}
