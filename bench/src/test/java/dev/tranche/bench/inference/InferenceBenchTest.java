package dev.tranche.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.tree.TreeModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs the benchmark as briefly as it can be run. What it measures then is no number to quote, so only the
/// form and the agreement of the contenders are looked at.
class InferenceBenchTest {
    private static final int ROWS = 400;

    @Test
    void theContendersAgreeAndEachHasItsNumbers() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new CommandLine(new InferenceBench())
                    .execute("--json", "--quick", "--trees", "24", "--rows", Integer.toString(ROWS), "--turns", "1");
        } finally {
            System.setOut(before);
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isZero();
        List<JsonNode> lines = output.lines()
                .filter(line -> line.startsWith("{"))
                .map(new ObjectMapper()::readTree)
                .toList();
        assertThat(lines.get(0).has("environment")).isTrue();
        assertThat(lines.get(1).path("correct").asBoolean()).as(output).isTrue();
        assertThat(lines.get(1).path("detail").asString())
                .contains("xgboost-24x6", "lightgbm-24x63", "onnxruntime 1.29.0 within")
                .containsPattern("tranche \\(\\w+, \\w+, chosen\\) same bits");
        assertThat(lines)
                .filteredOn(line -> line.path("unit").asString("").equals("ns a row"))
                .allMatch(line -> line.path("value").asDouble() > 0)
                .extracting(line -> line.path("contender").asString())
                .contains(
                        "xgboost4j 3.0.4 inplace_predict",
                        "lightgbm4j 4.3.0 single-row fast / matrix",
                        "onnxruntime 1.29.0",
                        "h2o xgboost-predictor 0.3.20",
                        "tranche predict()");
        assertThat(lines)
                .filteredOn(line -> line.path("contender").asString("").equals("fastest native / ours"))
                .hasSize(7);
    }

    @Test
    void jmhMeasuresAContenderOfASubject(@TempDir Path work) throws Exception {
        Subject subject = Subject.lightgbm(work, 8);
        float[] table = CreditTable.rows(ROWS, InferenceBench.TABLE_SEED);
        try (Contenders contenders = Contenders.of(subject, table)) {
            List<Measured> measured =
                    new Jmh(0, 1, TimeValue.milliseconds(60)).measure(subject, contenders.all(), List.of(0), 100, ROWS);
            assertThat(measured).singleElement().satisfies(one -> {
                assertThat(one.contender()).startsWith("tranche");
                assertThat(one.nanos()).isPositive();
                assertThat(one.foreign()).isFalse();
            });
        }
    }

    @Test
    void theTableIsTheSameEachTimeAndHasWhatTreesFindHard(@TempDir Path work) throws Exception {
        float[] rows = CreditTable.rows(ROWS, 1);
        assertThat(rows).containsExactly(CreditTable.rows(ROWS, 1)).contains(Float.NaN);
        assertThat(CreditTable.labels(rows, 2)).hasSize(ROWS).contains(0f, 1f);
        TreeModel model = Subject.lightgbm(work, 20).ours();
        assertThat(model.ensemble().categoricalInputs()).containsAnyOf(17, 18, 19);
        assertThat(model.trees()).isEqualTo(20);
    }
}
