package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A strategy in shadow: a server and an engine of its own for what is not live yet, each a process, on the
/// recorded minutes of a venue.
class ShadowStrategyTest {
    /// Of the recordings, which are played four times as fast.
    private static final Duration RECORDED = Duration.ofMinutes(4);

    private static final String FIRST = "btc_mm_glft_v1.0";
    private static final String SECOND = "btc_mm_glft_v1.1";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product server;
    private static TradingDesk trading;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        trading = TradingDesk.in(work, RECORDED);
        server = Product.start(data);
        trading.register(server, FIRST, "");
        trading.register(server, SECOND, "breaker: {drawdown_warning: 0.0000001, drawdown_limit: 0.0000002}\n");
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @Test
    @Promise("000 §7 影子测试: a strategy that is in shadow quotes on paper, its gates are decided by what it did there,"
            + " and its own breaker takes it back")
    void aStrategyShowsOnPaperWhatItDoesBeforeItIsLive() throws IOException, InterruptedException {
        MarketMaker engine = trading.start(trading.configure("""
                  stage: shadow
                  server: %s
                  token_file: %s
                """.formatted(server.url, trading.token(server))));
        try {
            assertThat(engine.desk().path("strategies"))
                    .as("nothing is in shadow yet")
                    .isEmpty();
            String first = trading.rollout(server, """
                    rollout:
                      candidate: btc_mm_glft_v1.0
                      strategy: first
                      stages:
                        - {mode: shadow, entities: [BTCUSDT, ETHUSDT], dwell: 3s, gates: ["requests >= 100", "drawdown < 50%"]}
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}
                      guards: ["breaker = HALTED"]
                    """);
            TradingDesk.seen(
                    engine,
                    "the candidate at work on paper",
                    desk -> desk.at("/orders/active").asInt() > 0
                            && desk.at("/strategies/0/name").asString("").equals(FIRST)
                            && desk.at("/strategies/0/mode").asString("").equals("shadow"));
            TradingDesk.rollout(server, first, "COMPLETED");
            TradingDesk.seen(
                    engine,
                    "its quotes taken back: it is live now",
                    desk -> desk.at("/orders/active").asInt(1) == 0);

            String second = trading.rollout(server, """
                    rollout:
                      candidate: btc_mm_glft_v1.1
                      strategy: canary
                      stages:
                        - {mode: shadow, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                      guards: ["breaker = HALTED"]
                    """);
            JsonNode back = TradingDesk.rollout(server, second, "ROLLED_BACK");
            assertThat(back.path("reason").asString()).contains("breaker = HALTED");
            assertThat(back.path("history").toString()).doesNotContain("stage 2");
            assertThat(server.read("/api/v1/routes/btc_mm").at("/strategy/live").asString())
                    .isEqualTo(FIRST);
            assertThat(TradingDesk.breaker(engine.desk())).isEqualTo("HALTED");

            engine.stop();
            assertThat(Product.launch("market", "replay", trading.data().toString())
                            .output())
                    .contains("EXACT");
        } finally {
            engine.kill();
        }
    }
}
