package dev.tranche.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A real embedded PostgreSQL for a test, and the ways to hurt it.
final class StoreFixture {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private StoreFixture() {}

    static Store up(Path folder, MigrationSet... sets) throws InterruptedException {
        Store store =
                Store.start(StoreSettings.of(new StorePlace.Embedded(folder)).with(sets));
        try {
            store.awaitUp(LIMIT);
        } catch (StoreUnavailableException e) {
            store.close();
            throw e;
        }
        return store;
    }

    static ProcessHandle postmaster(Path folder) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
    }

    /// Whether another postmaster than this one runs on the folder.
    static boolean runs(Path folder, long otherThan) throws IOException {
        Path file = folder.resolve("data/postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return !lines.isEmpty() && Long.parseLong(lines.getFirst()) != otherThan;
    }

    /// SIGKILL to the postmaster; its children end by themselves when they notice.
    static void kill(Path folder) throws Exception {
        ProcessHandle process = postmaster(folder);
        process.destroyForcibly();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
