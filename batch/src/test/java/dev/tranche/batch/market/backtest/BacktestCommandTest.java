package dev.tranche.batch.market.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.market.Side;
import dev.tranche.market.desk.Capital;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command, on bars made up here and on the shared recordings.
class BacktestCommandTest {
    private static final String STRATEGY = """
            strategy:
              name: btc_mm_glft_v1.0
              quotes: [{venue: here, symbol: BTCUSDT}]
              fair: mid
              quoting: {model: glft, gamma: 0.01, arrival_a: 0.05, arrival_k: 0.1, size: 0.1, least_spread_bps: 4,
                most_spread_bps: 60, refresh: 1s, stale: 2m, late: 2m}
              volatility: {sample: 1m, half_life: 30m, warm: 5}
              limits: {quantity: 1, position: 0.3, collar_bps: 200, reference_age: 2m}
            """;

    private static final String CONFIG = """
            name: made_up
            seed: 3
            capital: 100000
            timer: 1m
            sample: 1m
            venues: {here: {crossing: false, bar_share: 0.1}}
            contracts:
              - {venue: here, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, terms: linear,
                 base: BTC, quote: USDT, perpetual: true, maker: 0.0001, taker: 0.0005,
                 data: {bars: [BTCUSDT_1m.csv], interval: 1m, half_spread_bps: 0.5, shown: 5},
                 funding: [{at: 2025-01-01T08:00:00Z, rate: 0.0001}]}
            strategies: [strategy.yaml]
            """;

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    private static Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(BacktestCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new Said(code, out.toString(), err.toString());
    }

    /// A day and a bit of minutes, a walk.
    private Path made(String config) throws IOException {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        StringBuilder rows = new StringBuilder("open_time_ms,open,high,low,close,volume\n");
        double price = 100_000;
        for (int i = 0; i < 1500; i++) {
            double close = Math.round(price * Math.exp(0.0006 * chance.nextGaussian()) * 10) / 10.0;
            double high = Math.max(price, close) + Math.round(300 * chance.nextDouble()) / 10.0;
            double low = Math.min(price, close) - Math.round(300 * chance.nextDouble()) / 10.0;
            rows.append(1_735_689_600_000L + 60_000L * i)
                    .append(String.format(Locale.ROOT, ",%.1f,%.1f,%.1f,%.1f,40%n", price, high, low, close));
            price = close;
        }
        Files.writeString(folder.resolve("BTCUSDT_1m.csv"), rows);
        Files.writeString(folder.resolve("strategy.yaml"), STRATEGY);
        return Files.writeString(folder.resolve("backtest.yaml"), config);
    }

    @Test
    void theSameConfigurationAndSeedGiveTheSameBytes() throws IOException {
        Path config = made(CONFIG);
        Path json = folder.resolve("a.json");
        Path report = folder.resolve("a.html");
        Said first = run(config.toString(), "--json", json.toString(), "--report", report.toString());
        assertThat(first.code()).as(first.err()).isZero();
        Path again = folder.resolve("b.json");
        assertThat(run(config.toString(), "--json", again.toString()).code()).isZero();
        assertThat(again).hasSameBinaryContentAs(json);
        JsonNode tree = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(first.out()).contains("desk hash " + tree.path("hash").asString());
        assertThat(Files.readString(report))
                .contains("Equity over time", "Where it came from", "here:BTCUSDT", "Greeks", "Breaker", "Latency")
                .doesNotContain("http://", "https://");
    }

    @Test
    void theAccountAddsUp() throws IOException {
        Said said = run(made(CONFIG).toString(), "--json", "-");
        assertThat(said.code()).as(said.err()).isZero();
        JsonNode tree = JsonMapper.shared().readTree(said.out());
        JsonNode parts = tree.path("parts");
        double total = parts.path("total").asDouble();
        double sum = parts.path("spread").asDouble()
                + parts.path("adverse").asDouble()
                + parts.path("inventory").asDouble()
                + parts.path("hedge").asDouble()
                - parts.path("fees").asDouble()
                - parts.path("funding").asDouble();
        assertThat(tree.path("fills").asInt()).isGreaterThan(20);
        assertThat(sum).isCloseTo(total, within(1e-6));
        assertThat(tree.path("profit").asDouble()).isCloseTo(total, within(1e-6));
        double days = 0;
        for (JsonNode day : tree.path("days")) {
            days += day.path("profit").asDouble();
        }
        assertThat(days).isCloseTo(total, within(1e-6));
        JsonNode contract = tree.path("contracts").path(0);
        long position = 0;
        for (JsonNode fill : tree.path("first_fills")) {
            position += (fill.path(3).asString().equals("BUY") ? 1 : -1)
                    * fill.path(5).asLong();
        }
        assertThat(tree.path("fills").asInt()).isLessThan(2000);
        assertThat(contract.path("position_lots").asLong()).isEqualTo(position);
    }

    @Test
    void whatIsWrongIsNamedWithItsValue() throws IOException {
        Path config = made(CONFIG.replace("crossing: false", "crossign: false"));
        assertThat(run(config.toString()).err()).contains("crossign");
        Files.writeString(config, CONFIG.replace("BTCUSDT_1m.csv", "ETHUSDT_1m.csv"));
        assertThat(run(config.toString()).err()).contains("there is no file").contains("--data");
        Files.writeString(config, CONFIG.replace("timer: 1m", "timer: 1 minute"));
        assertThat(run(config.toString()).err()).contains("timer", "1 minute");
        Files.writeString(config, CONFIG.replace("bar_share: 0.1", "bar_share: 2"));
        Said said = run(config.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("share must be above 0 and at most 1: 2.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timer: 1m | timer: 0s | timer must be within 1us..24h: 0s",
                "timer: 1m | timer: 2d | timer must be within 1us..24h: 2d",
                "sample: 1m | sample: 0s | sample must be within 1ms..24h: 0s",
                "seed: 3 | seed: 1.5 | seed must be a whole number within",
                "shown: 5 | shown: -5 | shown must be within 1.0E-12..1.0E12: -5.0",
                "half_spread_bps: 0.5 | half_spread_bps: -1 | half_spread_bps must be within 0.0..1000.0: -1.0",
                "[strategy.yaml] | [strategy.yaml, strategy.yaml] | must be of different names",
                "strategies: [strategy.yaml] | regime: true | backtest needs the key \"strategies\"",
                "name: made_up | name: [ | while parsing a flow"
            })
    void eachValueIsHeldAgainstItsRange(String was, String is, String told) throws IOException {
        Said said = run(made(CONFIG.replace(was, is)).toString());
        assertThat(said.code()).isEqualTo(1);
        // A refusal is told in one line by the program, a bug with its trace.
        assertThat(said.err()).contains("RefusedException: ", told);
    }

    @Test
    void whatCannotBeReadOrWrittenIsSaidBeforeTheRun() throws IOException {
        String config = made(CONFIG).toString();
        assertThat(run(config, "--data", folder.resolve("none").toString()).err())
                .contains("there is no folder " + folder.resolve("none"));
        Said unwritable = run(config, "--report", config + "/report.html");
        assertThat(unwritable.err()).contains("nothing can be written to the folder " + config);
        assertThat(unwritable.out()).isEmpty();
        assertThat(run(config, "--json", folder.toString()).err()).contains(folder + " is no file to write to");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(run(binary.toString()).err()).contains("binary.yaml is no text in UTF-8");
        Path bars = folder.resolve("BTCUSDT_1m.csv");
        List<String> rows = new ArrayList<>(Files.readAllLines(bars));
        rows.set(9, "1735690080000,a,b");
        Files.write(bars, rows);
        Said left = run(config, "--json", "-");
        assertThat(left.code()).isZero();
        assertThat(left.err()).contains("BTCUSDT_1m.csv: 1 of 1500 rows left out", "1 holes in time, 1 bars missing");
        assertThat(JsonMapper.shared().readTree(left.out()).path("recordings").propertyNames())
                .containsExactly("BTCUSDT_1m.csv");
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(
                Path.of(config),
                CONFIG.replace("{bars: [BTCUSDT_1m.csv], interval: 1m, half_spread_bps: 0.5,", "{chains: [empty],"));
        assertThat(run(config).err()).contains("no .csv and no .csv.gz is in the folder");
        Files.writeString(folder.resolve("empty/a.csv"), """
                timestamp,instrument_name,bid_price,ask_price,futures_price,futures_instrument_name
                2026-01-05T04:00:00+00:00,BTCUSDT,0.05,x,93000.5,BTC-26JUN26
                """);
        assertThat(run(config).err()).contains("a.csv: a price must be a number, at least 0: \"x\"");
    }

    @Test
    void snapshotsOfAChainAreTheBestPricesOfItsOptionsAndFutures() throws IOException {
        String header = "timestamp,instrument_name,bid_price,ask_price,futures_price,futures_instrument_name\n";
        Files.createDirectories(folder.resolve("chains"));
        Files.writeString(
                folder.resolve("chains/a.csv"),
                header + "2026-01-05T04:00:00+00:00,BTC-26JUN26-90000-C,0.05,0.055,93000.5,BTC-26JUN26\n");
        Files.writeString(
                folder.resolve("chains/b.csv"),
                header + "2026-01-05T10:00:00+00:00,BTC-26JUN26-90000-P,0.03,0.035,93100,BTC-26JUN26\n"
                        + "2026-01-05T10:00:00+00:00,BTC-26JUN26-90000-C,,0.054,93100,BTC-26JUN26\n");
        Files.writeString(folder.resolve("chains/marks.csv"), "timestamp,coin\n2026-01-05T10:00:00+00:00,BTC\n");
        made("""
                name: chain
                capital: {BTC: 5, USDC: 1000}
                venues: {deribit: {}}
                contracts:
                  - {venue: deribit, symbol: BTC-26JUN26, price_decimals: 1, quantity_decimals: 0, terms: linear,
                     base: BTC, quote: USDC, data: {chains: [chains], shown: 10}}
                  - {venue: deribit, symbol: BTC-26JUN26-90000-C, price_decimals: 4, quantity_decimals: 1, tick: 5,
                     terms: option, base: BTC, underlying: BTC-26JUN26, right: call, strike: 90000,
                     expiry: 2026-06-26T08:00:00Z, data: {chains: [chains], shown: 2}}
                strategies: []
                """);
        BacktestConfig config = BacktestFile.read(folder.resolve("backtest.yaml"), Optional.empty());
        assertThat(config.capital()).isEqualTo(Capital.parse("5 BTC, 1000 USDC"));
        SimulatedVenue venue = SimulatedVenue.of(
                config.contracts(),
                config.venues().getFirst(),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        List<Simulation.Track> tracks = Recordings.load(config).tracks();
        Simulation simulation = Simulation.of(
                venue,
                tracks,
                60_000_000_000L,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        Desk desk = Desk.of(config.contracts(), DeskTerms.usual("chain", config.capital()), venue, DeskSink.NONE);
        long noon = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli() * 1_000_000;
        simulation.runUntil(noon, desk);
        assertThat(venue.best(0, Side.BUY)).isEqualTo(930_005);
        assertThat(venue.best(1, Side.BUY)).isEqualTo(500);
        assertThat(venue.best(1, Side.SELL)).isEqualTo(550);
        assertThat(simulation.run(desk)).isEqualTo(8);
        assertThat(venue.best(0, Side.SELL)).isEqualTo(931_001);
        assertThat(venue.best(1, Side.BUY)).isZero();
        assertThat(venue.best(1, Side.SELL)).isEqualTo(540);

        Path report = folder.resolve("chain.html");
        Said said = run(folder.resolve("backtest.yaml").toString(), "--report", report.toString(), "--json", "-");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(Files.readString(report)).contains("By greek", "theta");
        JsonNode greeks = JsonMapper.shared().readTree(said.out()).path("greeks");
        assertThat(greeks.path("total").asDouble(Double.NaN)).isZero();
        assertThat(greeks.path("other").asDouble(Double.NaN)).isZero();
    }

    @Test
    void theExampleRunsOnTheSharedRecordings() throws IOException {
        String shared = System.getProperty("tranche.shared", "");
        Path data = Path.of(shared, "data/crypto");
        assumeTrue(!shared.isEmpty() && Files.isDirectory(data), "left out: no shared data (-Dtranche.shared)");
        Path example = Path.of(System.getProperty("tranche.root", ".."), "examples/market/backtest/btc_eth_l2.yaml");
        Said said = run(example.toString(), "--data", data.toString(), "--json", "-");
        assertThat(said.code()).as(said.err()).isZero();
        JsonNode tree = JsonMapper.shared().readTree(said.out());
        assertThat(tree.path("events").asInt()).isEqualTo(337_218);
        assertThat(tree.path("begins").asString()).isEqualTo("2024-08-08T23:54:16.298Z");
        assertThat(tree.path("two_sided_share").asDouble()).isGreaterThan(0.5);
        assertThat(tree.path("fills").asInt()).isPositive();
        assertThat(tree.path("contracts").path(1).path("maker_fills").asInt()).isPositive();
    }
}
