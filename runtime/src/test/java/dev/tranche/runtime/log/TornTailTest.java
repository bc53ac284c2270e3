package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    /// 20 bytes of header and 44 of payload: no padding, so every byte of the record is under its checksum.
    private static final int PAYLOAD = 44;

    @TempDir
    Path folder;

    private byte[] image(List<Long> positions) throws Exception {
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            for (int i = 0; i < 5; i++) {
                ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
                for (int b = 0; b < PAYLOAD; b++) {
                    payload.put(b, (byte) (i * 31 + b + 1));
                }
                positions.add(log.append((byte) (i + 1), -1 - i, payload));
            }
        }
        return Files.readAllBytes(RecordLogTest.segments(folder).getFirst());
    }

    private Recovery reopened(byte[] bytes, int whole) throws Exception {
        Files.write(RecordLogTest.segments(folder).getFirst(), bytes);
        Recovery recovery;
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            recovery = log.recovery();
            assertThat(RecordLogTest.all(log)).hasSize(whole);
            long position = log.append((byte) 9, 9, ByteBuffer.allocate(8));
            assertThat(log.read(position).type()).isEqualTo((byte) 9);
        }
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            assertThat(log.recovery().clean()).isTrue();
            assertThat(RecordLogTest.all(log)).hasSize(whole + 1);
        }
        return recovery;
    }

    @Test
    void cuttingTheLastRecordAtAnyByteLosesOnlyThatRecord() throws Exception {
        List<Long> positions = new ArrayList<>();
        byte[] whole = image(positions);
        int last = positions.getLast().intValue();
        for (int kept = 0; kept < Segment.RECORD_HEADER + PAYLOAD; kept++) {
            byte[] torn = whole.clone();
            for (int b = last + kept; b < last + Segment.RECORD_HEADER + PAYLOAD; b++) {
                torn[b] = 0;
            }
            Recovery recovery = reopened(torn, 4);
            assertThat(recovery.cutAt()).isEqualTo(last);
            assertThat(recovery.clean()).isEqualTo(kept == 0);
        }
    }

    @Test
    void aFlippedBitInAnyByteOfTheLastRecordCutsItAndKeepsTheBytes() throws Exception {
        List<Long> positions = new ArrayList<>();
        byte[] whole = image(positions);
        int last = positions.getLast().intValue();
        for (int b = last; b < last + Segment.RECORD_HEADER + PAYLOAD; b++) {
            byte[] flipped = whole.clone();
            flipped[b] ^= (byte) (1 << (b % 8));
            Recovery recovery = reopened(flipped, 4);
            assertThat(recovery.cutAt()).isEqualTo(last);
            assertThat(recovery.cutReason()).isNotEmpty();
            byte[] kept = Files.readAllBytes(recovery.cutKept().orElseThrow());
            assertThat(kept).hasSize((int) recovery.cutBytes());
            assertThat(kept[b - last]).isEqualTo(flipped[b]);
        }
    }

    @Test
    void aDamagedRecordInTheMiddleOfTheTailCutsEverythingBehindItAndSaysHowMuch() throws Exception {
        List<Long> positions = new ArrayList<>();
        byte[] bytes = image(positions);
        bytes[positions.get(1).intValue() + 30] ^= 1;
        Recovery recovery = reopened(bytes, 1);
        assertThat(recovery.cutAt()).isEqualTo(positions.get(1));
        assertThat(recovery.cutBytes()).isEqualTo(4L * (Segment.RECORD_HEADER + PAYLOAD));
    }

    @Test
    void bytesBehindAnEmptyPlaceAreCutToo() throws Exception {
        List<Long> positions = new ArrayList<>();
        byte[] bytes = image(positions);
        bytes[60_000] = 5;
        Recovery recovery = reopened(bytes, 5);
        assertThat(recovery.cutReason()).contains("behind the end");
    }

    @Test
    void damageInAnOldSegmentIsReportedToTheReaderWhoGoesOnBehindIt() throws Exception {
        long damaged = 0;
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            for (int i = 0; i < 1500; i++) {
                long position = log.append((byte) 1, i, ByteBuffer.allocate(100));
                damaged = i == 10 ? position : damaged;
            }
        }
        Path oldest = RecordLogTest.segments(folder).getFirst();
        byte[] bytes = Files.readAllBytes(oldest);
        bytes[(int) damaged + 40] ^= 1;
        Files.write(oldest, bytes);
        try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
            assertThat(log.recovery().clean()).isTrue();
            Cursor cursor = log.cursor(log.start());
            int read = 0;
            List<Long> broken = new ArrayList<>();
            boolean more = true;
            while (more) {
                try {
                    more = cursor.next().isPresent();
                    read += more ? 1 : 0;
                } catch (CorruptRecordException e) {
                    broken.add(e.position());
                    cursor.seek(e.resumeAt());
                }
            }
            assertThat(broken).containsExactly(damaged);
            assertThat(read).isGreaterThan(900);
        }
    }
}
