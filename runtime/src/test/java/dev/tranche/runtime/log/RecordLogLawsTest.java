package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.Trials;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogLawsTest {
    @TempDir
    Path parent;

    private static byte[] bytes(SplittableRandom random, int atMost) {
        byte[] bytes = new byte[random.nextInt(atMost + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void theLogIsTheListOfWhatWasAppendedThroughReopeningsAndTornTails() throws Exception {
        Trials.run(30, random -> {
            Path folder = Files.createTempDirectory(parent, "law");
            TreeMap<Long, byte[]> expected = new TreeMap<>();
            for (int opening = 0; opening < 4; opening++) {
                try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
                    for (int i = random.nextInt(400); i > 0; i--) {
                        byte[] payload = bytes(random, random.nextInt(10) == 0 ? 16_000 : 300);
                        ByteBuffer given = ByteBuffer.allocateDirect(payload.length + 5);
                        given.put(3, payload).position(3).limit(3 + payload.length);
                        long position =
                                log.append((byte) payload.length, i, random.nextBoolean() ? given : wrapped(payload));
                        assertThat(given.position()).isEqualTo(3);
                        expected.put(position, payload);
                    }
                    List<Long> order = new ArrayList<>();
                    Cursor cursor = log.cursor(log.start());
                    cursor.next().ifPresent(record -> check(order, record, expected));
                    while (order.size() < expected.size()) {
                        check(order, cursor.next().orElseThrow(), expected);
                    }
                    assertThat(cursor.next()).isEmpty();
                    assertThat(order).containsExactlyElementsOf(expected.keySet());
                }
                if (!expected.isEmpty() && random.nextBoolean()) {
                    tearLast(folder, expected, random);
                }
            }
        });
    }

    private static ByteBuffer wrapped(byte[] payload) {
        byte[] wider = new byte[payload.length + 9];
        System.arraycopy(payload, 0, wider, 4, payload.length);
        return ByteBuffer.wrap(wider, 4, payload.length).slice();
    }

    private static void check(List<Long> order, LogRecord record, Map<Long, byte[]> expected) {
        order.add(record.position());
        assertThat(record.bytes()).isEqualTo(expected.get(record.position()));
    }

    private static void tearLast(Path folder, NavigableMap<Long, byte[]> expected, SplittableRandom random)
            throws Exception {
        Map.Entry<Long, byte[]> lost = expected.pollLastEntry();
        long last = lost.getKey();
        Path segment = RecordLogTest.segments(folder).stream()
                .filter(file -> base(file) <= last)
                .reduce((a, b) -> b)
                .orElseThrow();
        byte[] image = Files.readAllBytes(segment);
        int at = (int) (last - base(segment)) + random.nextInt(Segment.RECORD_HEADER + lost.getValue().length);
        image[at] ^= (byte) (1 + random.nextInt(255));
        Files.write(segment, image);
    }

    private static long base(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 16), 16);
    }

    @Test
    void concurrentAppendersGetDistinctPositionsAndLoseNothing() throws Exception {
        Path folder = Files.createTempDirectory(parent, "many");
        Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
        LogSettings synced = LogSettings.of(Durability.SYNCED).withSegmentBytes(64 << 10);
        int writers = 6;
        int each = 400;
        try (RecordLog log = RecordLog.open(folder, synced)) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            for (int w = 0; w < writers; w++) {
                long writer = w;
                threads.add(Thread.ofVirtual()
                        .uncaughtExceptionHandler((t, e) -> failures.add(e))
                        .start(() -> {
                            for (int i = 0; i < each; i++) {
                                long value = writer * each + i;
                                acknowledged.put(
                                        log.append(
                                                (byte) writer,
                                                i,
                                                ByteBuffer.allocate(200).putLong(0, value)),
                                        value);
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
        assertThat(acknowledged).hasSize(writers * each);
        try (RecordLog log = RecordLog.open(folder, synced)) {
            acknowledged.forEach((position, value) ->
                    assertThat(log.read(position).payload().getLong(0)).isEqualTo(value));
        }
    }
}
