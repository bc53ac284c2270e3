package dev.tranche.engine.trading.loop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for the loop, in the order in which it came: bytes in a ring, one after the other. Any number of
/// writers take turns by a lock; the one reader takes none and reads where the bytes lie.
///
/// Backpressure: market data may use three quarters of the ring; what does not fit is dropped, and the writer
/// says which contract is no longer whole. Everything else (orders' reports, operators, versions) is never
/// dropped: its writer waits until there is room, which is what the socket behind it is told by TCP.
public final class EventRing {
    /// A record is `int` length (-1: the rest of the ring is empty), `int` type, `long` time of the event,
    /// `long` when it reached this process by the monotonic clock, payload; on multiples of 8.
    private static final int HEADER = 24;

    private static final int SKIP = -1;
    private static final int ALIGNMENT = 8;
    private static final int LEAST = 1 << 12;
    private static final int MOST = 1 << 30;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final byte[] bytes;
    private final ByteBuffer data;
    private final int mask;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long head;
    private volatile long tail;
    private volatile @Nullable Thread parked;
    private volatile boolean closed;
    private long next;

    private EventRing(int capacity) {
        this.bytes = new byte[capacity];
        this.data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.mask = capacity - 1;
    }

    /// An empty ring.
    ///
    /// @param capacity bytes, a power of two within 4096..2^30
    public static EventRing of(int capacity) {
        if (capacity < LEAST || capacity > MOST || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "capacity must be a power of two within " + LEAST + ".." + MOST + ": " + capacity);
        }
        return new EventRing(capacity);
    }

    /// Most bytes of one payload: a quarter of the ring.
    public int longest() {
        return bytes.length / 4 - HEADER;
    }

    /// Puts a record behind the others unless its share of the ring is used up.
    ///
    /// @param place written before the payload as a `short`; below 0: nothing is
    /// @param share in quarters of the ring, 1..4
    /// @return false when it does not fit (or is longer than [#longest])
    public boolean offer(byte type, int place, long nanos, long arrived, byte[] from, int begin, int end, int share) {
        int payload = end - begin + (place < 0 ? 0 : Short.BYTES);
        if (payload > longest()) {
            return false;
        }
        writing.lock();
        try {
            int at = claim(payload, share);
            if (at < 0) {
                return false;
            }
            int to = header(at, type, nanos, arrived, payload);
            if (place >= 0) {
                data.putShort(to, (short) place);
                to += Short.BYTES;
            }
            System.arraycopy(from, begin, bytes, to, end - begin);
            tail = next;
        } finally {
            writing.unlock();
        }
        wake();
        return true;
    }

    /// Puts a record behind the others, waiting for room as long as it takes.
    ///
    /// @return false when the ring was closed meanwhile, or the payload is longer than [#longest]
    public boolean put(byte type, long nanos, long arrived, byte[] from, int begin, int end) {
        if (end - begin > longest()) {
            return false;
        }
        while (!closed) {
            if (offer(type, -1, nanos, arrived, from, begin, end, 4)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    /// Where a record of so many bytes goes, or -1; [#next] is then the place behind it.
    private int claim(int payload, int share) {
        long from = tail;
        int length = (HEADER + payload + ALIGNMENT - 1) & -ALIGNMENT;
        int at = (int) (from & mask);
        int left = bytes.length - at;
        int skipped = left < length ? left : 0;
        if (from + skipped + length - head > (long) bytes.length / 4 * share) {
            return -1;
        }
        if (skipped > 0) {
            data.putInt(at, SKIP);
            at = 0;
        }
        next = from + skipped + length;
        return at;
    }

    private int header(int at, byte type, long nanos, long arrived, int payload) {
        data.putInt(at, payload);
        data.putInt(at + 4, type);
        data.putLong(at + 8, nanos);
        data.putLong(at + 16, arrived);
        return at + HEADER;
    }

    private void wake() {
        Thread waiting = parked;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// Is handed one record.
    @FunctionalInterface
    public interface Reader {
        /// @param bytes the ring's own: read `begin..end` during the call, keep and change nothing
        void on(byte type, long nanos, long arrived, byte[] bytes, int begin, int end);
    }

    /// Hands the oldest record to the reader; false when there is none. The loop's thread alone.
    public boolean poll(Reader reader) {
        long from = head;
        if (from == tail) {
            return false;
        }
        int at = (int) (from & mask);
        if (data.getInt(at) == SKIP) {
            from += bytes.length - at;
            at = 0;
        }
        int payload = data.getInt(at);
        try {
            reader.on(
                    (byte) data.getInt(at + 4),
                    data.getLong(at + 8),
                    data.getLong(at + 16),
                    bytes,
                    at + HEADER,
                    at + HEADER + payload);
        } finally {
            head = from + ((HEADER + payload + ALIGNMENT - 1) & -ALIGNMENT);
        }
        return true;
    }

    /// Waits until a record comes, at most so long. The loop's thread alone.
    public void await(long nanos) {
        parked = Thread.currentThread();
        if (head == tail && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = null;
    }

    /// Whether nothing waits.
    public boolean isEmpty() {
        return head == tail;
    }

    /// Bytes that wait, headers included.
    public long waiting() {
        return tail - head;
    }

    /// Lets nobody wait any more.
    public void close() {
        closed = true;
        wake();
    }
}
