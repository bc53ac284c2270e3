package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.Main;
import dev.tranche.engine.venue.Credentials;
import dev.tranche.engine.venue.DeribitExchange;
import dev.tranche.engine.venue.Matcher;
import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed, hard, while it trades on a venue that goes on without it.
@Timeout(180)
class KilledDeskTest {
    private static final String SYMBOL = "BTC-PERPETUAL";
    private static final long MID = 600_000;
    private static final Contract PERPETUAL = new Contract(
            new Instrument(SYMBOL, 1, 0),
            "deribit",
            new Terms.Inverse("BTC", "USD", 1, true),
            5,
            10,
            10,
            new Fees(0, 0.0005, Double.POSITIVE_INFINITY));

    @TempDir
    Path folder;

    private Path config(DeribitExchange exchange, SecretBox secrets) throws Exception {
        Trading.strategyFolder(folder, "one", Trading.strategy("perp_mm_glft_v1.0", "deribit", SYMBOL, 100, 0.1));
        Path file = folder.resolve("trading.yaml");
        Files.writeString(file, """
                trading:
                  desk: perp_mm
                  data: data
                  port: 0
                  reconcile: 1s
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  venues:
                    - {name: deribit, kind: deribit, stream_url: "%s", key: !secret "%s", secret: !secret "%s"}
                  contracts:
                    - {venue: deribit, symbol: BTC-PERPETUAL, price_decimals: 1, quantity_decimals: 0, tick: 5, step: 10, terms: inverse, base: BTC, quote: USD, taker_bps: 5}
                  strategies:
                    - {folder: one}
                """.formatted(
                        exchange.socket(),
                        secrets.seal("trading.venues[0].key", "the key"),
                        secrets.seal("trading.venues[0].secret", "the secret")));
        return file;
    }

    /// A market that moves, and trades with whoever quotes best, until it is told to stop.
    private static Thread market(DeribitExchange exchange, AtomicBoolean over) {
        return Thread.ofPlatform().daemon().start(() -> {
            Random chance = new Random(5);
            while (!over.get()) {
                Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
                if (chance.nextInt(3) == 0) {
                    exchange.take(
                            SYMBOL, side, side == Side.BUY ? MID + 400 : MID - 400, 10 + 10L * chance.nextInt(30));
                } else {
                    long away = 50 + 5L * chance.nextInt(20);
                    exchange.others(SYMBOL, side, side == Side.BUY ? MID - away : MID + away, 100);
                }
                LockSupport.parkNanos(5_000_000);
            }
        });
    }

    private Process child(Path config, Path keys) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "market",
                        "run",
                        "--role",
                        "engine",
                        "--config",
                        config.toString(),
                        "--keys",
                        keys.toString())
                .redirectOutput(new File(folder.toFile(), "child.log"))
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void afterAKillTheDeskHasTheVenuesPositionNoOrderIsUsedTwiceAndNoneQuotesTwice() throws Exception {
        Path keys = folder.resolve("keys");
        SecretBox secrets = SecretBox.createFile(keys);
        Ticks ticks = Ticks.system();
        AtomicBoolean over = new AtomicBoolean();
        try (DeribitExchange exchange =
                DeribitExchange.open(List.of(PERPETUAL), () -> ticks.now().toEpochMilli(), new Random(7))) {
            exchange.account("desk", Credentials.of("the key", "the secret"));
            exchange.others(SYMBOL, Side.BUY, MID - 100, 5000);
            exchange.others(SYMBOL, Side.SELL, MID + 100, 5000);
            Path config = config(exchange, secrets);
            Thread market = market(exchange, over);
            Process child = child(config, keys);
            try {
                Trading.await(
                        "fills before the kill: " + Files.readString(folder.resolve("child.log")),
                        () -> exchange.fills("desk").size() >= 5);
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            int filled = exchange.fills("desk").size();
            TradingLaunch launch = new TradingLaunch(
                    config,
                    Set.of(TradingLaunch.Role.ENGINE),
                    secrets,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
            try (MarketMaker maker = MarketMaker.start(launch, ticks)) {
                Trading.await("fills after it", () -> exchange.fills("desk").size() > filled + 3);
                over.set(true);
                market.join();
                Trading.await("one position", () -> quantity(maker) == exchange.position("desk", SYMBOL));
                List<Matcher.Order> open = exchange.open("desk");
                assertThat(open.size()).isLessThanOrEqualTo(2);
                assertThat(maker.failed()).isFalse();
            }
            assertThat(exchange.open("desk")).isEmpty();
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
        List<Long> ids = Trading.ids(folder);
        assertThat(ids).hasSizeGreaterThan(5);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(Standing.most(folder)).isLessThanOrEqualTo(2);
    }

    private static long quantity(MarketMaker maker) {
        return Trading.status(maker).path("positions").path(0).path("quantity").asLong(0);
    }
}
