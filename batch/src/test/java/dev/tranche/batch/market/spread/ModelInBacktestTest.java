package dev.tranche.batch.market.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.batch.market.MarketCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A desk in a back-test asks the model in the folder that the configuration names.
class ModelInBacktestTest {
    private static final Path MODEL =
            Path.of(System.getProperty("tranche.root"), "examples/market/btc_spread_xgb_v1.0");
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    /// Half a minute of a market that goes up and down by a few ticks.
    private void recording() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(line(0, """
                {"lastUpdateId":10,"E":%d,"T":%d,"bids":[["60000.0","1"],["59999.9","2"]],"asks":[["60000.1","1"],["60000.2","2"]]}"""));
        for (int i = 1; i <= 300; i++) {
            double bid = 60_000 + (i / 7 % 5) * .1;
            lines.add(line(i * 100L, String.format(Locale.ROOT, """
                    {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":%d,"s":"BTCUSDT","b":"%.1f","B":"1.%d","a":"%.1f","A":"2","T":%%d,"E":%%d}}""", 10 + i, bid, i % 9, bid + .1)));
            lines.add(line(i * 100L + 1, String.format(Locale.ROOT, """
                    {"stream":"btcusdt@trade","data":{"e":"trade","E":%%d,"T":%%d,"s":"BTCUSDT","t":%d,"p":"%.1f","q":"0.01","X":"MARKET","m":true}}""", i, bid)));
        }
        Files.write(folder.resolve("btcusdt.txt"), lines);
    }

    private static String line(long after, String message) {
        long millis = BEGIN_MILLIS + after;
        return millis * 1_000_000 + " " + String.format(Locale.ROOT, message, millis, millis);
    }

    private String report(String model) throws IOException {
        recording();
        Files.writeString(folder.resolve("mm.yaml"), """
                strategy:
                  name: btc_mm_glft_v1.0
                  quotes: [{venue: binance, symbol: BTCUSDT}]
                  fair: mid
                  quoting: {model: glft, gamma: 0.1, arrival_a: 1.2, arrival_k: 0.5, size: 0.02}
                  spread: {source: model, product: btc_spread, low_bps: 0.01, high_bps: 100}
                  volatility: {sample: 1s, half_life: 30s, warm: 5}
                  limits: {quantity: 0.5, notional: 30000, position: 0.4, open: 60000, collar_bps: 200, orders_a_second: 40}
                """);
        Path config = Files.writeString(folder.resolve("backtest.yaml"), """
                name: half_a_minute
                seed: 1
                capital: 100000
                timer: 10ms
                sample: 1s
                venues: {binance: {entry: {median: 3ms, sigma: 0.3}, response: {median: 3ms, sigma: 0.3}, queue: fifo, crossing: true, requests_a_second: 40, burst: 300}}
                contracts:
                  - {venue: binance, symbol: BTCUSDT, price_decimals: 1, quantity_decimals: 3, terms: linear, base: BTC, quote: USDT, perpetual: true, maker: 0.0002, taker: 0.0005, data: {events: [btcusdt.txt]}, feed: {recorded: 1ms}}
                strategies: [mm.yaml]
                %s""".formatted(model));
        Path report = folder.resolve("report.html");
        int exit = new CommandLine(MarketCommand.class)
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute("backtest", config.toString(), "--data", folder.toString(), "--report", report.toString());
        assertThat(exit).as(said.toString()).isZero();
        return Files.readString(report);
    }

    @Test
    void theModelOfTheFolderAnswersOnceTheWindowIsWhole() throws IOException {
        assertThat(report("spread_model: " + MODEL + "\n"))
                .containsPattern("source of the spread</dt><dd>\\{.*model=[0-9]+")
                .doesNotContain("no_model");
    }

    @Test
    void withoutAModelTheHeuristicStandsInByItsName() throws IOException {
        assertThat(report("")).containsPattern("source of the spread</dt><dd>\\{no_model=[0-9]+\\}");
    }
}
