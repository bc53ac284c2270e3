package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.engine.Main;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.engine.trading.run.MarketMaker;
import dev.tranche.engine.trading.run.Tables;
import dev.tranche.engine.trading.run.TradingLaunch;
import dev.tranche.market.Side;
import dev.tranche.market.desk.Desk;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole engine on a local Deribit: what protects it there, seen from the desk and from the venue.
@Timeout(120)
class ProtectedDeskTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SYMBOL = "BTC-PERPETUAL";
    private static final long MID = 600_000;
    private static final String LIMITS = ", mmp_interval: 5s, mmp_frozen: 0s, mmp_quantity: 50";

    @TempDir
    Path folder;

    private final Ticks ticks = Ticks.system();
    private final SecretBox secrets =
            SecretBox.fromText("k1 " + Base64.getEncoder().encodeToString(new byte[32]));
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile boolean stalls;

    @SuppressWarnings("NullAway.Init")
    private DeribitExchange exchange;

    /// Tables that hold the loop up when they are told to.
    private final class Holding implements Tables {
        @Override
        public void look(long now, Desk desk) {
            if (stalls) {
                try {
                    stalled.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public boolean up() {
            return true;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        exchange = DeribitExchange.open(
                List.of(Fixtures.PERPETUAL), () -> TimeUnit.NANOSECONDS.toMillis(ticks.epochNanos()), new Random(7));
        exchange.account("desk", Fixtures.credentials());
        exchange.others(SYMBOL, Side.BUY, MID - 300, 1000);
        exchange.others(SYMBOL, Side.SELL, MID + 300, 1000);
        Files.createDirectories(folder.resolve("one"));
        Files.writeString(folder.resolve("one/strategy.yaml"), """
                strategy:
                  name: btc_mm_glft_v1.0
                  quotes: [{venue: deribit, symbol: BTC-PERPETUAL}]
                  fair: mid
                  quoting: {model: glft, gamma: 0.0001, arrival_a: 1.2, arrival_k: 5, size: 60, least_spread_bps: 4, refresh: 5ms, stale: 10s, late: 10s}
                  volatility: {sample: 100ms, half_life: 10s, warm: 2}
                  spread: {source: theory}
                  limits: {quantity: 1000, position: 10000, collar_bps: 500, reference_age: 10s, orders_a_second: 1000}
                """);
    }

    @AfterEach
    void close() throws Exception {
        exchange.close();
    }

    private Path config(String protection, String more) throws Exception {
        return Files.writeString(folder.resolve("trading.yaml"), """
                trading:
                  desk: btc_mm
                  data: data
                  port: 0
                  capital: 5 BTC
                  journal.segment: 1MiB
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  venues:
                    - {name: deribit, kind: deribit, stream_url: "%s", key: !secret "%s", secret: !secret "%s"%s}
                  contracts:
                    - {venue: deribit, symbol: BTC-PERPETUAL, price_decimals: 1, quantity_decimals: 0, tick: 5, step: 10, least: 10, terms: inverse, base: BTC, quote: USD, unit: 1, maker_bps: -1, taker_bps: 5}
                  strategies:
                    - {folder: one}
                %s""".formatted(
                        exchange.socket(),
                        secrets.seal("trading.venues[0].key", "the-key-of-the-desk"),
                        secrets.seal("trading.venues[0].secret", "a-secret-that-nobody-may-read"),
                        protection,
                        more.indent(2)));
    }

    private MarketMaker start(Path config) throws Exception {
        TradingLaunch usual = TradingLaunch.of(config);
        return MarketMaker.start(
                new TradingLaunch(
                        config,
                        Set.of(TradingLaunch.Role.ENGINE),
                        secrets,
                        Optional.empty(),
                        Optional.empty(),
                        usual.data(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                ticks,
                (_, _, _, _, _) -> new Holding());
    }

    private static JsonNode status(MarketMaker maker) {
        return JSON.valueToTree(maker.desk().orElseThrow().board().tree());
    }

    private static JsonNode venue(MarketMaker maker) {
        return status(maker).path("venues").path(0);
    }

    /// Others keep the market alive, far from where we quote, until something holds.
    private void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int i = 0; !holds.getAsBoolean(); i++) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            exchange.others(SYMBOL, i % 2 == 0 ? Side.BUY : Side.SELL, MID + (i % 2 == 0 ? -400 : 400), 10);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void quoted(MarketMaker maker) {
        try {
            until("both sides are quoted", () -> exchange.open("desk").size() == 2);
            until(
                    "the status says so",
                    () -> status(maker).path("orders").path("active").asLong() == 2);
        } catch (AssertionError e) {
            throw new AssertionError(status(maker).toString(), e);
        }
    }

    private int order(MarketMaker maker, String verb, String venue) {
        return Main.run(
                "market",
                verb,
                "--engine",
                "http://127.0.0.1:" + maker.port(),
                "--token-file",
                folder.resolve("data/operator.token").toString(),
                "--who",
                "ada",
                "--reason",
                "looked at it",
                "--venue",
                venue);
    }

    private long sent() {
        return exchange.heard().stream()
                .filter(method -> method.equals("private/buy") || method.equals("private/sell"))
                .count();
    }

    @Test
    void aTriggeredProtectionEndsQuotingUntilAPersonResetsItAndTheVenueConfirms() throws Exception {
        try (MarketMaker maker = start(config(LIMITS, ""))) {
            quoted(maker);
            assertThat(venue(maker).path("protection").asString()).isEqualTo("armed");
            assertThat(venue(maker).path("armed").asString()).contains("[btc_usd]");
            assertThat(order(maker, "reset-protection", "deribit"))
                    .as("nothing to reset")
                    .isEqualTo(1);

            until("60 are sold to us", () -> {
                long held = exchange.position("desk", SYMBOL);
                exchange.take(SYMBOL, Side.SELL, MID - 250, 60 - held);
                return exchange.position("desk", SYMBOL) == 60;
            });

            until(
                    "it is triggered",
                    () -> venue(maker).path("protection").asString("").equals("triggered"));
            until(
                    "no order is open",
                    () -> exchange.open("desk").isEmpty()
                            && status(maker).path("orders").path("active").asLong() == 0);
            until(
                    "the venue's truth is known",
                    () -> venue(maker).path("connected").asBoolean(false)
                            && status(maker)
                                    .path("strategies")
                                    .path(0)
                                    .path("why")
                                    .asString("")
                                    .equals("refused"));
            long before = sent();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            until("a while", () -> System.nanoTime() > end);
            assertThat(sent()).as("no quote left").isEqualTo(before);
            assertThat(status(maker).path("positions").path(0).path("quantity").asDouble())
                    .isEqualTo(60);

            assertThat(order(maker, "reset-protection", "deribit")).isZero();
            quoted(maker);
            assertThat(venue(maker).path("protection").asString()).isEqualTo("armed");
            List<String> heard = exchange.heard();
            assertThat(heard.subList(heard.indexOf("private/reset_mmp"), heard.size()))
                    .as("verified before anything was quoted")
                    .containsSubsequence("private/get_mmp_config", "private/buy")
                    .doesNotContain("private/set_mmp_config");
        }
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
            assertThat(Replay.alone().run(journal, Long.MAX_VALUE).difference()).isEmpty();
        }
    }

    @Test
    void aLoopThatStandsStillHasItsLinesCutAndTheVenueTakesEveryOrderBack() throws Exception {
        try (MarketMaker maker = start(config("", "stall: 3s\nstore.url: held\n"))) {
            quoted(maker);
            stalls = true;
            until("given up", maker::failed);
            until("the venue took them back", () -> exchange.open("desk").isEmpty());
            JsonNode status = status(maker);
            assertThat(status.path("state").asString()).isEqualTo("FAILED");
            assertThat(status.path("why").asString())
                    .matches("the loop has not gone round for [0-9]+ ms: the lines to the venues are cut");
            stalls = false;
            stalled.countDown();
            long before = sent();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            until("a while", () -> System.nanoTime() > end);
            assertThat(sent()).as("a loop that wakes again sends nothing").isEqualTo(before);
            assertThat(status(maker).path("state").asString()).isEqualTo("FAILED");
        }
    }

    @Test
    void aProtectionThatWouldProtectNothingOrSomethingElseIsRefused() {
        Map<String, String> wrong = Map.of(
                ", mmp_quoted: 5",
                "mmp_quoted protects nothing: one of mmp_quantity, mmp_delta and mmp_vega must be above 0 at deribit",
                ", mmp_interval: 5s",
                "mmp_interval protects nothing",
                ", mmp_quantity: 1, mmp_frozen: 500ms",
                "mmp_frozen must be whole seconds, which the venue counts in: 500ms",
                ", mmp_quantity: 1, mmp_interval: 1500ms",
                "mmp_interval must be whole seconds, which the venue counts in: 1500ms",
                ", mmp_quantity: -1",
                "mmp_quantity",
                ", mmp_interval: 0s, mmp_quantity: 1",
                "mmp_interval",
                ", mmp_frozen: 25h, mmp_delta: 1",
                "mmp_frozen");
        wrong.forEach((row, why) ->
                assertThatThrownBy(() -> start(config(row, "")).close()).as(row).hasMessageContaining(why));
        assertThatThrownBy(() -> {
                    Path file = config(", mmp_quantity: 1", "");
                    Files.writeString(
                            file, Files.readString(file).replace("kind: deribit", "kind: paper, wire: deribit"));
                    start(file).close();
                })
                .hasMessageContaining("mmp_quantity is for a venue of the kind deribit: deribit is paper");
    }
}
