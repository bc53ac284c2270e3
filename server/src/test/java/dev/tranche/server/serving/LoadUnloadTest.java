package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.VersionName;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.server.Examples;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.RawRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loading, answering and unloading again and again, with real models: heap and native memory stay as they
/// are.
class LoadUnloadTest {
    private static final List<String> NAMES = List.of(Examples.SCORECARD, Examples.XGB);
    private static final long MIB = 1 << 20;

    private final Examples examples = new Examples();
    private final Artifacts artifacts = examples.artifacts();
    private final RouteTable table = RouteTable.create();
    private final DecisionJournal journal;
    private final Serving serving;
    private long epoch;

    LoadUnloadTest(@TempDir Path folder) throws Exception {
        journal = DecisionJournal.open(
                folder.resolve("journal"), LogSettings.of(Durability.WRITTEN).withSegmentBytes(1 << 20), 1);
        serving = Serving.over(journal, Durability.WRITTEN, Pool.of(new LaneLimits(2, 100, 16)), Faults.of(false));
    }

    @AfterEach
    void close() {
        serving.close();
        journal.close();
    }

    /// Loads a version, puts it in force in place of the one before, and asks it.
    private void cycle() throws Exception {
        String name = NAMES.get((int) (epoch % NAMES.size()));
        LoadedVersion version = artifacts.load(VersionName.parse(name), examples.digest(name));
        assertThat(table.swap(Route.of("consumer_apply", ++epoch, version, null, null, null, List.of())))
                .isTrue();
        version.close();
        Route route = Objects.requireNonNull(table.route("consumer_apply"));
        RawRow row = RawRow.of(route.layout());
        CompletableFuture<Served> served = new CompletableFuture<>();
        serving.decide(
                new Question(route, row, "u", "L", "", null, false, System.nanoTime(), 1_760_000_000_000_000L),
                served::complete);
        assertThat(served.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Memory of the process beside the heap: what is resident, less what the heap has of it at most.
    private static long resident() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    private void cycles(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            cycle();
            assertThat(artifacts.census().models())
                    .as("only what is in force is in memory")
                    .isEqualTo(1);
        }
    }

    private void nothingStays() {
        table.clear();
        Artifacts.Census census = artifacts.census();
        assertThat(census).isEqualTo(new Artifacts.Census(0, 0, 0, epoch, epoch, 0));
    }

    @Test
    void aFewHundredCyclesLeaveTheHeapAsItWas() throws Exception {
        cycles(40);
        long before = heap();
        cycles(160);
        assertThat(heap() - before).as("bytes that 160 cycles left behind").isLessThan(2 * MIB);
        nothingStays();
    }

    @Test
    @Tag("long")
    void tenThousandCyclesLeaveHeapAndNativeMemoryAsTheyWere() throws Exception {
        cycles(2000);
        long heap = heap();
        long resident = resident();
        cycles(8000);
        long moreHeap = heap() - heap;
        long moreResident = resident() - resident;
        System.out.printf(
                "10000 cycles: heap %+d bytes, resident memory %+d bytes after the first 2000%n",
                moreHeap, moreResident);
        assertThat(moreHeap).as("bytes of heap that 8000 cycles left behind").isLessThan(4 * MIB);
        assertThat(moreResident)
                .as("bytes of memory that 8000 cycles left behind")
                .isLessThan(64 * MIB);
        nothingStays();
    }
}
