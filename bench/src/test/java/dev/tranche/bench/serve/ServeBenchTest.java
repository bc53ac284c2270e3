package dev.tranche.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs the benchmark itself, as briefly as it can be run: the packaged server, the empty handler and the
/// load generator; with the Python peer, which needs half a minute more, on the long run. What it measures in
/// a second is no number to quote, so only the form and the agreement of the answers are looked at.
class ServeBenchTest {
    @Test
    void theContendersAgreeAndEachHasItsNumbers() throws IOException, InterruptedException {
        assertThat(contenders("--no-peer")).contains("tranche 0.1.0 (journal written)", "armeria 1.36.0 empty handler");
    }

    @Test
    @Tag("long")
    void thePeerOfTheSeedAgreesToo() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("/usr/bin/python3", "-c", "import fastapi, uvicorn, pandas, sklearn, xgboost")
                                .start()
                                .waitFor()
                        == 0,
                "the Python peer is not installed");
        assertThat(contenders()).anyMatch(name -> name.startsWith("fastapi"));
    }

    private static List<String> contenders(String... more) throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v wrk").start().waitFor() == 0,
                "wrk is not installed: the benchmark is not run");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> words =
                new ArrayList<>(List.of("--json", "--rounds", "1", "--seconds", "1", "--connections", "2"));
        words.addAll(List.of(more));
        int exit;
        try {
            exit = new CommandLine(new ServeBench()).execute(words.toArray(String[]::new));
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
        List<JsonNode> rates = lines.stream()
                .filter(line -> line.path("unit").asString("").equals("requests/s"))
                .toList();
        assertThat(rates).allMatch(line -> line.path("value").asDouble() > 0);
        return rates.stream().map(line -> line.path("contender").asString()).toList();
    }
}
