package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real JVM that appends as fast as it can is killed with SIGKILL: every record it acknowledged is there.
class KilledWriterTest {
    @TempDir
    Path folder;

    /// The child: appends numbered records from two threads and prints each number after `append` returned.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws Exception {
            RecordLog log = RecordLog.open(Path.of(args[0]), RecordLogTest.SMALL);
            for (int w = 0; w < 2; w++) {
                int writer = w;
                Thread.ofPlatform().start(() -> {
                    for (long i = 0; ; i++) {
                        long position = log.append(
                                (byte) writer, i, ByteBuffer.allocate(500).putLong(0, i));
                        synchronized (System.out) {
                            System.out.println(position + " " + writer + " " + i);
                        }
                    }
                });
            }
        }
    }

    @Test
    void everyAcknowledgedRecordOutlivesKillMinusNine() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> acknowledged = new ArrayList<>();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
                int killAt = 3000 + 1111 * round;
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    acknowledged.add(line);
                    if (acknowledged.size() == killAt) {
                        // by its handle, because Process.destroyForcibly would close the pipe we still read
                        child.toHandle().destroyForcibly();
                    }
                }
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(3000);
            try (RecordLog log = RecordLog.open(folder, RecordLogTest.SMALL)) {
                for (String line : acknowledged.subList(0, acknowledged.size() - 1)) {
                    String[] parts = line.split(" ", -1);
                    LogRecord record = log.read(Long.parseLong(parts[0]));
                    assertThat(record.type()).isEqualTo(Byte.parseByte(parts[1]));
                    assertThat(record.payload().getLong(0)).isEqualTo(Long.parseLong(parts[2]));
                }
                assertThat(log.recovery().cutBytes()).isLessThan(2 * Segment.bytesFor(500));
            }
        }
    }
}
