package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Seed 002's three services, each with its own doors, on the recording of another day.
@Timeout(120)
class RolesTest {
    @TempDir
    Path folder;

    private static TradingLaunch launch(Path config, TradingLaunch.Role role, Path data) {
        return new TradingLaunch(
                config,
                Set.of(role),
                SecretBox.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(data),
                Optional.empty(),
                Optional.of(0),
                Optional.empty(),
                false);
    }

    @Test
    void marketDataAreForwardedTheEngineTradesAndTheMonitorKillsIt() throws Exception {
        Trading.stream(folder, "BTCUSDT", 7, 6000);
        Trading.stream(folder, "ETHUSDT", 8, 6000);
        Trading.strategyFolder(folder, "one", Trading.strategy("btc_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.001));
        String text = Files.readString(Trading.config(folder, "real", List.of("one"), ""));
        Path data = folder.resolve("data");
        Path first = folder.resolve("market.yaml");
        Files.writeString(first, text);
        try (MarketMaker market =
                MarketMaker.start(launch(first, TradingLaunch.Role.MARKET_DATA, data), Ticks.system())) {
            Path second = folder.resolve("engine.yaml");
            Files.writeString(second, text + "  market_data: http://127.0.0.1:" + market.port() + "\n");
            try (MarketMaker engine =
                    MarketMaker.start(launch(second, TradingLaunch.Role.ENGINE, data), Ticks.system())) {
                Trading.await(
                        "quotes",
                        () -> Trading.status(engine)
                                        .path("orders")
                                        .path("active")
                                        .asLong()
                                > 0);
                Path third = folder.resolve("monitor.yaml");
                Files.writeString(
                        third, text + "  engine: http://127.0.0.1:" + engine.port() + "\n  watch.notional: 1\n");
                try (MarketMaker monitor =
                        MarketMaker.start(launch(third, TradingLaunch.Role.RISK_MONITOR, data), Ticks.system())) {
                    Trading.await(
                            "the kill",
                            () -> Trading.status(engine)
                                    .path("breaker")
                                    .path("state")
                                    .asString()
                                    .equals("KILLED"));
                    assertThat(Trading.status(engine)
                                    .path("breaker")
                                    .path("why")
                                    .asString())
                            .contains("killed by risk-monitor: position in binance:BTCUSDT is worth");
                    String seen = Trading.ask(monitor.port(), "GET", "/metrics", "", "")
                            .body();
                    assertThat(seen).contains("risk_monitor_kills_total 1.0");
                    assertThat(Trading.ask(market.port(), "GET", "/ready", "", "")
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    @Test
    void aRecordingThatIsForwardedIsHeardWholeFromWhereTheEngineWasAndItsEndIsHeard() throws Exception {
        Trading.stream(folder, "BTCUSDT", 7, 3000);
        Trading.stream(folder, "ETHUSDT", 8, 3000);
        Trading.strategyFolder(folder, "one", Trading.strategy("btc_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.001));
        String text = Files.readString(Trading.config(folder, "fast", List.of("one"), ""));
        Path data = folder.resolve("data");
        Path first = Files.writeString(folder.resolve("market.yaml"), text);
        for (int round = 0; round < 2; round++) {
            try (MarketMaker market =
                    MarketMaker.start(launch(first, TradingLaunch.Role.MARKET_DATA, data), Ticks.system())) {
                assertThat(Trading.ask(market.port(), "GET", "/ready", "", "").statusCode())
                        .isEqualTo(200);
                Path second = Files.writeString(
                        folder.resolve("engine.yaml"),
                        text + "  market_data: http://127.0.0.1:" + market.port() + "\n");
                try (MarketMaker engine =
                        MarketMaker.start(launch(second, TradingLaunch.Role.ENGINE, data), Ticks.system())) {
                    Trading.await("the end", engine::ended);
                    assertThat(engine.desk().orElseThrow().lost()).isZero();
                    assertThat(Trading.status(engine).at("/orders/placed").asLong())
                            .isGreaterThan(10);
                }
            }
        }
        assertThat(heard(data)).isEqualTo(recorded("BTCUSDT.gz") + recorded("ETHUSDT.gz"));
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    private static long heard(Path data) throws IOException {
        long messages = 0;
        try (TradingJournal journal = TradingJournal.open(data.resolve("journal"), LogSettings.of(Durability.ASYNC))) {
            Cursor cursor = journal.cursor(journal.start());
            for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                messages += Entry.of(next.get().type()) == Entry.MARKET ? 1 : 0;
            }
        }
        return messages;
    }

    private long recorded(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().count();
        }
    }
}
