package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A strategy in shadow: a server and an engine of its own for what is not live yet, each a process, on the
/// recorded minutes of a venue.
class ShadowStrategyTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path RECORDED = Path.of(System.getProperty(
                    "tranche.shared", Product.ROOT.resolve("../shared").toString()))
            .resolve("data/crypto/l2_raw_hftbacktest/usdm/btcusdt_20240808.gz");
    private static final String FIRST = "btc_mm_glft_v1.0";
    private static final String SECOND = "btc_mm_glft_v1.1";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product server;
    private static Path config;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(Files.exists(RECORDED), "skipped: the recorded stream of BTCUSDT is not here: " + RECORDED);
        server = Product.start(data);
        register(FIRST, "");
        register(SECOND, "breaker: {drawdown_warning: 0.0000001, drawdown_limit: 0.0000002}\n");
        Path token = Files.writeString(
                work.resolve("engine.token"),
                server.must("token", "create", "--name", "shadow", "--role", "measure,view", "--json")
                        .json()
                        .path("token")
                        .asString());
        config = Files.writeString(work.resolve("shadow.yaml"), """
                trading:
                  desk: btc_mm_shadow
                  stage: shadow
                  capital: 100000
                  data: %s
                  port: 0
                  server: %s
                  token_file: %s
                  pace: 4x
                  reading: 200ms
                  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, base: BTC, price_decimals: 2, quantity_decimals: 3, tick: 10, maker_bps: 2, taker_bps: 5, file: %s}
                  strategies:
                    - {product: btc_mm}
                """.formatted(
                        trading(), server.url, token, Captured.stream(RECORDED, work, Duration.ofMinutes(6))));
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static Path trading() {
        return work.resolve("shadow-data");
    }

    private static void register(String name, String breaker) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.writeString(folder.resolve("strategy.yaml"), """
                strategy:
                  name: %s
                  quotes:
                    - {venue: binance, symbol: BTCUSDT}
                  fair: mid
                  quoting: {model: glft, gamma: 0.01, arrival_a: 5, arrival_k: 5, size: 0.01, refresh: 50ms}
                  volatility: {sample: 100ms, half_life: 5s, warm: 5}
                  limits: {quantity: 0.05, position: 0.5, collar_bps: 200}
                %s""".formatted(name, breaker));
        server.must("register", folder.toString());
    }

    @Test
    @Promise("000 §7 影子测试: a strategy that is in shadow quotes on paper, its gates are decided by what it did there,"
            + " and its own breaker takes it back")
    void aStrategyShowsOnPaperWhatItDoesBeforeItIsLive() throws IOException, InterruptedException {
        MarketMaker engine = MarketMaker.start(config, trading(), work.resolve("shadow.log"));
        try {
            assertThat(engine.desk().path("strategies"))
                    .as("nothing is in shadow yet")
                    .isEmpty();
            String first = rollout("""
                    rollout:
                      candidate: btc_mm_glft_v1.0
                      strategy: first
                      stages:
                        - {mode: shadow, entities: [BTCUSDT], dwell: 3s, gates: ["requests >= 100", "drawdown < 50%"]}
                        - {mode: live, entities: [BTCUSDT], dwell: 0s}
                      guards: ["breaker = HALTED"]
                    """);
            desk(
                    engine,
                    desk -> desk.at("/orders/filled").asInt() > 0
                            && desk.at("/strategies/0/name").asString().equals(FIRST)
                            && desk.at("/strategies/0/mode").asString().equals("shadow"));
            until(first, "COMPLETED");
            desk(
                    engine,
                    desk -> desk.at("/orders/open").asInt() == 0
                            && !desk.at("/strategies/0/quoting").asBoolean());

            String second = rollout("""
                    rollout:
                      candidate: btc_mm_glft_v1.1
                      strategy: canary
                      stages:
                        - {mode: shadow, entities: [BTCUSDT], dwell: 1h}
                        - {mode: live, entities: [BTCUSDT], dwell: 1h}
                      guards: ["breaker = HALTED"]
                    """);
            JsonNode back = until(second, "ROLLED_BACK");
            assertThat(back.path("reason").asString()).contains("breaker = HALTED");
            assertThat(back.at("/stage/index").asInt()).as("in shadow").isLessThan(2);
            assertThat(server.read("/api/v1/routes/btc_mm").at("/strategy/live").asString())
                    .isEqualTo(FIRST);
            assertThat(engine.desk().at("/breaker/state").asString()).isEqualTo("HALTED");

            engine.stop();
            Product.Ran replay = Product.launch("market", "replay", trading().toString());
            assertThat(replay.output()).contains("EXACT");
        } finally {
            engine.kill();
        }
    }

    private static void desk(MarketMaker engine, Predicate<JsonNode> so) {
        Product.await("the desk to be as wished", LIMIT, () -> so.test(engine.desk()));
    }

    private static String rollout(String yaml) throws IOException, InterruptedException {
        Path plan = Files.writeString(work.resolve("rollout.yaml"), yaml);
        return server.must("rollout", "start", plan.toString(), "--json")
                .json()
                .path("id")
                .asString();
    }

    private static JsonNode until(String id, String state) {
        Product.await(
                id + " to be " + state,
                LIMIT,
                () -> server.read("/api/v1/rollouts/" + id)
                        .path("state")
                        .asString()
                        .equals(state));
        return server.read("/api/v1/rollouts/" + id);
    }
}
