package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StudyCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    /// Where there is no edge the study says so, in words and in numbers.
    @Test
    void realBarsWithTakersShowNoEdge() {
        assumeTrue(
                Files.isDirectory(Cli.TAKERS), "skipped: " + Cli.TAKERS + " is not there, so nothing real was studied");
        Cli ran = Cli.run(
                "study",
                "--bars",
                Cli.TAKERS.toString(),
                "--swing-L",
                "8",
                "--z-hi",
                "1.2",
                "--set",
                "z_mid=0.4",
                "--out",
                folder.toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("BTCUSDT: 1,728 bars of 5m", "ETHUSDT: 7,200 bars of 5m")
                .contains("n too small (28 of 30)")
                .contains("timed from the pivot")
                .contains("placebo WITHIN its band")
                .contains("No edge");
        JsonNode study = json(folder.resolve("study.json"));
        assertThat(study.path("conclusion").asString()).isEqualTo("no_edge");
        assertThat(study.path("placebo").path("within").asBoolean()).isTrue();
        assertThat(study.path("placebo")
                        .path("from_the_pivot")
                        .path(0)
                        .path("accuracy")
                        .asDouble())
                .isGreaterThan(0.85);
        assertThat(folder.resolve("report.html")).content().contains("No edge", "<svg", "Equity with costs");
        assertThat(folder.resolve("calibration.yaml")).doesNotExist();
    }

    private static JsonNode json(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }

    @Test
    void sixMinutesOfTheWholeBookAreTooLittleToSayAnything() {
        Path capture = Cli.CRYPTO.resolve("l2_raw_hftbacktest/spot/ethusdt_20240808.gz");
        assumeTrue(Files.isRegularFile(capture), "skipped: " + capture + " is not there, so no capture was studied");
        Cli ran = Cli.run("study", "--trades", capture.toString(), "--interval", "1s", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        JsonNode study = JsonMapper.shared().readTree(ran.out());
        assertThat(study.path("conclusion").asString()).isEqualTo("too_little");
        assertThat(study.path("findings").path("cells").valueStream())
                .allSatisfy(cell -> assertThat(cell.path("verdict").asString()).isEqualTo("n too small"));
        JsonNode file = study.path("calibration").path("data").path(0);
        assertThat(file.path("bars_with_book").asInt()).isGreaterThan(300);
        assertThat(file.path("left_out").path("clock behind (noted, used)").asInt())
                .isEqualTo(1);
    }

    @Test
    void barsWithoutTakersAreRefusedWithTheReason() {
        Path bars = Cli.CRYPTO.resolve("klines_5m_2025q2");
        assumeTrue(Files.isDirectory(bars), "skipped: " + bars + " is not there");
        Cli ran = Cli.run("study", "--bars", bars.toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("refused: BTCUSDT cannot be studied", "the tick rule needs single trades");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void brokenFilesAreRefusedWithoutATrace() throws IOException {
        Path empty = Files.createFile(folder.resolve("BTCUSDT.csv"));
        Path unknown = Files.writeString(folder.resolve("ETHUSDT.csv"), "a,b,c\n1,2,3\n");
        Path missing = folder.resolve("nowhere.csv");
        Path torn = folder.resolve("BTCUSDT_torn.csv.gz");
        Files.write(torn, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75});
        for (Path file : new Path[] {empty, unknown, missing, torn}) {
            for (String kind : new String[] {"--bars", "--trades"}) {
                Cli ran = Cli.run("study", kind, file.toString());
                assertThat(ran.exit()).as(file + " " + ran.err()).isEqualTo(1);
                assertThat(ran.err()).startsWith("refused: ").doesNotContain("\tat ");
            }
        }
        assertThat(Cli.run("study", "--trades", unknown.toString()).err()).contains("its first line: a,b,c");
    }

    @Test
    void wordsThatMakeNoSenseAreUsageErrors() {
        String[][] wrong = {
            {"study"},
            {"study", "--bars", "x", "--swing-L", "0"},
            {"study", "--bars", "x", "--set", "swing=3"},
            {"study", "--bars", "x", "--horizon", "0"},
            {"study", "--bars", "x", "--parameters", "nowhere.yaml"},
            {"study", "--bars", "x", "--zone", "Mars"},
            {"study", "--bars", "x", "--session-zone", "Mars"},
            {"study", "--bars", "x", "--interval", "fortnight"},
            {"study", "--bars", "x", "--price-decimals", "11"},
            {"study", "--bars", "x", "--calibrate", "a_b_v1.0"},
            {"tune", "--bars", "x", "--grid", "swing_L=a"},
            {"tune", "--bars", "x", "--threads", "0"},
            {"calibrate", "nameless", "--bars", "x"},
            {"calibrate", "a_b_v1.0", "--bars", "x", "--made", "yesterday"},
            {"calibrate", "a_b_v1.0", "--bars", "x", "--valid", "0d"},
            {"calibrate", "a_b_v1.0", "--bars", "x", "--trials", "0"},
            {}
        };
        for (String[] words : wrong) {
            Cli ran = Cli.run(words);
            assertThat(ran.exit()).as(Arrays.toString(words) + ran.err()).isEqualTo(2);
            assertThat(ran.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void helpIsThereForEveryCommand() {
        for (String command : new String[] {"study", "tune", "placebo", "calibrate"}) {
            Cli ran = Cli.run(command, "--help");
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("--bars", "--trades");
        }
    }
}
