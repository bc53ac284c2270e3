package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server and the database of a desk that trades are killed the hard way: trading waits for neither.
class MarketMakingOutagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int SECONDS = 240;
    private static final double NEAR = 1e-9;
    private static final String NAME = "btc_mm_glft_v1.0";

    @TempDir
    private Path data;

    @TempDir
    private Path work;

    @Test
    void withoutItsServerAndWithoutItsDatabaseTheDeskTradesOnAndBothCatchUp() throws IOException, InterruptedException {
        Product server = Product.start(data);
        MarketMaker engine = null;
        try {
            Path folder = Files.createDirectories(work.resolve(NAME));
            Files.writeString(folder.resolve("strategy.yaml"), """
                    strategy:
                      name: %s
                      quotes:
                        - {venue: binance, symbol: BTCUSDT}
                      fair: mid
                      quoting: {model: glft, gamma: 0.1, arrival_a: 1.2, arrival_k: 500, size: 0.01, least_spread_bps: 0.001, refresh: 10ms}
                      volatility: {sample: 100ms, half_life: 10s, warm: 3}
                      spread: {source: theory}
                      limits: {quantity: 1000, position: 10000, collar_bps: 500, orders_a_second: 1000}
                    """.formatted(NAME));
            server.must("register", folder.toString());
            Path plan = Files.writeString(work.resolve("rollout.yaml"), """
                    rollout:
                      candidate: btc_mm_glft_v1.0
                      strategy: first
                      stages:
                        - {mode: live, share: 100%, dwell: 1h}
                    """);
            server.must("rollout", "start", plan.toString());
            engine = MarketMaker.start(config(server), work.resolve("data"), work.resolve("engine.log"));
            MarketMaker desk = engine;
            Postgres tables = Postgres.of(work.resolve("data"));
            status(desk, "fills", told -> filled(told) > 3);
            Product.await("their rows", LIMIT, () -> rows(tables) > 3);

            server.kill();
            ProcessHandle database = tables.running().orElseThrow();
            long before = filled(desk.desk());
            Product.await("fills without server and database, and that it is said", LIMIT, () -> {
                kill(tables);
                return filled(desk.desk()) > before + 3
                        && !desk.desk().at("/server/reachable").asBoolean(true)
                        && says(desk, "trading_server_away 1")
                        && says(desk, "trading_store_up 0");
            });
            JsonNode alone = desk.desk();
            assertThat(alone.path("state").asString()).isEqualTo("QUOTING");
            assertThat(alone.at("/strategies/0/name").asString()).isEqualTo(NAME);
            long without = filled(alone);

            Product again = Product.start(data, "--port", Integer.toString(server.url.getPort()));
            server = again;
            status(
                    desk,
                    "the server heard again",
                    told -> told.at("/server/reachable").asBoolean() && says(desk, "trading_server_away 0"));
            Product.await(
                    "the server to know how the desk does",
                    LIMIT,
                    () -> again.read("/api/v1/desks/btc_mm")
                                    .at("/engines/0/status/orders/filled")
                                    .asLong()
                            >= without);
            Product.await(
                    "the rows of what was traded without a database",
                    LIMIT,
                    () -> rows(tables) >= without && says(desk, "trading_store_up 1"));
            assertThat(tables.running()).isPresent().get().isNotEqualTo(database);
            assertThat(desk.order("halt", "--who", "ann", "--reason", "seen enough")
                            .exit())
                    .isZero();
            Product.await(
                    "the sum of the rows to be what is held",
                    LIMIT,
                    () -> Math.abs(held(tables)
                                    - desk.desk().at("/positions/0/quantity").asDouble())
                            < NEAR);
            assertThat(number(
                            tables,
                            "select count(*) - count(distinct (venue, instrument, venue_trade_id)) from trades"))
                    .isZero();
        } finally {
            if (engine != null) engine.stop();
            server.close();
        }
    }

    private Path config(Product server) throws IOException, InterruptedException {
        Path token = Files.writeString(
                work.resolve("engine.token"),
                server.must("token", "create", "--name", "engine1", "--role", "measure,view", "--json")
                        .json()
                        .path("token")
                        .asString());
        return Files.writeString(
                work.resolve("trading.yaml"), """
                trading:
                  desk: btc_mm
                  capital: 100000
                  data: data
                  port: 0
                  pace: real
                  server: %s
                  token_file: %s
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  store: {url: embedded}
                  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, base: BTC, maker_bps: 1, taker_bps: 4, file: %s}
                  strategies:
                    - {product: btc_mm}
                """.formatted(server.url, token, Walk.stream(work, "BTCUSDT", SECONDS)));
    }

    private static void status(MarketMaker engine, String what, Predicate<JsonNode> so) {
        Product.await(what, LIMIT, () -> so.test(engine.desk()));
    }

    private static boolean says(MarketMaker engine, String line) {
        return engine.text("/metrics").lines().anyMatch(each -> each.startsWith(line));
    }

    private static long filled(JsonNode desk) {
        return desk.at("/orders/filled").asLong(0);
    }

    private static double rows(Postgres tables) {
        return number(tables, "select count(*) from trades");
    }

    private static double held(Postgres tables) {
        return number(tables, "select sum(case side when 'buy' then quantity else -quantity end) from trades");
    }

    private static double number(Postgres tables, String query) {
        try {
            return tables.number(query);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Postgres tables) {
        try {
            tables.kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
