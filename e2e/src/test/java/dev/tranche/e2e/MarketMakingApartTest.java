package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Seed 002's three services as three processes of the packaged product, each of which is killed the hard way while
/// the others go on, on a recording of another day.
class MarketMakingApartTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int SECONDS = 240;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path work;

    private final Deque<MarketMaker> started = new ArrayDeque<>();
    private String terms;

    @BeforeEach
    void prepare() throws IOException {
        Path strategy = Files.createDirectories(work.resolve("btc_mm_glft"));
        Files.writeString(strategy.resolve("strategy.yaml"), """
                strategy:
                  name: btc_mm_glft_v1.0
                  quotes:
                    - {venue: binance, symbol: BTCUSDT}
                  fair: mid
                  quoting: {model: glft, gamma: 0.1, arrival_a: 1.2, arrival_k: 500, size: 0.01, least_spread_bps: 0.001, refresh: 10ms}
                  volatility: {sample: 100ms, half_life: 10s, warm: 3}
                  spread: {source: theory}
                  limits: {quantity: 1000, position: 10000, collar_bps: 500, orders_a_second: 1000}
                """);
        terms = """
                trading:
                  desk: btc_mm
                  capital: 100000
                  data: data
                  pace: real
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, base: BTC, maker_bps: 1, taker_bps: 4, file: %s}
                  strategies:
                    - {folder: btc_mm_glft}
                """.formatted(Walk.stream(work, "BTCUSDT", SECONDS));
    }

    @AfterEach
    void end() throws InterruptedException {
        for (MarketMaker each : started) {
            each.kill();
        }
    }

    private MarketMaker start(String role, int port, String more) throws IOException {
        Path config = Files.writeString(work.resolve(role + ".yaml"), terms + more);
        MarketMaker maker = MarketMaker.start(
                config,
                work.resolve("data"),
                work.resolve(role + ".log"),
                "--role",
                role,
                "--port",
                Integer.toString(port));
        started.push(maker);
        return maker;
    }

    @Test
    @Promise("002 §部署步骤 3 trading engine, risk monitor and market data are deployed as services of their own")
    void eachOfThreeProcessesIsKilledAndComesBackWhileTheOthersGoOn() throws IOException, InterruptedException {
        MarketMaker market = start("market-data", 0, "");
        String from = "  market_data: " + market.url + "\n";
        MarketMaker engine = start("engine", 0, from);
        String of = "  engine: " + engine.url + "\n";
        MarketMaker monitor = start("risk-monitor", 0, of);
        desk(engine, "fills of quotes on what is forwarded", desk -> filled(desk) > 3 && quoting(desk));
        assertThat(ready(monitor)).isTrue();

        market.kill();
        desk(
                engine,
                "every quote pulled from a book that is not heard",
                desk -> !book(desk).equals("VALID") && active(desk) == 0);
        long before = filled(engine.desk());
        MarketMaker back = start("market-data", market.url.getPort(), "");
        desk(engine, "quotes on the book that came back", desk -> book(desk).equals("VALID") && filled(desk) > before);
        assertThat(ready(back)).isTrue();

        monitor.kill();
        long watched = filled(engine.desk());
        desk(engine, "a desk that goes on unwatched, by its own limits", desk -> filled(desk) > watched + 2);
        assertThat(engine.desk().at("/breaker/state").asString()).isEqualTo("NORMAL");
        monitor = start("risk-monitor", monitor.url.getPort(), of);

        engine.kill();
        MarketMaker watching = monitor;
        Product.await("the monitor to say that nobody trades", LIMIT, () -> !ready(watching));
        long told = filled(engine.desk());
        assertThat(told).as("nobody answers").isZero();
        engine = start("engine", engine.url.getPort(), from);
        JsonNode again = desk(
                engine, "quotes of the engine that came back", desk -> quoting(desk) && filled(desk) > watched + 2);
        assertThat(again.at("/positions/0/venue_quantity").asDouble())
                .as("the venue's position is the desk's")
                .isEqualTo(again.at("/positions/0/quantity").asDouble());
        Product.await("the monitor to see it", LIMIT, () -> ready(watching));

        Files.writeString(work.resolve("risk-monitor.yaml"), terms + of + "  watch.notional: 1\n");
        JsonNode killed = desk(
                engine,
                "the kill by a limit of the monitor alone",
                desk -> desk.at("/breaker/state").asString().equals("KILLED") && active(desk) == 0);
        assertThat(killed.at("/breaker/why").asString())
                .contains("killed by risk-monitor: position in binance:BTCUSDT");

        engine.stop();
        Product.Ran replay =
                Product.launch("market", "replay", work.resolve("data").toString());
        assertThat(replay.output()).contains("EXACT");
        assertThat(replay.exit()).isZero();
    }

    private static JsonNode desk(MarketMaker engine, String what, Predicate<JsonNode> so) {
        Product.await(what, LIMIT, () -> so.test(engine.desk()));
        return engine.desk();
    }

    private static boolean ready(MarketMaker process) {
        return JSON.readTree(process.text("/ready")).path("status").asString().equals("UP");
    }

    private static String book(JsonNode desk) {
        return desk.at("/venues/0/books/0/state").asString("");
    }

    private static long filled(JsonNode desk) {
        return desk.at("/orders/filled").asLong(0);
    }

    private static long active(JsonNode desk) {
        return desk.at("/orders/active").asLong(-1);
    }

    private static boolean quoting(JsonNode desk) {
        return desk.at("/strategies/0/quoting").asBoolean() && active(desk) > 0;
    }
}
