package dev.tranche.examples.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.examples.FakeProduct;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.embedded.EmbeddedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The comparison of the embedded model with the HTTP call, against a server of the test that knows the
/// answers of the shipped golden rows.
class EdgeTest {
    private static final String MODEL = "consumer_apply_scorecard_v1.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of(".");

    private record Ended(int code, String said) {}

    private static Ended edge(Path root) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = new CommandLine(new Edge(root, out)).execute("--model", MODEL, "--calls", "30");
        return new Ended(code, printed.toString(StandardCharsets.UTF_8));
    }

    /// What the model answers to its golden rows, by their features.
    private static Map<JsonNode, Double> golden(Path work) throws IOException {
        Path shipped = Path.of(System.getProperty("tranche.root")).resolve("examples/credit");
        EmbeddedModel model = EmbeddedModel.open(Edge.asJson(shipped.resolve(MODEL), work));
        Map<JsonNode, Double> answers = new HashMap<>();
        for (GoldenRow row : model.artifact().goldenRows()) {
            answers.put(JSON.readTree(row.input().canonical()), model.score(Edge.features(row)));
        }
        return answers;
    }

    private static String answer(Map<JsonNode, Double> golden, String body) {
        JsonNode request = JSON.readTree(body);
        assertThat(request.path("model_id").asString()).isEqualTo(MODEL);
        return "{\"prediction\":" + golden.get(request.path("features")) + "}";
    }

    @Test
    void answersThatAgreeAreCountedAndTheTimesOfBothPrinted(@TempDir Path work) throws IOException {
        Map<JsonNode, Double> golden = golden(work);
        try (FakeProduct fake = FakeProduct.in(folder)
                .door("/api/v1/rollouts/r1", _ -> "{\"state\":\"COMPLETED\"}")
                .door("/predict", body -> answer(golden, body))) {
            Ended ended = edge(folder);
            assertThat(ended.said())
                    .containsPattern("([0-9]+) of \\1 answers over HTTP equal the embedded ones to the last bit")
                    .contains("environment", "HTTP POST /predict", "embedded, a kept row and scorer", "checksum")
                    .contains("% off the median of the HTTP call");
            assertThat(fake.commands())
                    .anyMatch(line -> line.startsWith("register") && line.endsWith("credit/policy.yaml"))
                    .anyMatch(line -> line.startsWith("register") && line.endsWith(MODEL))
                    .filteredOn(line -> line.startsWith("rollout start"))
                    .hasSize(2);
        }
    }

    @Test
    void anAnswerThatDiffersIsShownAndFailsTheRun() throws IOException {
        try (FakeProduct fake = FakeProduct.in(folder)
                .door("/api/v1/rollouts/r1", _ -> "{\"state\":\"COMPLETED\"}")
                .door("/predict", _ -> "{\"prediction\":2.5}")) {
            Ended ended = edge(folder);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said()).contains("differs: here 0.", "there {\"prediction\":2.5}", "0 of ");
            assertThat(fake.commands()).isNotEmpty();
        }
    }
}
