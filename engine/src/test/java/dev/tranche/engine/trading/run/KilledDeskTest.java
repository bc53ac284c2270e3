package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.Main;
import dev.tranche.engine.venue.BinanceExchange;
import dev.tranche.engine.venue.Credentials;
import dev.tranche.engine.venue.DeribitExchange;
import dev.tranche.engine.venue.LocalExchange;
import dev.tranche.engine.venue.Loopback;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A process that is killed, hard, while it trades on a venue that goes on without it.
@Timeout(180)
class KilledDeskTest {
    private static final Contract PERPETUAL = new Contract(
            new Instrument("BTC-PERPETUAL", 1, 0),
            "deribit",
            new Terms.Inverse("BTC", "USD", 1, true),
            5,
            10,
            10,
            new Fees(0, 0.0005, Double.POSITIVE_INFINITY));
    private static final Contract LINEAR = new Contract(
            new Instrument("BTCUSDT", 2, 3),
            "binance",
            new Terms.Linear("BTC", "USDT", true),
            10,
            1,
            1,
            new Fees(0, 0.0005, Double.POSITIVE_INFINITY));
    private static final Credentials DESK = Credentials.of("the key", "the secret");

    /// A market on one of the local exchanges.
    ///
    /// @param price one dollar, in ticks
    /// @param lots a unit of trade
    /// @param beat lets the exchange see what time it is
    private record Traded(
            LocalExchange exchange,
            Contract contract,
            long price,
            long lots,
            Runnable beat,
            String venue,
            String row,
            String strategy) {
        String symbol() {
            return contract.symbol();
        }

        long at(double dollars) {
            return Math.round(dollars * price);
        }

        /// How many orders of the desk stand on the side where most do, as the venue has them.
        int standing() {
            Map<Side, Long> sides = exchange.open("desk").stream()
                    .collect(Collectors.groupingBy(Matcher.Order::side, Collectors.counting()));
            return sides.values().stream().mapToInt(Long::intValue).max().orElse(0);
        }

        /// A market that moves, and trades with whoever quotes best, until it is told to stop.
        ///
        /// @param most what stood at once on one side
        Thread market(AtomicBoolean over, AtomicInteger most) {
            return Thread.ofPlatform().daemon().start(() -> {
                Random chance = new Random(5);
                while (!over.get()) {
                    beat.run();
                    most.accumulateAndGet(standing(), Math::max);
                    Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
                    double sign = side == Side.BUY ? 1 : -1;
                    if (chance.nextInt(3) == 0) {
                        exchange.take(symbol(), side, at(60_000 + sign * 40), lots * (1 + chance.nextInt(30)));
                    } else {
                        double away = 5 + 0.5 * chance.nextInt(20);
                        exchange.others(symbol(), side, at(60_000 - sign * away), 10 * lots);
                    }
                    LockSupport.parkNanos(5_000_000);
                }
            });
        }
    }

    @TempDir
    Path folder;

    private final Ticks ticks = Ticks.system();

    private Path config(Traded traded, SecretBox secrets) throws Exception {
        Trading.strategyFolder(folder, "one", traded.strategy());
        Path file = folder.resolve("trading.yaml");
        Files.writeString(file, """
                trading:
                  desk: perp_mm
                  data: data
                  port: 0
                  reconcile: 1s
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  venues:
                    - {%s, key: !secret "%s", secret: !secret "%s"}
                  contracts:
                    - {%s}
                  strategies:
                    - {folder: one}
                """.formatted(
                        traded.venue(),
                        secrets.seal("trading.venues[0].key", "the key"),
                        secrets.seal("trading.venues[0].secret", "the secret"),
                        traded.row()));
        return file;
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
        try (DeribitExchange exchange =
                DeribitExchange.open(List.of(PERPETUAL), () -> ticks.now().toEpochMilli(), new Random(7))) {
            exchange.account("desk", DESK);
            killed(new Traded(
                    exchange,
                    PERPETUAL,
                    10,
                    10,
                    () -> {},
                    "name: deribit, kind: deribit, stream_url: \"" + exchange.socket() + "\"",
                    "venue: deribit, symbol: BTC-PERPETUAL, price_decimals: 1, quantity_decimals: 0, tick: 5, step: 10,"
                            + " terms: inverse, base: BTC, quote: USD, taker_bps: 5",
                    Trading.strategy("perp_mm_glft_v1.0", "deribit", "BTC-PERPETUAL", 100, 0.1)));
            assertThat(Standing.most(folder)).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void theSameOnBinanceInAStormOfCutLinesRepeatedWordsAndAnswersThatNobodyKnows() throws Exception {
        try (BinanceExchange exchange =
                BinanceExchange.open(List.of(LINEAR), () -> ticks.now().toEpochMilli(), new Random(7))) {
            exchange.account("desk", DESK);
            killed(new Traded(
                    exchange,
                    LINEAR,
                    100,
                    1,
                    exchange::tick,
                    "name: binance, kind: binance, market: usdm, order_url: \"" + exchange.api() + "\", stream_url: \""
                            + exchange.stream() + "\", rest_url: \"" + exchange.rest() + "\"",
                    "venue: binance, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, base: BTC,"
                            + " quote: USDT, taker_bps: 5",
                    Trading.strategy("perp_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.1)));
        }
    }

    /// Every line is cut, each word of the venue may come twice, orders are too many or carried out by a venue that
    /// says that it does not know.
    private void storm(LocalExchange exchange) {
        exchange.mischief().storm(_ -> true, 0, 0.2, 0);
        for (int gust = 0; gust < 3; gust++) {
            int before = exchange.fills("desk").size();
            exchange.fail(2);
            exchange.limit(1);
            (gust == 1 ? exchange.ofMarket() : exchange.ofOrders()).forEach(Loopback.Channel::cut);
            Trading.await("fills in the storm", () -> exchange.fills("desk").size() > before + 1);
        }
    }

    private void killed(Traded traded) throws Exception {
        LocalExchange exchange = traded.exchange();
        Path keys = folder.resolve("keys");
        SecretBox secrets = SecretBox.createFile(keys);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger most = new AtomicInteger();
        exchange.others(traded.symbol(), Side.BUY, traded.at(59_990), 500 * traded.lots());
        exchange.others(traded.symbol(), Side.SELL, traded.at(60_010), 500 * traded.lots());
        Path config = config(traded, secrets);
        Thread market = traded.market(over, most);
        Process child = child(config, keys);
        try {
            Trading.await(
                    "fills before the kill: " + Files.readString(folder.resolve("child.log")),
                    () -> exchange.fills("desk").size() >= 5);
            storm(exchange);
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
        exchange.mischief().calm();
        most.set(0);
        try (MarketMaker maker = MarketMaker.start(launch, ticks)) {
            Trading.await("fills after it", () -> exchange.fills("desk").size() > filled + 3);
            over.set(true);
            market.join();
            Trading.await(
                    "one position",
                    () -> quantity(maker, traded.contract()) == exchange.position("desk", traded.symbol()));
            Trading.await(
                    "an order a side once nothing moves",
                    () -> exchange.open("desk").size() <= 2);
            assertThat(maker.failed()).isFalse();
        }
        assertThat(exchange.open("desk")).isEmpty();
        assertThat(Trading.replay(folder).difference()).isEmpty();
        List<Long> ids = Trading.ids(folder);
        assertThat(ids).hasSizeGreaterThan(5);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(most).as("an order and the one that takes its place").hasValueLessThanOrEqualTo(2);
    }

    private static long quantity(MarketMaker maker, Contract contract) {
        JsonNode position = Trading.status(maker).path("positions").path(0);
        return Math.round(position.path("quantity").asDouble(0)
                * Math.pow(10, contract.instrument().quantityDecimals()));
    }
}
