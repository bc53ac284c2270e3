package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real disk that is really full: a tmpfs of 1 MiB, which only root may mount.
class FullDiskTest {
    @TempDir
    Path parent;

    private Path disk;
    private boolean mounted;

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(parent.resolve("disk"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mount")), "needs /usr/bin/mount to make a small disk");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
        assumeTrue(mounted, "needs the right to mount a tmpfs (root) to fill a disk");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    @Test
    void aFullDiskRefusesBeforeAnythingIsClaimedAndTheLogHealsWhenSpaceReturns() throws Exception {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[400 << 10]);
        try (RecordLog log = RecordLog.open(disk.resolve("log"), RecordLogTest.SMALL)) {
            int appended = 0;
            LogFullException full = null;
            while (full == null) {
                try {
                    log.append((byte) 1, appended, ByteBuffer.allocate(1000));
                    appended++;
                } catch (LogFullException e) {
                    full = e;
                }
            }
            assertThat(full.getMessage()).contains("65536");
            assertThat(full.freeBytes()).isLessThan(65536);
            assertThat(log.full()).isTrue();
            assertThat(appended).isGreaterThan(400);
            assertThat(RecordLogTest.all(log)).hasSize(appended);
            assertThatThrownBy(() -> log.append((byte) 1, 1, ByteBuffer.allocate(1000)))
                    .isInstanceOf(LogFullException.class);

            Files.delete(ballast);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (log.full() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(2_000_000);
            }
            log.append((byte) 1, appended, ByteBuffer.allocate(1000));
            assertThat(RecordLogTest.all(log)).hasSize(appended + 1);
            assertThat(log.freeBytes()).isGreaterThan(0);
        }
    }

    @Test
    void droppingOldRecordsMakesRoomToo() throws Exception {
        try (RecordLog log = RecordLog.open(disk.resolve("log"), RecordLogTest.SMALL)) {
            long last = 0;
            boolean full = false;
            while (!full) {
                try {
                    last = log.append((byte) 1, 1, ByteBuffer.allocate(5000));
                } catch (LogFullException e) {
                    full = true;
                }
            }
            log.dropBefore(last);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (log.full() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(2_000_000);
            }
            assertThat(log.append((byte) 1, 1, ByteBuffer.allocate(5000))).isGreaterThan(last);
        }
    }

    @Test
    void anewLogOnAFullDiskIsRefusedWithTheReason() throws Exception {
        Files.write(disk.resolve("ballast"), new byte[1000 << 10]);
        assertThatThrownBy(() -> RecordLog.open(disk.resolve("log"), RecordLogTest.SMALL))
                .isInstanceOf(LogFullException.class);
    }
}
