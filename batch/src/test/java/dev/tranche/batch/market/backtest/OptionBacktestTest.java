package dev.tranche.batch.market.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.market.Side;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.GreekWatch;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options in a back-test: paid out when they expire, and their profit laid to greeks.
class OptionBacktestTest {
    private static final String STRATEGY = """
            strategy:
              name: btc_mm_chain_v1.0
              quotes: [{venue: deribit, symbol: CALL-90000}, {venue: deribit, symbol: PUT-92000}]
              fair: option_mark
              quoting: {model: glft, gamma: 0.01, arrival_a: 0.01, arrival_k: 0.1, size: 1, least_spread_bps: 20,
                most_spread_bps: 500, refresh: 1s, stale: 12h, late: 12h}
              volatility: {sample: 1h, half_life: 1d, warm: 2}
              limits: {quantity: 5, position: 2, collar_bps: 5000, collar_ticks: 40, reference_age: 12h}
            """;

    private static final String CONFIG = """
            name: expiry
            capital: 1000000
            timer: 10m
            sample: 10m
            reading: 10m
            venues: {deribit: {}}
            contracts:
            - {venue: deribit, symbol: FUTURE, price_decimals: 1, quantity_decimals: 3, terms: linear, base: BTC,
                 quote: USDC, data: {chains: [chains], shown: 10}}
            OPTIONSstrategies: [strategy.yaml]
            """;

    private static final String OPTION = """
            - {venue: deribit, symbol: SYMBOL, price_decimals: 4, quantity_decimals: 1, tick: 5, terms: option,
                 base: BTC, underlying: FUTURE, right: RIGHT, strike: STRIKE, expiry: EXPIRY,
                 maker: 0.0003, taker: 0.0003, cap: 0.125, data: {chains: [chains], shown: 2}}
            """;

    private static final Instant EXPIRY = Instant.parse("2026-01-06T08:00:00Z");
    private static final double SECONDS_A_YEAR = 365 * 86_400.0;

    private static final List<InverseOption> OPTIONS = List.of(
            new InverseOption(OptionType.CALL, 88_000, EXPIRY),
            new InverseOption(OptionType.CALL, 90_000, EXPIRY),
            new InverseOption(OptionType.PUT, 92_000, EXPIRY),
            new InverseOption(OptionType.CALL, 94_000, EXPIRY),
            new InverseOption(OptionType.CALL, 96_000, EXPIRY),
            new InverseOption(OptionType.CALL, 98_000, EXPIRY));

    @TempDir
    Path folder;

    private static String symbol(InverseOption option) {
        return option.type() + "-" + Math.round(option.strike());
    }

    private static String config() {
        StringBuilder options = new StringBuilder();
        for (InverseOption each : OPTIONS) {
            options.append(OPTION.replace("SYMBOL", symbol(each))
                    .replace("RIGHT", each.type().name().toLowerCase(Locale.ROOT))
                    .replace("STRIKE", Long.toString(Math.round(each.strike())))
                    .replace("EXPIRY", EXPIRY.toString()));
        }
        return CONFIG.replace("OPTIONS", options);
    }

    /// A chain priced with one volatility, a tick and a half on either side; empty once it is over.
    private void snapshot(String time, double future, double volatility) throws IOException {
        StringBuilder rows = new StringBuilder(
                "timestamp,instrument_name,bid_price,ask_price,futures_price,futures_instrument_name\n");
        double years = Duration.between(Instant.parse(time), EXPIRY).toSeconds() / SECONDS_A_YEAR;
        for (InverseOption option : OPTIONS) {
            String quotes = ",";
            if (years > 0) {
                double price = option.mark(future, volatility, years).price();
                quotes = String.format(
                        Locale.ROOT,
                        "%.4f,%.4f",
                        0.0005 * Math.max(0, Math.floor(price / 0.0005 - 1)),
                        0.0005 * Math.ceil(price / 0.0005 + 1));
            }
            rows.append(String.join(",", time, symbol(option), quotes, Double.toString(future), "FUTURE"))
                    .append('\n');
        }
        Files.writeString(
                Files.createDirectories(folder.resolve("chains")).resolve(time.replace(":", "") + ".csv"), rows);
    }

    private BacktestResult run(String config) throws IOException {
        BacktestConfig read =
                BacktestFile.read(Files.writeString(folder.resolve("backtest.yaml"), config), Optional.empty());
        return BacktestRun.run(read, Recordings.load(read).tracks());
    }

    @Test
    void anOptionThatExpiresIsPaidOutInCoin() throws IOException {
        Files.writeString(folder.resolve("strategy.yaml"), STRATEGY);
        snapshot("2026-01-05T01:00:00Z", 92_800, 0.6);
        snapshot("2026-01-05T04:00:00Z", 93_000, 0.6);
        snapshot("2026-01-05T08:00:00Z", 92_500, 0.6);
        snapshot("2026-01-05T12:00:00Z", 93_000, 0.9);
        snapshot("2026-01-06T07:00:00Z", 95_000, 0.6);
        snapshot("2026-01-06T10:00:00Z", 96_000, 0.6);
        BacktestResult result = run(config());

        int contracts = OPTIONS.size() + 1;
        double[] coins = new double[contracts];
        double[] held = new double[contracts];
        for (Fills.Fill fill : result.recorder().fills.all()) {
            assertThat(fill.at() / 1_000_000).isLessThan(EXPIRY.toEpochMilli());
            double quantity = fill.side().sign() * 0.1 * fill.lots();
            held[fill.contract()] += quantity;
            coins[fill.contract()] -= quantity * 1e-4 * fill.ticks() + 1e-8 * fill.fee();
        }
        int call = 2;
        int put = 3;
        // Both were traded and held to the end: without that, this says nothing.
        assertThat(held[call]).isNotZero();
        assertThat(held[put]).isNotZero();
        assertThat(result.account().position(call)).isZero();
        assertThat(result.account().position(put)).isZero();
        // The call pays (S - K) / S at the future's last price before the expiry, the put nothing.
        double paid = held[call] * (95_000 - 90_000) / 95_000.0;
        double expected = (coins[call] + coins[put] + paid) * 96_000;
        assertThat(result.profit()).isCloseTo(expected, within(0.2));
        assertThat(result.usd(Part.UNREALISED)).isCloseTo(0, within(1e-6));
        assertThat(result.trader().series.value(result.trader().series.size() - 1, Trader.GAMMA))
                .isZero();
        // The desk's own account, whose last reading is before the last price.
        double before = (coins[call] + coins[put] + paid) * 95_000;
        assertThat(result.greeks().total()).isCloseTo(before, within(0.2));
    }

    @Test
    void profitOfOptionsOnARealChainIsLaidToGreeks() throws IOException {
        String shared = System.getProperty("tranche.shared", "");
        Path data = Path.of(shared, "data/crypto");
        assumeTrue(!shared.isEmpty() && Files.isDirectory(data), "left out: no shared data (-Dtranche.shared)");
        Path examples = Path.of(System.getProperty("tranche.root", ".."), "examples/market/backtest");
        Files.copy(examples.resolve("btc_chain_mm.yaml"), folder.resolve("btc_chain_mm.yaml"));
        String days;
        try (Stream<Path> files = Files.list(data.resolve("deribit_option_chains"))) {
            days = files.map(Path::toString)
                    .filter(name -> name.contains("snapshot_2026010"))
                    .sorted()
                    .limit(12)
                    .collect(Collectors.joining("', '", "['", "']"));
        }
        String config = Files.readString(examples.resolve("btc_chain.yaml"))
                .replace("[deribit_option_chains]", days)
                .replace("timer: 1m", "timer: 30m")
                .replace("sample: 1h", "sample: 30m")
                .replace("reading: 1h", "reading: 30m");
        BacktestResult result = run(config);

        List<Fills.Fill> options = result.recorder().fills.all().stream()
                .filter(fill -> result.config().contracts().get(fill.contract()).terms() instanceof Terms.CoinOption)
                .toList();
        assertThat(options).hasSizeGreaterThan(10);
        assertThat(options).anyMatch(fill -> fill.side() == Side.BUY).anyMatch(fill -> fill.side() == Side.SELL);
        GreekWatch greeks = result.greeks();
        Map<String, Double> parts = BacktestJson.greeks(greeks);
        assertThat(parts.get("gamma")).isNotZero();
        assertThat(parts.get("vega")).isNotZero();
        assertThat(parts.get("theta")).isNotZero();
        double sum = parts.entrySet().stream()
                .filter(part -> !part.getKey().equals("total"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        assertThat(sum).isCloseTo(greeks.total(), within(1e-6));
        // The report's own ledger at the desk's last reading, the last turn of the timer.
        Series series = result.trader().series;
        double then = series.value(series.size() - 2, Trader.EQUITY) - result.capital();
        assertThat(greeks.total()).isCloseTo(then, within(0.01));

        String page = BacktestPage.html(result, Map.of());
        assertThat(page).contains("By greek", "Gamma and vega over time", "Not traded");
        for (double part : parts.values()) {
            assertThat(page).contains(String.format(Locale.ROOT, "%,.2f", part));
        }
        assertThat(page).contains(BacktestText.money(result.profit() - greeks.total()) + " dollars, is laid to none");
    }
}
