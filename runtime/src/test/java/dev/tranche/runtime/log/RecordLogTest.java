package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordLogTest {
    static final LogSettings SMALL = LogSettings.of(Durability.WRITTEN).withSegmentBytes(64 << 10);

    @TempDir
    Path folder;

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> all(RecordLog log) {
        List<String> found = new ArrayList<>();
        Cursor cursor = log.cursor(log.start());
        for (Optional<LogRecord> record = cursor.next(); record.isPresent(); record = cursor.next()) {
            found.add(new String(record.get().bytes(), StandardCharsets.UTF_8));
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatWasAppendedIsReadBackAndSurvivesReopening(Durability durability) throws Exception {
        LogSettings settings = LogSettings.of(durability).withSegmentBytes(64 << 10);
        long position;
        try (RecordLog log = RecordLog.open(folder, settings)) {
            log.append((byte) 1, 1, text("first"));
            position = log.append((byte) -7, 1_700_000_000_123_456_789L, text("second"));
            assertThat(log.read(position).type()).isEqualTo((byte) -7);
        }
        try (RecordLog log = RecordLog.open(folder, settings)) {
            assertThat(log.recovery().clean()).isTrue();
            assertThat(log.recovery().records()).isEqualTo(2);
            LogRecord record = log.read(position);
            assertThat(record.epochNanos()).isEqualTo(1_700_000_000_123_456_789L);
            assertThat(record.bytes()).isEqualTo("second".getBytes(StandardCharsets.UTF_8));
            log.append((byte) 1, 3, text("third"));
            assertThat(all(log)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void anEmptyPayloadAndTheLargestOneFitAndOneByteMoreIsRefused() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            long empty = log.append((byte) 0, 0, ByteBuffer.allocate(0));
            long largest = log.append((byte) 2, 0, ByteBuffer.allocateDirect(SMALL.maxPayload()));
            assertThat(log.read(empty).bytes()).isEmpty();
            assertThat(log.read(largest).bytes()).hasSize(SMALL.maxPayload());
            assertThatThrownBy(() -> log.append((byte) 0, 0, ByteBuffer.allocate(SMALL.maxPayload() + 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0.." + SMALL.maxPayload())
                    .hasMessageContaining(String.valueOf(SMALL.maxPayload() + 1));
        }
    }

    @Test
    void aMadeUpPositionFindsNothing() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            long first = log.append((byte) 1, 1, text("somebody's decision"));
            long second = log.append((byte) 1, 1, text("another"));
            for (long position = -10; position < log.end() + 100; position++) {
                boolean real = position == first || position == second;
                assertThat(log.find(position).isPresent()).isEqualTo(real);
            }
            assertThat(log.find(Long.MAX_VALUE)).isEmpty();
            assertThat(log.find(Long.MIN_VALUE)).isEmpty();
            assertThatThrownBy(() -> log.read(first + 8)).isInstanceOf(CorruptRecordException.class);
            assertThatThrownBy(() -> log.read(log.end())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRecordCopiedToAnotherPlaceDoesNotCheckThere() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            log.append((byte) 1, 1, text("same bytes same length"));
            log.append((byte) 1, 1, text("same bytes same length"));
        }
        Path segment = segments(folder).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        int length = (int) Segment.bytesFor("same bytes same length".length());
        System.arraycopy(bytes, Segment.HEADER, bytes, Segment.HEADER + length, length);
        Files.write(segment, bytes);
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            assertThat(log.recovery().records()).isEqualTo(1);
            assertThat(log.recovery().cutReason()).contains("checksum");
        }
    }

    @Test
    void aCursorFollowsTheTailAcrossSegmentsWhileOthersAppend() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            int total = 3000;
            CompletableFuture<List<Integer>> seen = CompletableFuture.supplyAsync(() -> {
                List<Integer> values = new ArrayList<>();
                Cursor cursor = log.cursor(log.start());
                try {
                    while (values.size() < total) {
                        cursor.await(Duration.ofSeconds(10))
                                .ifPresent(record -> values.add(record.payload().getInt(0)));
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return values;
            });
            for (int i = 0; i < total; i++) {
                log.append((byte) 1, i, ByteBuffer.allocate(100).putInt(0, i));
            }
            List<Integer> values = seen.get(20, TimeUnit.SECONDS);
            assertThat(values).isSorted().hasSize(total).doesNotHaveDuplicates();
            assertThat(segments(folder)).hasSizeGreaterThan(3);
        }
    }

    @Test
    void waitingAtTheTailEndsWithThePatienceAndWhenTheLogIsClosed() throws Exception {
        RecordLog log = RecordLog.open(folder, SMALL);
        Cursor cursor = log.cursor(log.end());
        assertThat(cursor.await(Duration.ofMillis(20))).isEmpty();
        CompletableFuture<Optional<LogRecord>> waiting = new CompletableFuture<>();
        Thread follower = Thread.ofPlatform().start(() -> {
            try {
                waiting.complete(cursor.await(Duration.ofSeconds(30)));
            } catch (InterruptedException | RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        log.close();
        follower.join(10_000);
        assertThat(waiting).isDone();
        assertThatThrownBy(() -> log.append((byte) 1, 1, text("late"))).isInstanceOf(IllegalStateException.class);
        log.close();
    }

    @Test
    void retentionDropsWholeOldSegmentsAndUnmapsTheirFiles() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            List<Long> positions = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                positions.add(log.append((byte) 1, i, ByteBuffer.allocate(200)));
            }
            int before = segments(folder).size();
            long keep = positions.get(1500);
            assertThat(log.dropBefore(keep)).isLessThanOrEqualTo(keep).isGreaterThan(positions.get(1000));
            assertThat(segments(folder)).hasSizeLessThan(before);
            assertThat(log.find(positions.getFirst())).isEmpty();
            assertThat(log.read(keep).epochNanos()).isEqualTo(1500);
            assertThat(log.cursor(0).next().orElseThrow().position()).isEqualTo(log.start());
            log.dropBefore(Long.MAX_VALUE);
            assertThat(log.read(positions.getLast()).epochNanos()).isEqualTo(1999);
        }
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            assertThat(log.start()).isGreaterThan(0);
            assertThat(log.append((byte) 1, 1, text("after"))).isGreaterThan(log.start());
        }
    }

    @Test
    void oneProcessWritesAtATime() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            assertThat(log.full()).isFalse();
            assertThatThrownBy(() -> RecordLog.open(folder, SMALL))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already has the log open");
        }
        RecordLog.open(folder, SMALL).close();
    }

    @Test
    void aFileThatIsNoSegmentIsNamedAndRefused() throws Exception {
        Files.write(folder.resolve("0000000000000000.seg"), new byte[70_000]);
        assertThatThrownBy(() -> RecordLog.open(folder, SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0000000000000000.seg");
    }

    @Test
    void largerSegmentsMayFollowSmallerOnes() throws Exception {
        try (RecordLog log = RecordLog.open(folder, SMALL)) {
            log.append((byte) 1, 1, text("small"));
        }
        LogSettings larger = SMALL.withSegmentBytes(1 << 20);
        try (RecordLog log = RecordLog.open(folder, larger)) {
            long position = log.append((byte) 1, 1, ByteBuffer.allocate(larger.maxPayload()));
            assertThat(log.read(position).bytes()).hasSize(larger.maxPayload());
            assertThat(all(log)).hasSize(2).startsWith("small");
        }
    }

    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
