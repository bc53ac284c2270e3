package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.examples.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command that rebuilds what is shipped, run once.
class TrainTest {

    /// Other processors may add up floats of the training in another order; on this one the bytes are the
    /// same.
    private static final double MARGIN_TOLERANCE = 1e-3;

    @TempDir
    private static Path built;

    @BeforeAll
    static void rebuild() {
        int exit = new CommandLine(new Examples()).execute("train-credit", built.toString());
        assertThat(exit).isZero();
    }

    @Test
    void theCommandHangsBelowTheMainClass() {
        assertThat(Main.class.getAnnotation(CommandLine.Command.class).subcommands())
                .contains(Examples.class);
    }

    @Test
    void theDataThePolicyAndTheScorecardComeOutByteForByte() throws IOException {
        for (String file : List.of("training.csv", "validation.csv", "traffic.csv", "policy.yaml")) {
            assertThat(built.resolve(file)).hasSameBinaryContentAs(Shipped.FOLDER.resolve(file));
        }
        for (Path file : files("consumer_apply_scorecard_v1.0")) {
            assertThat(file)
                    .hasSameBinaryContentAs(
                            Shipped.FOLDER.resolve(built.relativize(file).toString()));
        }
    }

    @Test
    void theTreeModelsComeOutTheSameFilesWithTheSameAnswers() throws IOException {
        for (String model : Shipped.MODELS.subList(1, 4)) {
            assertThat(files(model))
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyElementsOf(
                            Shipped.files(model).keySet().stream().sorted().toList());
            double[] now = margins(built.resolve(model));
            double[] shipped = margins(Shipped.FOLDER.resolve(model));
            assertThat(now).hasSameSizeAs(shipped);
            for (int i = 0; i < now.length; i++) {
                assertThat(now[i]).isEqualTo(shipped[i], within(MARGIN_TOLERANCE));
            }
        }
    }

    @Test
    void goldenRowsIncludeWhatIsMissingUnseenAndOnAnEdge() throws IOException {
        List<JsonNode> inputs = rows(built.resolve("consumer_apply_xgb_v1.0")).stream()
                .map(row -> row.path("input"))
                .toList();
        assertThat(inputs).anyMatch(input -> input.path("savings_status").isNull());
        assertThat(inputs).anyMatch(input -> !input.has("savings_status"));
        assertThat(inputs).anyMatch(input -> input.path("purpose").asString().equals("never seen before"));
        assertThat(inputs).anyMatch(input -> input.path("age").asDouble() == 120);
    }

    private static List<Path> files(String model) throws IOException {
        try (Stream<Path> paths = Files.list(built.resolve(model))) {
            return paths.sorted().toList();
        }
    }

    private static double[] margins(Path folder) throws IOException {
        return rows(folder).stream()
                .mapToDouble(row -> row.path("margin").path(0).asDouble())
                .toArray();
    }

    private static List<JsonNode> rows(Path folder) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("samples.jsonl"))) {
            rows.add(new JsonMapper().readTree(line));
        }
        return rows;
    }
}
