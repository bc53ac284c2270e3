package dev.tranche.bench.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The benchmark is run once, briefly: it must be correct and print what it promises.
class ExplainBenchTest {
    @Test
    void itPrintsCorrectnessBeforeNumbersForBothLibraries() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = new CommandLine(new ExplainBench())
                    .execute("--trees", "10", "--rows", "20", "--rounds", "1", "--json");
        } finally {
            System.setOut(out);
        }
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        assertThat(said)
                .contains("\"correct\":true,\"detail\":\"10 trees, depth 6, 20 rows")
                .contains("\"correct\":true,\"detail\":\"10 trees, 63 leaves, 20 rows")
                .contains("\"contender\":\"xgboost4j 3.0.4\"")
                .contains("\"contender\":\"lightgbm4j 4.3.0\"")
                .contains("tranche against 512 rows");
        assertThat(said.indexOf("\"correct\"")).isLessThan(said.indexOf("\"case\""));
    }
}
