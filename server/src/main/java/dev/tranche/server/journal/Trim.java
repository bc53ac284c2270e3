package dev.tranche.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops the oldest segments of the decision journal: those that the [Retention] gives up, and of them only
/// what was copied to the archive and what neither the windows of the last day nor a running rollout or
/// experiment is counted from. Thread-safe.
public final class Trim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trim.class);
    private static final long BEAT_SECONDS = 10;

    /// Records of one moment may lie a little out of order.
    private static final long SLACK_SECONDS = 60;

    private final DecisionJournal journal;
    private final Shipping shipping;
    private final JournalTail tail;
    private final Windows windows;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("trim").factory());
    private final ScheduledFuture<?> beat;
    private volatile Retention retention;

    private Trim(
            DecisionJournal journal,
            Shipping shipping,
            JournalTail tail,
            Windows windows,
            Retention retention,
            InstantSource clock) {
        this.journal = journal;
        this.shipping = shipping;
        this.tail = tail;
        this.windows = windows;
        this.retention = retention;
        this.beat =
                timer.scheduleWithFixedDelay(() -> beat(clock.instant()), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /// Starts to look every ten seconds.
    public static Trim start(
            DecisionJournal journal,
            Shipping shipping,
            JournalTail tail,
            Windows windows,
            Retention retention,
            InstantSource clock) {
        return new Trim(journal, shipping, tail, windows, retention, clock);
    }

    /// Another retention from now on.
    public void keep(Retention other) {
        retention = other;
    }

    private void beat(Instant now) {
        try {
            sweep(now);
        } catch (RuntimeException e) {
            LOG.error("old segments of the journal could not be dropped", e);
        }
    }

    /// Drops what may be dropped now.
    ///
    /// @return position of the oldest record that is still kept
    /// @throws UncheckedIOException when a segment cannot be deleted
    public synchronized long sweep(Instant now) {
        long start = journal.start();
        long upTo = droppable(start, now);
        if (upTo > start) {
            try {
                journal.dropBefore(upTo);
            } catch (IOException e) {
                throw new UncheckedIOException("the journal's segments before " + upTo + " cannot be deleted", e);
            }
            LOG.info("the journal dropped its records before {}; the archive has them", journal.start());
        }
        return journal.start();
    }

    private long droppable(long start, Instant now) {
        Retention kept = retention;
        long copied = Math.min(shipping.position(), tail.position());
        long counted = windows.countedSince(now).getEpochSecond() - SLACK_SECONDS;
        long oldest = now.minus(kept.age()).getEpochSecond();
        long bytes = journal.diskBytes();
        long upTo = start;
        for (long boundary : journal.boundaries()) {
            if (boundary <= start) {
                continue;
            }
            boolean tooMuch = kept.maxBytes() > 0 && bytes > kept.maxBytes();
            long newest = journal.secondAt(boundary);
            boolean needed = boundary > copied || newest >= counted;
            if (needed || !(tooMuch || newest < oldest)) {
                return upTo;
            }
            bytes -= boundary - upTo;
            upTo = boundary;
        }
        return upTo;
    }

    @Override
    public void close() {
        beat.cancel(false);
        timer.shutdownNow();
    }
}
