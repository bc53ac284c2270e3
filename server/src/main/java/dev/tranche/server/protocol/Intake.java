package dev.tranche.server.protocol;

import dev.tranche.server.protocol.ProtocolException.Kind;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds what bodies of tensors may take in memory: each one, and all that are being read or answered
/// together. Thread-safe.
public final class Intake {
    /// Largest body of one request, also after it was inflated.
    public static final int BODY_LIMIT = 16 << 20;

    private static final long TOGETHER_LEAST = 64L << 20;

    private final long together;
    private final AtomicLong taken = new AtomicLong();

    private Intake(long together) {
        this.together = together;
    }

    /// An intake for a heap of a size: an eighth of it, at least 64 MiB.
    ///
    /// @param heapBytes greatest size of the heap
    static Intake of(long heapBytes) {
        return new Intake(Math.max(TOGETHER_LEAST, heapBytes / 8));
    }

    /// One body; its room is given back by [#close()].
    public final class Body implements AutoCloseable {
        private long bytes;
        private boolean closed;

        private Body() {}

        /// Takes room for more bytes of it.
        ///
        /// @throws ProtocolException when it is larger than is taken, or too much is being read already
        public synchronized void take(int more) {
            if (bytes + more > BODY_LIMIT) {
                throw ProtocolException.of(
                        Kind.TOO_LARGE, "the body is larger than the " + BODY_LIMIT + " bytes that are taken");
            }
            if (taken.get() + more > together) {
                throw ProtocolException.of(
                        Kind.UNAVAILABLE,
                        "bodies of " + together + " bytes together are being read and answered already; try again");
            }
            if (!closed) {
                bytes += more;
                taken.addAndGet(more);
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                taken.addAndGet(-bytes);
            }
        }
    }

    /// A body that is about to be read.
    public Body body() {
        return new Body();
    }

    /// Bytes of bodies that are being read or answered.
    public long taken() {
        return taken.get();
    }
}
