package dev.tranche.bench.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tranche.bench.Report;
import dev.tranche.bench.serve.SubjectModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts of `tranche bench life` against a server of the test; the whole runs under `./tranche test
/// --all`.
class LifePartsTest {
    private static final int TREES = 2;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = Report.open("life", true, new PrintStream(printed, true, StandardCharsets.UTF_8));

    /// A launcher that writes down what it was asked.
    private static void launcher(Path root) throws Exception {
        Path file = Files.writeString(root.resolve("tranche"), "#!/bin/sh\necho \"$1 $2\" >>\"$0.said\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void batchesAskForEveryRowAndAScoreThatIsMissingIsNotRight(@TempDir Path work) throws Exception {
        SubjectModel model = SubjectModel.make(work, TREES);
        try (FakeServer server = FakeServer.of(model);
                Asker asker = new Asker(server.contender())) {
            Batches batches = new Batches(model, work);
            assertThat(Batches.right(batches.worst(asker, 100))).isTrue();
            assertThat(Batches.right(batches.worst(asker, 1000))).isTrue();
            server.forget(Files.readAllLines(model.requests).get(500));
            assertThat(Batches.right(batches.worst(asker, 1000))).isFalse();
        }
    }

    @Test
    void versionsAreSwappedUnderLoadAndEveryRefusedRequestIsCounted(@TempDir Path work) throws Exception {
        SubjectModel model = SubjectModel.make(work, TREES);
        launcher(work);
        try (FakeServer server = FakeServer.of(model);
                Asker asker = new Asker(server.contender())) {
            Swaps swaps = new Swaps(work, work, model);
            assertThat(swaps.measure(report, server.contender(), asker, 2, 0, 200))
                    .isTrue();
            assertThat(server.scored.get()).isPositive();
            assertThat(Files.readString(work.resolve("tranche.said")))
                    .contains("register " + work.resolve("bench_xgb_v2.0"), "bench_xgb_v3.0");
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("2 swaps, 1 back", "ms p99", "failed requests", "p99 while swapping");

            server.scoreStatus = 503;
            Path again = Files.createDirectory(work.resolve("again"));
            assertThat(new Swaps(work, again, model).measure(report, server.contender(), asker, 1, 0, 200))
                    .isFalse();
        }
    }

    @Test
    void aSwapThatDoesNotEndWellStopsTheMeasurement(@TempDir Path work) throws Exception {
        SubjectModel model = SubjectModel.make(work, TREES);
        launcher(work);
        try (FakeServer server = FakeServer.of(model);
                Asker asker = new Asker(server.contender())) {
            server.end = "ABORTED";
            assertThatIOException()
                    .isThrownBy(
                            () -> new Swaps(work, work, model).measure(report, server.contender(), asker, 1, 0, 100))
                    .withMessageContaining("the rollout is not COMPLETED")
                    .withMessageContaining("ABORTED");
            assertThat(asker.status("/score", "{}")).isEqualTo(200);
        }
    }
}
