package dev.tranche.batch.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PriceCommandTest {
    private static final Path CHAINS =
            Path.of(System.getProperty("tranche.shared", "../shared"), "data/crypto/deribit_option_chains");
    private static final String HEADER =
            "instrument_name,option_type,strike,expiry_datetime,time_to_maturity,mark_price,futures_price,implied_volatility,delta\n";
    private static final String ROW =
            "BTC-16JAN26-82000-C,call,82000.0,2026-01-16T08:00:00+00:00,0.030550879924392222,0.12101857,92962.85,0.5124,0.9258\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return new CommandLine(PriceCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private static List<Path> chains() throws IOException {
        assumeTrue(Files.isDirectory(CHAINS), "skipped: " + CHAINS + " is not here");
        try (Stream<Path> files = Files.list(CHAINS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("deribit_options"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void deribitsChainsArePricedAgainWithinTheirOwnRounding() throws IOException {
        List<ChainRow.Quoted> pooled = new ArrayList<>();
        for (Path file : chains()) {
            Chain chain = Chain.read(file);
            assertThat(Chain.Distance.of(chain.quoted()).markHigh())
                    .as(file.toString())
                    .isLessThan(1e-3);
            pooled.addAll(chain.quoted());
        }
        Chain.Distance all = Chain.Distance.of(pooled);

        assertThat(all.rows()).isGreaterThan(50_000);
        assertThat(all.markMedian()).isLessThan(2e-5);
        assertThat(all.deltaMedian()).isLessThan(5e-4);
    }

    @Test
    void smilesOfARealChainFitAndCarryNoArbitrageWhereThereAreQuotes() throws IOException {
        List<Smiles.Laid> laid = Smiles.of(Chain.read(chains().getLast()));

        assertThat(laid).hasSizeGreaterThan(15);
        assertThat(laid).allSatisfy(each -> assertThat(each.faults()).isEmpty());
        List<Double> errors = laid.stream().map(Smiles.Laid::error).sorted().toList();
        assertThat(errors.get(errors.size() / 2))
                .as("median error of a volatility")
                .isLessThan(0.005);
    }

    @Test
    void aRowWithoutAFutureIsLeftOutAndNamed() throws IOException {
        Path file = folder.resolve("chain.csv");
        Files.writeString(
                file,
                HEADER + ROW + ROW.replace("92962.85", "") + ROW.replace("0.9258", "") + ROW.replace("call", "both")
                        + ROW.replace("0.5124", "-1") + "BTC-X,call\n");

        assertThat(run("--chain", file.toString(), "--left-out")).isZero();

        assertThat(out.toString())
                .contains("left out: BTC-16JAN26-82000-C: no future")
                .contains("delta is empty")
                .contains("option_type must be call or put: both")
                .contains("implied_volatility must be above 0 and below 100: -1.0")
                .contains("left out: BTC-X: has 2 cells where the header has 9");
        assertThat(out.toString().lines().filter(line -> line.startsWith("all together")))
                .singleElement()
                .asString()
                .matches("all together +1 +5 .*");
    }

    @Test
    void leftOutRowsAreCountedByTheirReason() throws IOException {
        Path file = folder.resolve("chain.csv");
        Files.writeString(file, HEADER + ROW + ROW.replace("92962.85", "") + ROW.replace("92962.85", "nan"));

        assertThat(run("--chain", file.toString(), "--smiles")).isZero();

        assertThat(out.toString()).contains("left out: 2 x no future");
    }

    @Test
    void aFileThatIsNoChainIsRefusedWithWhatItLacks() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "a,b\n1,2\n");

        assertThat(run("--chain", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is no chain: it needs the columns").contains("[a, b]");
        assertThat(run("--chain", folder.resolve("none.csv").toString())).isEqualTo(2);
        Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(run("--chain", folder.resolve("empty.csv").toString())).isEqualTo(1);
    }
}
