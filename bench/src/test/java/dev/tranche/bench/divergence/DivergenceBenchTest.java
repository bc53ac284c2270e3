package dev.tranche.bench.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The benchmark is run once, briefly: live and study must agree and nothing may be allocated; its times
/// are no numbers to quote.
class DivergenceBenchTest {
    @Test
    void liveAndStudyAgreeAndNothingIsAllocated() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = new CommandLine(new DivergenceBench())
                    .execute("--laps", "2", "--events", "200000", "--bars", "6000", "--rounds", "1", "--json");
        } finally {
            System.setOut(out);
        }
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        List<String> lines = said.lines().toList();
        assertThat(lines.get(0)).contains("\"environment\"");
        assertThat(said)
                .contains("\"correct\":true,\"detail\":\"generated stream: ")
                .contains("\"correct\":true,\"detail\":\"324 runs: ")
                .contains("\"case\":\"generated, an event\",\"contender\":\"p99.9\"")
                .contains("\"case\":\"27 sets × 12 cells\",\"contender\":\"27 passes on 2 threads\"")
                .doesNotContain("\"correct\":false");
        assertThat(said.indexOf("\"correct\"")).isLessThan(said.indexOf("\"case\""));
    }
}
