package dev.tranche.bench.life;

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

/// Runs the benchmark as briefly as it can be run. What it measures in a second is no number to quote; that answers
/// agree, that sharing saves memory and that no request fails under a swap holds on any machine.
class LifeBenchTest {
    private static double value(List<JsonNode> lines, String which, String contender, String unit) {
        return lines.stream()
                .filter(line -> line.path("case").asString("").equals(which))
                .filter(line -> line.path("contender").asString("").startsWith(contender))
                .filter(line -> line.path("unit").asString("").equals(unit))
                .mapToDouble(line -> line.path("value").asDouble())
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no " + which + " of " + contender + " in " + unit + ": " + lines));
    }

    @Test
    void versionsShareBatchesAgreeAndNoRequestFailsUnderASwap() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v wrk").start().waitFor() == 0,
                "wrk is not installed: the benchmark is not run");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new CommandLine(new LifeBench())
                    .execute(
                            "--json",
                            "--rounds",
                            "1",
                            "--seconds",
                            "1",
                            "--swaps",
                            "1",
                            "--rate",
                            "50",
                            "--trees",
                            "40");
        } finally {
            System.setOut(before);
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isZero();
        List<JsonNode> lines = output.lines().map(new ObjectMapper()::readTree).toList();
        assertThat(value(lines, "memory", "10 versions", "% saved")).isGreaterThan(40);
        assertThat(value(lines, "batch", "/v2 infer, 1000 rows", "rows/s")).isPositive();
        assertThat(value(lines, "swap", "all", "failed requests")).isZero();
        assertThat(value(lines, "swap", "p99 while swapping / steady", "ratio")).isPositive();
    }
}
