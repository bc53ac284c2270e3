package dev.tranche.batch.market.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.batch.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SeriesCommandsTest {
    private static final Path SHARED = Path.of(System.getProperty("tranche.shared", "../shared"), "data");

    @TempDir
    private Path folder;

    /// What a command printed and left with.
    private record Ran(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private static Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of("market"));
        all.addAll(List.of(words));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exit = Main.run(all.toArray(String[]::new));
            return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    private static String shared(String name) {
        Path file = SHARED.resolve(name);
        assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return file.toString();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void garchPrintsTheDigitsOfTheBenchmark() {
        Ran ran = run("garch", shared("series/fGarch_dem2gbp.csv"));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("fGarch_dem2gbp, column DEM2GBP: 1,974 returns as given\n")
                .contains("-0.00619041", "0.010761", "0.153134", "0.805974")
                .contains("0.0265228", "0.0335527", "0.0165604", "0.0724614")
                .contains("log-likelihood -1106.60788", "persistence 0.959108");
    }

    @Test
    void otherFormsAndJsonSayTheSame() {
        JsonNode egarch = run("garch", "--form", "egarch", "--json", shared("series/fGarch_dem2gbp.csv"))
                .json();
        assertThat(egarch.at("/parameters/beta/estimate").asDouble()).isCloseTo(0.91265374, within(1e-3));
        assertThat(egarch.at("/parameters/gamma/error_robust").asDouble()).isPositive();
        JsonNode gjr = run(
                        "garch", "--form", "gjr", "--json", "--column", "close", shared("series/vega_sp500-2000.csv"))
                .json();
        assertThat(gjr.at("/returns").asInt()).isEqualTo(5104);
        assertThat(gjr.at("/unit").asString()).contains("logarithms of prices");
        assertThat(gjr.at("/parameters/gamma/estimate").asDouble()).isPositive();
    }

    @Test
    void dccSaysHowToHedgeBitcoinWithEther() {
        String btc = shared("crypto/klines_5m_2025q2/BTCUSDT_5m.csv.gz");
        String eth = shared("crypto/klines_5m_2025q2/ETHUSDT_5m.csv.gz");
        Path page = folder.resolve("dcc.html");
        Ran ran = run("dcc", btc, eth, "--last", "3000", "--report", page.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("BTCUSDT_5m, column close: 3,000 returns in per cent, of logarithms of prices, 20")
                .contains("correlations\n  a 0.")
                .contains("\n  errors: a 0.0", " of both steps, robust, over 18 lags (a 0.0")
                .contains("for each unit of the first sell 0.");
        assertThat(page)
                .content()
                .contains("errors: a 0.0", "Correlations given what came before", "Volatility of ETHUSDT_5m");
        JsonNode json = run("dcc", btc, eth, "--last", "3000", "--json").json();
        assertThat(json.at("/a").asDouble() + json.at("/b").asDouble()).isBetween(0.5, 1.0);
        assertThat(json.at("/errors/a").asDouble())
                .isBetween(0.001, json.at("/a").asDouble());
        assertThat(json.at("/errors/b").asDouble()).isBetween(0.001, 0.2);
        assertThat(json.at("/errors/second_step_alone/b").asDouble()).isPositive();
        double next = json.at("/pairs/0/next_correlation").asDouble();
        assertThat(next).isBetween(0.3, 0.99);
        assertThat(json.at("/pairs/0/sample_reduction").asDouble()).isBetween(0.3, 0.95);
        assertThat(json.at("/live/parameters/1").size()).isEqualTo(4);
        assertThat(json.at("/live/mean/0/1").asDouble()).isBetween(0.3, 1.2);
    }

    /// A calm walk that is wild from 900 to 1200.
    private Path calmAndWild() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("time,close\n");
        double log = 5;
        for (int i = 0; i < 1500; i++) {
            log += (i >= 900 && i < 1200 ? 0.01 : 0.001) * random.nextGaussian();
            text.append(1_700_000_000_000L + 60_000L * i)
                    .append(',')
                    .append(Math.exp(log))
                    .append('\n');
        }
        return file("walk.csv", text.toString());
    }

    @Test
    void regimeFindsTheWildTimeAndNeverLooksAhead() throws IOException {
        Path walk = calmAndWild();
        Path page = folder.resolve("regime.html");
        Ran ran = run("regime", "--states", "2", walk.toString(), "--report", page.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("2 states of return and deviation of 15 returns")
                .contains("error: hessian  outer product         robust\n  move 0 to 0 ")
                .contains("state 1, covariance of return, deviation ")
                .contains("no time knows what came after it");
        assertThat(page).content().contains("Probability of state 1", "state 0, variance of deviation");
        JsonNode json =
                run("regime", "--states", "2", walk.toString(), "--json").json();
        assertThat(json.at("/shares/1").asDouble()).isCloseTo(0.2, within(0.04));
        assertThat(json.at("/now/0").asDouble()).isGreaterThan(0.99);
        assertThat(json.at("/detector/covariances/1/1").size()).isEqualTo(2);
        assertThat(json.at("/errors/hessian/move/0/1").asDouble()).isBetween(1e-4, 0.01);
        assertThat(json.at("/errors/robust/means/1/1").asDouble()).isPositive();
        assertThat(json.at("/errors/held").isArray()).isTrue();

        JsonNode trained = run("regime", "--states", "2", "--train", "0.7", walk.toString(), "--json")
                .json();
        assertThat(trained.at("/trained").asInt()).isEqualTo((int) (0.7 * 1485));
        assertThat(trained.at("/observations").asInt()).isEqualTo(1485);
    }

    @Test
    void badInputIsRefusedWithWhatIsWrong() throws IOException {
        Ran many = run("garch", file("many.csv", "a,b\n1,2\n3,4\n").toString());
        assertThat(many.exit()).isEqualTo(1);
        assertThat(many.err()).contains("has the columns [a, b]: say which one with --column NAME");
        assertThat(run("garch", "--column", "c", folder.resolve("many.csv").toString())
                        .err())
                .contains("has no column c; it has [a, b]");
        assertThat(run("garch", file("few.csv", "x\n1\n2\n3\n").toString()).err())
                .contains("few: an estimate needs at least 50 returns: 2");
        assertThat(run("garch", file("bad.csv", "x\n1\nabc\n").toString()).err())
                .contains("row 2: x must be a finite number: abc");
        assertThat(run("garch", file("short.csv", "x,y\n1\n").toString(), "--column", "x")
                        .err())
                .contains("row 1 has 1 cells where the first line has 2");
        assertThat(run(
                                "garch",
                                "--values",
                                "prices",
                                file("neg.csv", "x\n1\n-1\n").toString())
                        .err())
                .contains("prices must be above 0");
        assertThat(run("garch", file("zero.csv", "close\n1\n0\n").toString()).err())
                .contains("zero: prices must be above 0");
        assertThat(run("garch", folder.resolve("absent.csv").toString()).err()).contains("absent.csv");
        assertThat(run("garch", file("empty.csv", "x\n").toString()).err()).contains("holds no rows");
        Ran form = run("garch", "--form", "arch", folder.resolve("few.csv").toString());
        assertThat(form.exit()).isEqualTo(2);
        assertThat(form.err()).contains("must be garch, gjr or egarch: arch");
        Ran states = run("regime", "--states", "1", folder.resolve("few.csv").toString());
        assertThat(states.exit()).isEqualTo(2);
        assertThat(states.err()).contains("--states must be within 2..10: 1");
    }

    @Test
    void seriesThatDoNotMeetAreRefused() throws IOException {
        String one = file("one.csv", "time,x\n1,5\n2,6\n3,7\n").toString();
        String other = file("other.csv", "time,x\n4,5\n5,6\n3,7\n").toString();
        String twice = file("twice.csv", "time,x\n1,5\n1,6\n3,7\n").toString();
        String bare = file("bare.csv", "x\n5\n6\n").toString();
        assertThat(run("dcc", one, other).err()).contains("1 times in common");
        assertThat(run("dcc", one, twice).err()).contains("twice has the time 1 twice");
        assertThat(run("dcc", one, bare).err()).contains("bare has no column of times");
        assertThat(run("dcc", one).exit()).isEqualTo(2);
    }
}
