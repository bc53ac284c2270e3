package dev.tranche.batch.market.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.risk.BreakerState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The breaker under a shock, on five days of half hours made up here.
class BreakerStudyTest {
    private static final int BARS = 5 * 48;

    private static final String STRATEGY = """
            strategy:
              name: btc_mm_glft_v1.0
              quotes: [{venue: here, symbol: BTCUSDT}]
              fair: mid
              quoting: {model: glft, gamma: 0.01, arrival_a: 0.05, arrival_k: 0.1, size: 0.1, least_spread_bps: 4,
                most_spread_bps: 60, refresh: 1s, stale: 61m, late: 61m}
              volatility: {sample: 30m, half_life: 6h, warm: 5}
              limits: {quantity: 1, position: 0.3, collar_bps: 200, reference_age: 61m}
            """;

    private static final String CONFIG = """
            name: shocks
            capital: 200000
            timer: 30m
            sample: 30m
            venues: {here: {crossing: false, bar_share: 0.1}}
            contracts:
              - {venue: here, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, terms: linear,
                 base: BTC, quote: USDT, perpetual: true,
                 data: {bars: [BTCUSDT_30m.csv], interval: 30m, half_spread_bps: 0.5, shown: 5}}
            strategies: [strategy.yaml]
            """;

    @TempDir
    Path folder;

    private Path config;

    /// A walk, by two thousandths a bar.
    @BeforeEach
    void write() throws IOException {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        StringBuilder rows = new StringBuilder("open_time_ms,open,high,low,close,volume\n");
        double price = 100_000;
        for (int i = 0; i < BARS; i++) {
            double close = Math.round(price * Math.exp(0.002 * chance.nextGaussian()) * 10) / 10.0;
            double high = Math.max(price, close) + Math.round(3000 * chance.nextDouble()) / 10.0;
            double low = Math.min(price, close) - Math.round(3000 * chance.nextDouble()) / 10.0;
            rows.append(1_735_689_600_000L + 1_800_000L * i)
                    .append(String.format(Locale.ROOT, ",%.1f,%.1f,%.1f,%.1f,40%n", price, high, low, close));
            price = close;
        }
        Files.writeString(folder.resolve("BTCUSDT_30m.csv"), rows);
        Files.writeString(folder.resolve("strategy.yaml"), STRATEGY);
        config = Files.writeString(folder.resolve("backtest.yaml"), CONFIG);
    }

    @Test
    void theBreakerIsComparedOnTheDayOfTheShockAndAfter() throws IOException {
        BacktestConfig read = BacktestFile.read(config, Optional.empty());
        StressPaths paths = StressPaths.of(Recordings.bars(read));
        List<BreakerStudy.Stress> calm = BreakerStudy.stress(read, paths, 10, 1);
        assertThat(calm).hasSize(2);
        assertThat(calm.get(1).reached(BreakerState.WARNING)).isZero();
        BreakerStudy.Window same = calm.get(1).windows().getFirst();
        assertThat(same.with()).isEqualTo(same.without());

        BreakerStudy.Stress shocked = BreakerStudy.stress(read, paths, 10, 20).get(1);
        assertThat(shocked.windows()).hasSize(1);
        assertThat(shocked.reached(BreakerState.RESTRICTED)).isEqualTo(1);
        assertThat(shocked.why()).containsKey("var_95");
        BreakerStudy.Window other = shocked.windows().getFirst();
        assertThat(other.restrained()).isPositive();
        assertThat(other.with()).isNotEqualTo(other.without());
        assertThat(other.without().fall()).isGreaterThan(same.without().fall());
    }

    @Test
    void theValueAtRiskIsOfReturnsThatTheTimerCanTell() throws IOException {
        assertThat(BacktestFile.read(config, Optional.empty()).riskSample()).hasMinutes(30);
        Files.writeString(config, CONFIG.replace("timer: 30m", "timer: 30m\nrisk_sample: 1h"));
        assertThat(BacktestFile.read(config, Optional.empty()).riskSample()).hasMinutes(60);
        Files.writeString(config, CONFIG.replace("timer: 30m", "timer: 30m\nrisk_sample: 1m"));
        assertThat(refused(config.toString())).contains("risk_sample must be within the timer and 1d: 1m");
    }

    @Test
    void theStudySaysWhatTheBreakerSaved() {
        StringWriter out = new StringWriter();
        int code = new CommandLine(StudyCommand.class)
                .setOut(new PrintWriter(out, true))
                .execute(config.toString(), "--stress", "3", "--shock", "20", "--replicates", "200");
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("Stress: 1 windows", "| 20 | breaker alone | 1 | 1 |", "| 20 | breaker alone | profit |");
        assertThat(refused(config.toString(), "--shock", "30")).contains("--shock must be within 1..20: 30");
        assertThat(refused(config.toString(), "--replicates", "5"))
                .contains("--replicates must be within 100..1000000: 5");
    }

    private static String refused(String... words) {
        StringWriter err = new StringWriter();
        int code = new CommandLine(StudyCommand.class)
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter(), true))
                .execute(words);
        assertThat(code).isEqualTo(1);
        return err.toString();
    }
}
