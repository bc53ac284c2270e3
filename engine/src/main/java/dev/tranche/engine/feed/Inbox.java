package dev.tranche.engine.feed;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What has arrived and waits for the stream's one worker: bounded, so that a slow worker costs messages
/// and not memory. Any number of writers, one reader.
///
/// A file waits while the inbox is full. A venue cannot wait: what does not fit is dropped and counted,
/// and the reader is told by an `Arrival.Broken` before it gets anything that came later.
public final class Inbox {
    private final BlockingQueue<Arrival> waiting;
    private final int capacity;
    private final AtomicLong dropped = new AtomicLong();
    private long told;

    private Inbox(int capacity) {
        this.capacity = capacity;
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    /// An empty inbox.
    ///
    /// @param capacity most arrivals that may wait, at least 1
    public static Inbox of(int capacity) {
        return new Inbox(capacity);
    }

    /// Puts `arrival` behind the others, waiting while the inbox is full.
    public void put(Arrival arrival) throws InterruptedException {
        waiting.put(arrival);
    }

    /// Puts `arrival` behind the others, or drops it when the inbox is full.
    public void offer(Arrival arrival) {
        if (!waiting.offer(arrival)) {
            dropped.incrementAndGet();
        }
    }

    /// The next arrival, waiting up to `millis` milliseconds for one; null when none came.
    public @Nullable Arrival take(long millis, long nowNanos) throws InterruptedException {
        long lost = dropped.get();
        if (lost != told) {
            // Everything that waits came before what was dropped or around it: none of it can be trusted to be whole.
            long count = lost - told;
            told = lost;
            waiting.clear();
            return new Arrival.Broken(
                    count + " messages were dropped because " + capacity + " waited already", nowNanos);
        }
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }

    /// How many wait.
    public int size() {
        return waiting.size();
    }

    /// How many were dropped so far.
    public long dropped() {
        return dropped.get();
    }
}
