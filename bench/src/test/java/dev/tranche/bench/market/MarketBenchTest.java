package dev.tranche.bench.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The benchmark is run once, briefly: it must be correct and print what it promises.
class MarketBenchTest {
    private static String said(int expected, String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = new CommandLine(new MarketBench()).execute(words);
        } finally {
            System.setOut(out);
        }
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isEqualTo(expected);
        return said;
    }

    @Test
    void greeksAndGarchAreCorrectBeforeTheyAreMeasured() {
        String said = said(0, "--rounds", "1", "--json", "--only", "greeks", "--only", "garch");
        assertThat(said)
                .contains("\"correct\":true,\"detail\":\"1,500 options, seven numbers each")
                .contains("\"correct\":true,\"detail\":\"2,000 points made up: log-likelihood")
                .contains("\"contender\":\"tranche, chain over arrays\"")
                .containsAnyOf("\"contender\":\"fGarch ", "fGarch was left out: ");
        assertThat(said.indexOf("\"correct\"")).isLessThan(said.indexOf("\"case\""));
    }

    @Test
    void anUnknownSectionIsRefused() {
        said(2, "--only", "everything");
    }
}
