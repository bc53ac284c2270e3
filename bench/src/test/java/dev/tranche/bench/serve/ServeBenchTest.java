package dev.tranche.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs the benchmark itself, as briefly as it can be run: the packaged server, its peers and the load
/// generator. What
/// it measures in a second is no number to quote, so only the form and the agreement of the answers are
/// looked at.
class ServeBenchTest {
    @Test
    void theContendersAgreeAndEachHasItsNumbers() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v wrk").start().waitFor() == 0,
                "wrk is not installed: the benchmark is not run");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new CommandLine(new ServeBench())
                    .execute("--json", "--rounds", "1", "--seconds", "1", "--connections", "2");
        } finally {
            System.setOut(before);
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isZero();
        List<JsonNode> lines = output.lines().map(new ObjectMapper()::readTree).toList();
        assertThat(lines.get(0).has("environment")).isTrue();
        assertThat(lines)
                .filteredOn(line -> line.has("correct"))
                .allMatch(line -> line.path("correct").asBoolean());
        assertThat(lines)
                .filteredOn(line -> line.path("unit").asString("").equals("rows/s"))
                .hasSize(2)
                .allMatch(line -> line.path("value").asDouble() > 0);
        assertThat(lines)
                .filteredOn(line -> line.path("unit").asString("").equals("requests/s"))
                .allMatch(line -> line.path("value").asDouble() > 0)
                .extracting(line -> line.path("contender").asString())
                .contains("tranche 0.1.0 (journal written)", "armeria 1.36.0 empty handler");
    }
}
