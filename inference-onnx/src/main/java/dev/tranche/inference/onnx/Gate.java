package dev.tranche.inference.onnx;

import java.util.concurrent.atomic.AtomicLong;

/// Lets calls in until it is closed, and closes what is behind it when the last of them is out: by whoever
/// leaves last, exactly once. Nobody waits. Thread-safe, without locks.
final class Gate {
    private static final long CLOSED = 1L << 62;

    private final AtomicLong inside = new AtomicLong();
    private final Runnable closer;

    Gate(Runnable closer) {
        this.closer = closer;
    }

    /// Goes in; to be followed by [#leave()].
    ///
    /// @throws IllegalStateException when the gate is closed
    void enter() {
        long now = inside.get();
        while ((now & CLOSED) == 0) {
            if (inside.compareAndSet(now, now + 1)) {
                return;
            }
            now = inside.get();
        }
        throw new IllegalStateException("the model is closed: it was unloaded and answers no more");
    }

    /// Goes out.
    void leave() {
        if (inside.decrementAndGet() == CLOSED) {
            closer.run();
        }
    }

    /// Lets nobody in from now on. Closing twice changes nothing.
    void close() {
        long before = inside.getAndUpdate(now -> now | CLOSED);
        if (before == 0) {
            closer.run();
        }
    }

    /// How many are inside.
    long inside() {
        return inside.get() & ~CLOSED;
    }
}
