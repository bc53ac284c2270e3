package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.batch.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {
    private static final String[] GRID = {"--grid", "swing_L=4,5,6,7,8", "z_hi=1.2,1.6,2.0,2.4", "z_mid=0.2,0.4"};

    @TempDir
    private Path folder = Path.of(".");

    private List<String> words(Path bars, String out) {
        List<String> words = new ArrayList<>(List.of("tune", "--bars", bars.toString(), "--out"));
        words.add(folder.resolve(out).toString());
        words.addAll(List.of(GRID));
        words.addAll(List.of("--replicates", "100"));
        return words;
    }

    /// A process killed in the middle of a search leaves what it finished; the next one goes on, and in the
    /// end says to the byte what an undisturbed one says.
    @Test
    void aKilledSearchGoesOnWhereItWas() throws IOException, InterruptedException {
        Path bars = Cli.walk(folder, "BTCUSDT", 40_000, 3);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "divergence"));
        command.addAll(words(bars, "killed"));
        command.addAll(List.of("--threads", "1"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("tune: ")) {
                line = err.readLine();
            }
            process.destroyForcibly();
        }
        process.waitFor();
        assertThat(folder.resolve("killed/trials.log")).exists();

        Cli resumed = Cli.run(words(bars, "killed").toArray(String[]::new));
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.err()).containsPattern("going on: [1-9][0-9]? of 40 parameter sets are there");
        Cli whole = Cli.run(words(bars, "whole").toArray(String[]::new));
        assertThat(whole.err()).doesNotContain("going on").contains("tune: 40 of 40");
        assertThat(folder.resolve("killed/tune.json")).hasSameBinaryContentAs(folder.resolve("whole/tune.json"));
        assertThat(resumed.out()).isEqualTo(whole.out());

        JsonNode tuned =
                JsonMapper.shared().readTree(folder.resolve("whole/tune.json").toFile());
        assertThat(tuned.path("trials").asLong()).isEqualTo(160);
        assertThat(tuned.path("cells")).hasSize(8);
        tuned.path("cells")
                .forEach(cell -> assertThat(cell.path("trials").asLong()).isEqualTo(160));
        assertThat(whole.out()).contains("40 parameter sets x 4 cells = 160 trials", "no edge", "deflated Sharpe");
        assertThat(folder.resolve("whole/best.yaml")).content().contains("trials: 160");
    }

    @Test
    void resultsOfOtherBarsAreNotTakenForThese() throws IOException {
        List<String> words = words(Cli.walk(folder, "BTCUSDT", 700, 3), "out");
        assertThat(Cli.run(words.toArray(String[]::new)).exit()).isZero();
        Cli.walk(folder, "BTCUSDT", 700, 4);
        Cli other = Cli.run(words.toArray(String[]::new));
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("results of another run");
    }

    @Test
    void tooFewEventsEverywhereSaysNothing() throws IOException {
        Cli ran = Cli.run(words(Cli.walk(folder, "BTCUSDT", 300, 3), "out").toArray(String[]::new));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("n too small everywhere", "n too small with every parameter set");
        assertThat(Files.exists(folder.resolve("out/best.yaml"))).isFalse();
    }
}
