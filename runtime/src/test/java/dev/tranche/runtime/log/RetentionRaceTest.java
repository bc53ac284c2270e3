package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segments are unmapped under readers, forcers and appenders: nobody reads a page that is gone.
class RetentionRaceTest {
    private static final int RECORDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void readersGoOnWhileOldSegmentsAreUnmapped() throws Exception {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        AtomicLong newest = new AtomicLong();
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            List<Thread> threads = new ArrayList<>();
            threads.add(start(failures, () -> {
                for (int i = 0; i < RECORDS; i++) {
                    newest.set(log.append((byte) 1, i, ByteBuffer.allocate(200).putInt(0, i)));
                }
            }));
            for (int r = 0; r < 2; r++) {
                threads.add(start(failures, () -> follow(log)));
            }
            threads.add(start(failures, () -> {
                while (threads.getFirst().isAlive()) {
                    log.dropBefore(newest.get() - (200 << 10));
                    log.find(newest.get() / 2);
                    log.force();
                }
            }));
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            log.dropBefore(newest.get() - (200 << 10)); // whoever dropped may have been asleep at the end
            assertThat(log.diskBytes()).isLessThan(1 << 20);
        }
    }

    /// Reads to the last record; what was dropped ahead of the reader is skipped, what is read is in order.
    private static void follow(RecordLog log) throws Exception {
        Cursor cursor = log.cursor(log.start());
        int last = -1;
        while (last < RECORDS - 1) {
            Optional<LogRecord> record = cursor.await(Duration.ofSeconds(20));
            int number = record.orElseThrow().payload().getInt(0);
            assertThat(number).isGreaterThan(last);
            last = number;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static Thread start(List<Throwable> failures, Step step) {
        return Thread.ofPlatform().start(() -> {
            try {
                step.run();
            } catch (Exception | AssertionError e) {
                failures.add(e);
            }
        });
    }
}
