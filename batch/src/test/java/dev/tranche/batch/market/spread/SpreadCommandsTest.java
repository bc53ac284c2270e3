package dev.tranche.batch.market.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.batch.market.MarketCommand;
import dev.tranche.market.Instrument;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.spread.SpreadTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SpreadCommandsTest {
    private static final Path RECORDED =
            Path.of(System.getProperty("tranche.shared", "../shared"), "data/crypto/l2_raw_hftbacktest");
    private static final Path MODEL =
            Path.of(System.getProperty("tranche.root"), "examples/market/btc_spread_xgb_v1.0");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return new CommandLine(MarketCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((broken, command, parsed) -> {
                    if (broken instanceof RefusedException) {
                        err.append(broken.getMessage());
                        return 1;
                    }
                    throw broken;
                })
                .execute(words);
    }

    private static Path recorded(String name) {
        Path file = RECORDED.resolve(name);
        assumeTrue(Files.isRegularFile(file), "skipped: " + file + " is not here");
        return file;
    }

    @Test
    void aRecordingBecomesOneLineASampleWithTheFeaturesOfTheTape() throws IOException {
        Path file = recorded("cm/ethusd_perp_20240808.gz");
        Path csv = folder.resolve("features.csv");
        assertThat(run("features", "--data", file.toString(), "--instrument", "ETHUSD_PERP", "--out", csv.toString()))
                .as(err.toString())
                .isZero();
        SpreadTape tape = SpreadFile.read(
                        dev.tranche.batch.divergence.read.Named.of(file), new Instrument("ETHUSD_PERP", 8, 8), 100)
                .tape();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(tape.size() + 1).hasSize(3_414);
        List<String> header = Arrays.asList(lines.getFirst().split(","));
        double[] moves = SpreadTarget.MOVE.of(tape, 10);
        for (int sample = 0; sample < tape.size(); sample += 97) {
            String[] cells = lines.get(sample + 1).split(",", -1);
            assertThat(cells).hasSameSizeAs(header);
            assertThat(cells[0]).isEqualTo("cm/ethusd_perp_20240808.gz");
            assertThat(cells[2]).isEqualTo(Long.toString(tape.nanos(sample)));
            for (SpreadFeature feature : SpreadFeature.values()) {
                String cell = cells[header.indexOf(feature.toString())];
                assertThat(cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                        .isEqualTo(Double.valueOf(tape.feature(sample, feature.place())));
            }
            String move = cells[header.indexOf("target_move")];
            assertThat(move).isEqualTo(Double.isNaN(moves[sample]) ? "" : Double.toString(moves[sample]));
        }
        assertThat(err.toString()).contains("1,732 trades", "CLOCK_BEHIND=1");
    }

    @Test
    void theReportSaysWhatTheModelIsWorthAfterWhatItLearntFrom() throws IOException {
        Path file = recorded("spot/ethusdt_20240808.gz");
        Path report = folder.resolve("report.html");
        assertThat(run(
                        "spread-report",
                        "--model",
                        MODEL.toString(),
                        "--data",
                        file.toString(),
                        "--report",
                        report.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("spot/ethusdt_20240808.gz: n 1,391, loss 0.7056, constant 0.7100", "covered 73.7 %");
        assertThat(Files.readString(report))
                .contains(
                        "Not shown to be better than a constant",
                        "id=\"losses\"",
                        "id=\"calibration\"",
                        "id=\"economics\"",
                        "id=\"importance\"",
                        "id=\"drift\"",
                        "the seed's heuristic",
                        "tree_path")
                .doesNotContain("NaN", "<script");
    }

    @Test
    void anotherClockThanTheModelsIsRefused() {
        Path file = recorded("spot/ethusdt_20240808.gz");
        int exit = run(
                "spread-report",
                "--model",
                MODEL.toString(),
                "--data",
                file.toString(),
                "--sample",
                "1s",
                "--report",
                folder.resolve("report.html").toString());
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("say --sample 100ms --horizon 1000ms");
    }

    @Test
    void aFolderThatSaysNothingOfItsLearningIsRefused() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.writeString(model.resolve("model.yaml"), "name: x_v1.0\nprovenance: {target: move}\n");
        Path file = Files.writeString(folder.resolve("btcusdt.gz"), "");
        int exit = run(
                "spread-report",
                "--model",
                model.toString(),
                "--data",
                file.toString(),
                "--report",
                folder.resolve("r.html").toString());
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("quantile is missing");
    }

    @Test
    void whatCannotBeReadIsSaidInWords() throws IOException {
        Path nameless = Files.writeString(folder.resolve("capture.txt"), "{}");
        Path csv = folder.resolve("f.csv");
        assertThat(run("features", "--data", nameless.toString(), "--out", csv.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("say --instrument SYMBOL");
        assertThat(run("features", "--data", "COIN=" + nameless, "--out", csv.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no sample of 100 ms comes of");
        assertThat(run("features", "--data", "COIN=" + nameless, "--out", csv.toString(), "--horizon", "150ms"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--horizon must be a whole number of samples of 100ms: 150ms");
        assertThat(run("features", "--data", "COIN=" + nameless, "--out", csv.toString(), "--sample", "5ms"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--sample must be within 10ms..1m: 5ms");
    }
}
