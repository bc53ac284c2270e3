package dev.tranche.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ReportTest {
    @Test
    void jsonIsOneObjectALineEnvironmentThenCorrectnessThenNumbers() {
        List<JsonNode> lines =
                printed(true).lines().map(new ObjectMapper()::readTree).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("environment").path("cores").asString()).isNotEmpty();
        assertThat(lines.get(1).path("correct").asBoolean()).isTrue();
        assertThat(lines.get(2).path("contender").asString()).isEqualTo("tranche \"x\"");
        assertThat(lines.get(2).path("value").asDouble()).isEqualTo(12.5);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("bench").asString()).isEqualTo("serve"));
    }

    @Test
    void textHasTheSameOrder() {
        assertThat(printed(false)).containsSubsequence("environment", "correctness", "ok", "numbers", "12.50", "·");
    }

    private static String printed(boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = Report.open("serve", json, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        report.correct(true, "largest error 0");
        report.number("connections=1", "tranche \"x\"", 12.5, "ms");
        report.remark("a remark");
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
