package dev.tranche.bench.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.bench.Report;
import dev.tranche.bench.serve.SubjectModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What sharing saves holds on any machine and is looked at every day. The whole benchmark, as briefly as it
/// can be run, takes half a minute and is for the long run: what it measures in a second is no number to
/// quote, but answers must agree and no request may fail under a swap.
class LifeBenchTest {
    private static List<JsonNode> lines(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(new ObjectMapper()::readTree)
                .toList();
    }

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
    void tenVersionsThatComputeTheSameTakeLittleMoreMemoryThanOne(@TempDir Path work) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Report report = Report.open("life", true, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(new Sharing(SubjectModel.make(work, 60).folder, work, 10).measure(report, 1))
                .isTrue();
        List<JsonNode> lines = lines(printed);
        double apart = value(lines, "memory", "10 versions, each on its own", "KiB");
        assertThat(value(lines, "memory", "10 versions", "% saved")).isBetween(60.0, 100.0);
        assertThat(value(lines, "memory", "one version", "KiB")).isBetween(apart / 20, apart / 5);
    }

    @Test
    @Tag("long")
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
        List<JsonNode> lines = lines(printed);
        assertThat(value(lines, "memory", "10 versions", "% saved")).isGreaterThan(40);
        assertThat(value(lines, "batch", "/v2 infer, 1000 rows", "rows/s")).isPositive();
        assertThat(value(lines, "swap", "all", "failed requests")).isZero();
        assertThat(value(lines, "swap", "p99 while swapping / steady", "ratio")).isPositive();
    }
}
