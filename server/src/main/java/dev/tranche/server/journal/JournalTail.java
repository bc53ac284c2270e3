package dev.tranche.server.journal;

import dev.tranche.runtime.log.CorruptRecordException;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the journal behind the writers, in order and once each, and hands every record to the folds. One
/// thread reads; nothing that serves waits for it.
public final class JournalTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);

    /// How long one wait for a new record lasts before the tail looks whether it should stop.
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /// Something that is counted or indexed record by record.
    @FunctionalInterface
    public interface Fold {
        /// Takes the next record. Called from one thread.
        ///
        /// @param position the record's position in the journal
        void take(long position, JournalRecord journalRecord);
    }

    private final DecisionJournal journal;
    private final List<Fold> folds;
    private final AtomicLong folded;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long aliveNanos = System.nanoTime();

    private JournalTail(DecisionJournal journal, long from, List<Fold> folds) {
        this.journal = journal;
        this.folds = List.copyOf(folds);
        this.folded = new AtomicLong(from);
        this.thread = Thread.ofPlatform().name("journal-tail").daemon().unstarted(this::run);
    }

    /// Starts to read from a position on.
    public static JournalTail start(DecisionJournal journal, long from, Fold... folds) {
        JournalTail tail = new JournalTail(journal, Math.max(from, journal.start()), List.of(folds));
        tail.thread.start();
        return tail;
    }

    private void run() {
        Cursor cursor = journal.cursor(folded.get());
        while (!stopping) {
            try {
                Optional<LogRecord> next = cursor.await(PATIENCE);
                if (next.isPresent()) {
                    take(next.get());
                    folded.set(cursor.position());
                }
                if (next.isEmpty() || folded.get() >= journal.end()) {
                    aliveNanos = System.nanoTime();
                    synchronized (folded) {
                        folded.notifyAll();
                    }
                }
            } catch (CorruptRecordException e) {
                LOG.error("the journal is damaged at {}; reading goes on at {}", e.position(), e.resumeAt(), e);
                cursor.seek(e.resumeAt());
                folded.set(e.resumeAt());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void take(LogRecord found) {
        try {
            JournalRecord journalRecord = journal.read(found);
            for (Fold fold : folds) {
                fold.take(found.position(), journalRecord);
            }
        } catch (RuntimeException e) {
            LOG.error("the record at {} could not be counted", found.position(), e);
        }
    }

    /// Position behind the last record taken.
    public long position() {
        return folded.get();
    }

    /// How long ago the tail last stood at the end of the journal.
    public Duration lag() {
        return Duration.ofNanos(System.nanoTime() - aliveNanos);
    }

    /// Waits until everything before a position was taken.
    ///
    /// @return false when it was not within the limit
    public boolean await(long position, Duration limit) throws InterruptedException {
        long due = System.nanoTime() + limit.toNanos();
        synchronized (folded) {
            while (folded.get() < position) {
                long left = due - System.nanoTime();
                if (left <= 0 || stopping) {
                    return false;
                }
                folded.wait(Math.min(20, left / 1_000_000 + 1));
            }
        }
        return true;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
