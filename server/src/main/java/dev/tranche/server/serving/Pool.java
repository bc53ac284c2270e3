package dev.tranche.server.serving;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The bounded pool of versions that are too slow for the event loop.
public final class Pool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final int queue;

    private Pool(int size, int queue) {
        this.queue = queue;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name("models-", 1).factory(),
                (_, _) -> {
                    throw new RejectedExecutionException(
                            "the queue of slow models is full: " + queue + " requests wait already");
                });
    }

    /// A pool.
    ///
    /// @param size number of threads, 1..256
    /// @param queue how many requests may wait, 1..100000
    public static Pool of(int size, int queue) {
        if (size < 1 || size > 256) {
            throw new IllegalArgumentException("size must be within 1..256: " + size);
        }
        if (queue < 1 || queue > 100_000) {
            throw new IllegalArgumentException("queue must be within 1..100000: " + queue);
        }
        return new Pool(size, queue);
    }

    /// @throws RejectedExecutionException when the queue is full
    void execute(Runnable task) {
        threads.execute(task);
    }

    /// How many requests wait.
    public int waiting() {
        return threads.getQueue().size();
    }

    /// How many may wait.
    public int capacity() {
        return queue;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
