package dev.tranche.runtime.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An append-only log of checksummed records in memory-mapped segment files. Thread-safe.
///
/// ```java
/// try (RecordLog log = RecordLog.open(folder, LogSettings.of(Durability.WRITTEN))) {
///     long position = log.append((byte) 1, ticks.epochNanos(), payload);
///     LogRecord again = log.read(position);
/// }
/// ```
///
/// An append copies the record into a shared mapping under a lock: no system call, and the bytes are the
/// operating system's from then on, so they outlive `kill -9`. Segment files are filled with zeros ahead, on
/// a thread of their own, so that a full disk shows as `LogFullException` before a record is claimed and
/// never as a fault in a mapped page. (File systems that copy on write or compress, such as btrfs and zfs, do
/// not keep that reserve.)
public final class RecordLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long WRITE_BACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final LogSettings settings;
    private final FileChannel folderLock;
    private final Recovery recovery;
    private final NavigableMap<Long, Segment> segments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition prepareTried = lock.newCondition();
    private final Condition closing = lock.newCondition();
    /// Held shared while a mapping is read and exclusively while one is closed.
    private final ReentrantReadWriteLock mapped = new ReentrantReadWriteLock();

    private final ReentrantLock syncing = new ReentrantLock();
    private final Thread preparing;
    private final Thread writeBack;

    private Segment active;
    private @Nullable Segment prepared;
    private @Nullable String fullReason;
    private int followers;
    private long synced;
    private volatile long end;
    private volatile boolean closed;

    private RecordLog(Path folder, LogSettings settings, FileChannel folderLock, Tail tail, Segment active) {
        this.folder = folder;
        this.settings = settings;
        this.folderLock = folderLock;
        this.recovery = tail.recovery();
        this.segments = new ConcurrentSkipListMap<>(tail.segments());
        this.active = active;
        this.segments.put(active.base(), active);
        this.prepared = tail.prepared() == active ? null : tail.prepared();
        this.end = Math.max(tail.end(), active.first());
        this.synced = end;
        this.preparing = Thread.ofPlatform().daemon().name("log-prepare").unstarted(this::prepareSegments);
        this.writeBack = Thread.ofPlatform().daemon().name("log-write-back").unstarted(this::writeBackEachSecond);
    }

    /// Opens or creates the log in `folder`, cutting off a torn tail.
    ///
    /// Throws `LogFullException` when the log has no segment to write to and the disk has no room for one;
    /// `IOException` when another process has the log open or the folder cannot be used.
    public static RecordLog open(Path folder, LogSettings settings) throws IOException {
        Files.createDirectories(folder);
        FileChannel folderLock = Folders.lock(folder);
        try {
            Tail tail = Tail.find(folder);
            Segment active = tail.sealed()
                    ? tail.prepared()
                    : tail.segments().lastEntry().getValue();
            if (active == null) {
                long base = tail.segments().isEmpty()
                        ? 0
                        : tail.segments().lastEntry().getValue().limit();
                active = createFirst(folder, base, settings.segmentBytes());
            }
            RecordLog log = new RecordLog(folder, settings, folderLock, tail, active);
            log.preparing.start();
            if (settings.durability() == Durability.WRITTEN) {
                log.writeBack.start();
            }
            return log;
        } catch (IOException | RuntimeException e) {
            folderLock.close();
            throw e;
        }
    }

    private static Segment createFirst(Path folder, long base, long bytes) throws IOException {
        try {
            return Segment.create(folder, base, bytes);
        } catch (IOException e) {
            if (Folders.freeBytes(folder) < bytes) {
                throw new LogFullException(folder, Folders.freeBytes(folder), bytes, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /// Appends one record and returns its position. Reads `payload` from its position to its limit and does
    /// not move it.
    ///
    /// Throws `IllegalArgumentException` for a payload larger than `settings.maxPayload()`,
    /// `LogFullException` when the disk is full (nothing was claimed), `IllegalStateException` when the log
    /// is closed, and with `SYNCED` `UncheckedIOException` when the disk refused to force (the record is
    /// written, its fate in a power loss unknown).
    public long append(byte type, long epochNanos, ByteBuffer payload) {
        int payloadBytes = payload.remaining();
        if (payloadBytes > settings.maxPayload()) {
            throw new IllegalArgumentException(
                    "payload must be within 0.." + settings.maxPayload() + " bytes: " + payloadBytes);
        }
        int checksum = Segment.checksum(type, epochNanos, payload);
        long bytes = Segment.bytesFor(payloadBytes);
        long position;
        lock.lock();
        try {
            requireOpen();
            while (!active.fits(end, bytes)) {
                roll();
            }
            position = end;
            active.write(position, type, epochNanos, payload, checksum);
            end = position + bytes;
            if (followers > 0) {
                grown.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (settings.durability() == Durability.SYNCED) {
            forceUpTo(position + bytes);
        }
        return position;
    }

    /// Goes on in the prepared segment; waits while it is being written, refuses when the disk is full.
    private void roll() {
        while (prepared == null) {
            if (fullReason != null) {
                throw new LogFullException(folder, freeOrZero(), settings.segmentBytes(), fullReason);
            }
            work.signal();
            prepareTried.awaitUninterruptibly();
            requireOpen();
        }
        active.seal(end);
        active = prepared;
        prepared = null;
        segments.put(active.base(), active);
        end = active.first();
        work.signal();
    }

    private void prepareSegments() {
        lock.lock();
        try {
            while (!closed) {
                if (prepared != null) {
                    work.await();
                    continue;
                }
                long base = active.limit();
                lock.unlock();
                @Nullable Segment next = null;
                String reason = null;
                try {
                    next = Segment.create(folder, base, settings.segmentBytes());
                } catch (IOException e) {
                    reason = String.valueOf(e.getMessage());
                } finally {
                    lock.lock();
                }
                prepared = next;
                fullReason = reason;
                prepareTried.signalAll();
                if (reason != null) {
                    long left = RETRY_NANOS;
                    while (left > 0 && !closed) {
                        left = work.awaitNanos(left);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fullReason = closed ? fullReason : "the thread that prepares segments has ended";
            prepareTried.signalAll();
            lock.unlock();
        }
    }

    private void writeBackEachSecond() {
        lock.lock();
        try {
            while (!closed) {
                long left = WRITE_BACK_NANOS;
                while (left > 0 && !closed) {
                    left = closing.awaitNanos(left);
                }
                lock.unlock();
                try {
                    force();
                } catch (UncheckedIOException e) {
                    LOG.error("log.write_back.failed folder={}", folder, e);
                } finally {
                    lock.lock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// The record at `position`.
    ///
    /// Throws `IllegalArgumentException` outside `start()..end()`, `CorruptRecordException` when no valid
    /// record begins there.
    public LogRecord read(long position) {
        if (position < start() || position >= end) {
            throw new IllegalArgumentException(
                    "position must be within " + start() + ".." + (end - 1) + ": " + position);
        }
        return find(position)
                .orElseThrow(() -> new CorruptRecordException(position, resumeAfter(position), "nothing checks there"));
    }

    /// The record at `position`, or empty when no valid record begins there (never written, dropped, or a
    /// number that somebody made up).
    public Optional<LogRecord> find(long position) {
        mapped.readLock().lock();
        try {
            requireOpen();
            Map.Entry<Long, Segment> entry = position < end ? segments.floorEntry(position) : null;
            if (entry == null
                    || position < entry.getValue().first()
                    || position >= entry.getValue().limit()) {
                return Optional.empty();
            }
            return entry.getValue().slot(position) instanceof Segment.Slot.Whole(LogRecord record)
                    ? Optional.of(record)
                    : Optional.empty();
        } finally {
            mapped.readLock().unlock();
        }
    }

    /// A cursor whose first record is the one at `position`, which must be a record's beginning, `start()` or
    /// `end()`. A position before `start()` begins at `start()`.
    public Cursor cursor(long position) {
        return new Cursor(this, position);
    }

    /// Position of the oldest record that is kept.
    public long start() {
        return segments.firstEntry().getValue().first();
    }

    /// Positions of the first records of the segments, rising: what `dropBefore` can drop up to.
    public List<Long> boundaries() {
        return segments.values().stream().map(Segment::first).toList();
    }

    /// Position behind the newest record.
    public long end() {
        return end;
    }

    /// Deletes whole segments that hold only records before `position`, and returns the new `start()`. Never
    /// deletes the segment being written.
    public long dropBefore(long position) throws IOException {
        syncing.lock();
        mapped.writeLock().lock();
        try {
            requireOpen();
            while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= position) {
                Segment oldest = segments.firstEntry().getValue();
                segments.remove(oldest.base());
                oldest.close();
                Files.delete(oldest.file());
            }
            return start();
        } finally {
            mapped.writeLock().unlock();
            syncing.unlock();
        }
    }

    /// Puts everything appended so far on the disk.
    public void force() {
        forceUpTo(end);
    }

    /// Appends that wait here together are served by the one that gets in: the others find their bytes forced.
    private void forceUpTo(long position) {
        syncing.lock();
        try {
            if (synced < position && !closed) {
                forceSegments(end);
            }
        } finally {
            syncing.unlock();
        }
    }

    private void forceSegments(long target) {
        for (Segment segment : segments.values()) {
            long from = Math.max(synced, segment.base());
            long to = Math.min(target, segment.limit());
            if (from < to) {
                segment.force(from, to);
            }
        }
        synced = target;
    }

    /// What opening found and did.
    public Recovery recovery() {
        return recovery;
    }

    /// How the log is kept.
    public LogSettings settings() {
        return settings;
    }

    /// Bytes of segment files on the disk, the prepared one included.
    public long diskBytes() {
        long bytes = 0;
        for (Segment segment : segments.values()) {
            bytes += segment.size();
        }
        lock.lock();
        try {
            return prepared == null ? bytes : bytes + prepared.size();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that can still be written to the log's disk.
    public long freeBytes() throws IOException {
        return Folders.freeBytes(folder);
    }

    /// Whether no segment could be prepared to go on with, because the disk is full. Appends still succeed
    /// until the segment being written is used up, so this is the warning that comes before
    /// `LogFullException`.
    public boolean full() {
        lock.lock();
        try {
            return prepared == null && fullReason != null;
        } finally {
            lock.unlock();
        }
    }

    Optional<LogRecord> nextFrom(long from) {
        mapped.readLock().lock();
        try {
            requireOpen();
            long position = Math.max(from, start());
            while (position < end) {
                Segment segment = segments.floorEntry(position).getValue();
                if (position >= segment.limit()) {
                    position = resumeAfter(position);
                    continue;
                }
                switch (segment.slot(Math.max(position, segment.first()))) {
                    case Segment.Slot.Whole(LogRecord record) -> {
                        return Optional.of(record);
                    }
                    case Segment.Slot.Bad(String reason) ->
                        throw new CorruptRecordException(position, resumeAfter(position), reason);
                    case Segment.Slot.Sealed(), Segment.Slot.Empty() -> position = resumeAfter(position);
                }
            }
            return Optional.empty();
        } finally {
            mapped.readLock().unlock();
        }
    }

    private long resumeAfter(long position) {
        Map.Entry<Long, Segment> next = segments.higherEntry(position);
        return next == null ? end : next.getValue().first();
    }

    /// Waits until the log has grown beyond `seen`; false when it has not within `nanos` or was closed.
    boolean awaitGrowth(long seen, long nanos) throws InterruptedException {
        lock.lock();
        followers++;
        try {
            long left = nanos;
            while (end == seen && !closed && left > 0) {
                left = grown.awaitNanos(left);
            }
            return end != seen && !closed;
        } finally {
            followers--;
            lock.unlock();
        }
    }

    /// Forces what was appended, unmaps the segments and frees the folder. Appends fail from here on.
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            work.signalAll();
            grown.signalAll();
            prepareTried.signalAll();
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        joinUninterruptibly(preparing);
        joinUninterruptibly(writeBack);
        syncing.lock();
        mapped.writeLock().lock();
        try (folderLock) {
            forceSegments(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            segments.values().forEach(Segment::close);
            if (prepared != null) {
                prepared.close();
            }
            mapped.writeLock().unlock();
            syncing.unlock();
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(Duration.ofMillis(100));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long freeOrZero() {
        try {
            return freeBytes();
        } catch (IOException e) {
            return 0;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the log is closed: " + folder);
        }
    }
}
