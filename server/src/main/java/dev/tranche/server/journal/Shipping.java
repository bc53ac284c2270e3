package dev.tranche.server.journal;

import dev.tranche.runtime.log.CorruptRecordException;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.store.StoreException;
import dev.tranche.runtime.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the journal into the [Archive] behind everybody's back: in batches, from the mark that the archive
/// keeps, at least once with ids that make a second copy harmless. While the database is away it waits and
/// then goes on where it was. It takes at most a fifth of a core, because copies can be late and answers
/// cannot.
public final class Shipping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shipping.class);
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long OUTAGE_NANOS = 1_000_000_000L;

    /// For every second of work, four of rest.
    private static final int REST = 4;

    private final DecisionJournal journal;
    private final Archive archive;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long position = -1;

    private Shipping(DecisionJournal journal, Archive archive) {
        this.journal = journal;
        this.archive = archive;
        this.thread = Thread.ofPlatform().name("shipping").daemon().unstarted(this::run);
    }

    /// Starts to copy.
    public static Shipping start(DecisionJournal journal, Archive archive) {
        Shipping shipping = new Shipping(journal, archive);
        shipping.thread.start();
        return shipping;
    }

    private void run() {
        boolean away = false;
        while (!stopping) {
            try {
                if (position < 0) {
                    position = Math.max(archive.shipped(journal.node()), journal.start());
                }
                long begun = System.nanoTime();
                if (batch()) {
                    rest((System.nanoTime() - begun) * REST);
                }
                away = false;
            } catch (StoreUnavailableException e) {
                if (!away) {
                    LOG.info("decisions are not copied while the database is away: {}", e.getMessage());
                }
                away = true;
                position = -1;
                rest(OUTAGE_NANOS);
            } catch (StoreException e) {
                LOG.error("decisions could not be copied; the same batch is tried again", e);
                position = -1;
                rest(OUTAGE_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void rest(long nanos) {
        long until = System.nanoTime() + nanos;
        while (!stopping && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(Math.min(20_000_000, Math.max(1, until - System.nanoTime())));
        }
    }

    /// Copies what is there, up to a batch; false when there was nothing.
    private boolean batch() throws InterruptedException {
        Cursor cursor = journal.cursor(position);
        List<Archive.Placed> records = new ArrayList<>();
        try {
            Optional<LogRecord> next = cursor.await(PATIENCE);
            while (next.isPresent()) {
                records.add(new Archive.Placed(next.get().position(), journal.read(next.get())));
                next = records.size() < BATCH ? cursor.next() : Optional.empty();
            }
        } catch (CorruptRecordException e) {
            LOG.error("the journal is damaged at {}; copying goes on at {}", e.position(), e.resumeAt());
            cursor.seek(e.resumeAt());
        }
        if (cursor.position() == position) {
            return false;
        }
        archive.ship(journal.node(), records, cursor.position());
        position = cursor.position();
        return true;
    }

    /// Bytes of the journal that were not copied yet.
    public long lagBytes() {
        long at = position;
        return Math.max(0, journal.end() - (at < 0 ? journal.start() : at));
    }

    /// Position up to which everything was copied, -1 while that is not known.
    public long position() {
        return position;
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
