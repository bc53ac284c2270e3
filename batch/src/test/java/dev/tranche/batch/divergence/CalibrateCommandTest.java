package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.batch.divergence.read.Markets;
import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.statistics.Interval;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.PlaceboFindings.Control;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import dev.tranche.market.study.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class CalibrateCommandTest {
    private static final CalibrationTerms TERMS =
            new CalibrationTerms("btcusdt_divergence_v1.0", Optional.empty(), Duration.ofDays(90));

    @TempDir
    private Path folder = Path.of(".");

    private Cli calibrate(Path bars, String out, String... more) {
        String[] words = {
            "calibrate",
            "btcusdt_divergence_v1.0",
            "--bars",
            bars.toString(),
            "--out",
            folder.resolve(out).toString(),
            "--swing-L",
            "5",
            "--z-hi",
            "1.2",
            "--z-mid",
            "0.3",
            "--minimum",
            "20"
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Cli.run(all);
    }

    @Test
    void theFolderHoldsTheVersionAndItsEvidenceAndIsTheSameBytesAgain() throws IOException {
        Path bars = Cli.walk(folder, "BTCUSDT", 12_000, 7);
        Path parameters = Files.writeString(folder.resolve("best.yaml"), "parameters: {max_lag: 1}\ntrials: 324\n");
        Cli ran = calibrate(bars, "one", "--parameters", parameters.toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("x 324 trials", "not met");
        JsonNode made = new YAMLMapper()
                .readTree(folder.resolve("one/calibration.yaml").toFile())
                .path("calibration");
        assertThat(made.path("name").asString()).isEqualTo("btcusdt_divergence_v1.0");
        assertThat(made.path("made").asString()).isEqualTo("2023-12-26T14:15:00Z");
        assertThat(made.path("valid").asString()).isEqualTo("90d");
        assertThat(made.path("detector").asString()).isEqualTo("divergence-1");
        assertThat(made.path("symbols").path(0).asString()).isEqualTo("BTCUSDT");
        assertThat(made.path("parameters").path("max_lag").asInt()).isEqualTo(1);
        assertThat(made.path("parameters").path("swing_L").asInt()).isEqualTo(5);
        assertThat(made.path("trials").asLong()).isEqualTo(324);
        assertThat(made.path("acceptance").path("met").asBoolean(true)).isFalse();
        assertThat(made.path("acceptance").path("points")).hasSize(6);
        assertThat(made.path("placebo").path("within").asBoolean()).isTrue();
        assertThat(made.path("horizons").path("10").path(0).path("win_rate").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(made.path("horizons").path("20")).isNotEmpty();
        assertThat(made.path("data").path(0).path("sha256").asString()).hasSize(64);
        assertThat(calibrate(bars, "two", "--parameters", parameters.toString()).exit())
                .isZero();
        for (String file : List.of("calibration.yaml", "study.json", "report.html")) {
            assertThat(folder.resolve("two").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
    }

    @Test
    void nothingMeasuredIsNeverAPass() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/calibration.yaml"), "left by an earlier run");
        Cli ran = calibrate(Cli.walk(folder, "BTCUSDT", 600, 7), "out");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no calibration is written: the placebo is unmeasured");
        assertThat(folder.resolve("out/calibration.yaml")).doesNotExist();
        assertThat(folder.resolve("out/study.json")).exists();
    }

    @Test
    void aPlaceboOutsideItsBandStopsTheCalibration() throws IOException {
        Path bars = Cli.walk(folder, "BTCUSDT", 3000, 7);
        List<Market> markets = Markets.read(
                new Markets.Request(List.of(bars.toString()), List.of(), OptionalLong.empty(), Optional.empty(), 8, 8),
                facts -> {});
        Parameters parameters = Parameters.SEED.with(java.util.Map.of("swing_L", 5, "z_hi", 1.2, "z_mid", 0.3));
        Evidence honest = Evidence.of(markets, parameters, Settings.STANDARD.withReplicates(200), 1);
        Evidence peeking =
                new Evidence(markets, honest.study(), honest.findings(), outside(parameters), honest.calibration(), 1);
        assertThatThrownBy(() -> StudyFolder.write(folder.resolve("out"), peeking, Optional.of(TERMS), silent()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the placebo is outside");
        assertThat(folder.resolve("out/calibration.yaml")).doesNotExist();
        assertThat(folder.resolve("out/report.html")).content().contains("Not to be trusted", "outside its band");
    }

    private static PrintWriter silent() {
        return new PrintWriter(Writer.nullWriter());
    }

    private static PlaceboFindings outside(Parameters parameters) {
        List<PlaceboCell> cells = List.of(
                new PlaceboCell.Judged(
                        Control.RANDOM_WALK, Cell.total(Source.CVD), 10, 1000, 910, 0.5, new Interval(0.45, 0.55)),
                new PlaceboCell.Judged(
                        Control.SHUFFLED_INDICATORS,
                        Cell.total(Source.CVD),
                        10,
                        1000,
                        510,
                        0.5,
                        new Interval(0.45, 0.55)));
        return new PlaceboFindings(parameters, 0.999, 1, cells, List.of());
    }

    @Test
    void thePlaceboCommandLeavesWithOneUnlessItIsWithin() throws IOException {
        Path bars = Cli.walk(folder, "BTCUSDT", 600, 7);
        Cli ran = Cli.run("placebo", "--bars", bars.toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("placebo UNMEASURED", "timed from the pivot");
        Cli json = Cli.run(
                "placebo",
                "--bars",
                bars.toString(),
                "--json",
                "--minimum",
                "10",
                "--swing-L",
                "4",
                "--z-hi",
                "1.2",
                "--z-mid",
                "0.2",
                "--warmup",
                "50");
        JsonNode placebo = new YAMLMapper().readTree(json.out());
        assertThat(placebo.path("within").asBoolean()).isEqualTo(json.exit() == 0);
        assertThat(placebo.path("cells").size()).isEqualTo(20);
    }
}
