package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A back-test by the packaged product, on a cut of recorded bars.
class MarketBacktestTest {
    private static final Path SHARED = Path.of(System.getProperty("tranche.shared", ""), "data/crypto");
    private static final Path EXAMPLES = Product.ROOT.resolve("examples/market/backtest");
    private static final int ROWS = 600;
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    Path folder;

    private record Ran(int exit, String output, String errors) {}

    private Ran run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Product.ROOT.resolve("tranche").toString(), "market", "backtest"));
        command.addAll(List.of(words));
        Path errors = folder.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output, Files.readString(errors));
    }

    /// The first two days of the bars of one pair.
    private void cut(String name) throws IOException {
        Path file = SHARED.resolve("klines_5m_2025q2").resolve(name + ".gz");
        Path to = Files.createDirectories(folder.resolve("klines_5m_2025q2")).resolve(name);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Files.write(to, lines.lines().limit(ROWS).toList());
        }
    }

    @Test
    @Promise("002 §多资产对冲 Day 36-38 多资产策略回测: one command runs the desk over two assets and their hedges, twice the same")
    void aDeskRunsOverRecordingsTwiceTheSameAndTheReportIsWritten() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(SHARED), "left out: no shared data at " + SHARED);
        cut("BTCUSDT_5m.csv");
        cut("ETHUSDT_5m.csv");
        for (String strategy : List.of("btc_bars_5m.yaml", "eth_bars_5m.yaml")) {
            Files.copy(EXAMPLES.resolve(strategy), folder.resolve(strategy));
        }
        Path config = Files.writeString(
                folder.resolve("bars.yaml"),
                Files.readString(EXAMPLES.resolve("bars_5m.yaml")).replace(".csv.gz", ".csv"));
        Path report = folder.resolve("report.html");
        Path json = folder.resolve("run.json");
        Ran ran = run(config.toString(), "--report", report.toString(), "--json", json.toString());
        assertThat(ran.exit()).as(ran.errors()).isZero();
        JsonNode tree = new ObjectMapper().readTree(Files.readString(json));
        assertThat(ran.output())
                .contains("bars_5m: breaker on, hedge on, regime on")
                .contains("desk hash " + tree.path("hash").asString());
        assertThat(tree.path("fills").asInt()).isPositive();
        assertThat(tree.path("hedges").asInt()).isPositive();
        assertThat(report).content().contains("Where it came from", "binance:ETHUSDT_PERP", "NORMAL all the time");

        // Another process, the same bytes.
        Ran again = run(config.toString(), "--json", "-");
        assertThat(again.exit()).as(again.errors()).isZero();
        assertThat(again.output()).isEqualTo(Files.readString(json));

        Ran lost = run(config.toString(), "--data", EXAMPLES.toString());
        assertThat(lost.exit()).isEqualTo(1);
        assertThat(lost.errors()).contains("refused: ", "there is no file", "--data names the folder");
    }
}
