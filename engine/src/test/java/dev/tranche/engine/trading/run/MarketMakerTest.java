package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.engine.Main;
import dev.tranche.engine.trading.desk.Verb;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The engine on paper: real loop, real journal, recorded market.
@Timeout(120)
class MarketMakerTest {
    @TempDir
    Path folder;

    @BeforeEach
    void strategies() throws Exception {
        Trading.strategyFolder(folder, "one", Trading.strategy("btc_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.001));
    }

    private MarketMaker start(Path config) throws Exception {
        return MarketMaker.start(TradingLaunch.of(config), Ticks.system());
    }

    private void recorded(int steps) throws Exception {
        Trading.stream(folder, "BTCUSDT", 7, steps);
        Trading.stream(folder, "ETHUSDT", 8, steps);
    }

    @Test
    void aRunReplaysExactlyAndItsStatusTellsWhatItDid() throws Exception {
        recorded(1500);
        JsonNode status;
        try (MarketMaker maker = start(Trading.config(folder, "fast", List.of("one"), ""))) {
            Trading.await("the end", maker::ended);
            Trading.await(
                    "a look at the end",
                    () -> Trading.status(maker).path("state").asString().equals("ENDED"));
            status = Trading.status(maker);
        }
        Replay.Result replay = Trading.replay(folder);
        assertThat(replay.difference()).isEmpty();
        assertThat(replay.inputs()).isGreaterThan(9_000);
        assertThat(replay.hashes()).isGreaterThan(20);
        assertThat(replay.orders()).isGreaterThan(100);
        assertThat(status.path("orders").path("placed").asLong()).isGreaterThan(50);
        assertThat(status.path("strategies").path(0).path("name").asString()).isEqualTo("btc_mm_glft_v1.0");
        assertThat(status.path("strategies").path(0).path("fills").asLong()).isGreaterThan(0);
        assertThat(status.path("pnl").path("attribution").path("residual").asDouble())
                .isBetween(-1e-6, 1e-6);
        JsonNode greeks = status.path("pnl").path("attribution").path("greeks");
        double sum = Stream.of("delta", "gamma", "vega", "theta", "residual", "other")
                .mapToDouble(name -> greeks.path(name).asDouble(Double.NaN))
                .sum();
        assertThat(greeks.path("total").asDouble(Double.NaN)).isBetween(sum - 1e-6, sum + 1e-6);
        assertThat(status.path("greeks").path(0).path("theta").asDouble(Double.NaN))
                .isZero();
        assertThat(status.path("breaker").path("state").asString()).isEqualTo("NORMAL");
        assertThat(status.path("latency").path("quote").path("count").asLong()).isGreaterThan(50);
    }

    @Test
    void aDeskThatStopsAndGoesOnIsTheSameDeskAndUsesNoOrderTwice() throws Exception {
        recorded(6000);
        Path config = Trading.config(folder, "20x", List.of("one"), "");
        try (MarketMaker maker = start(config)) {
            Trading.await(
                    "orders",
                    () -> Trading.status(maker).path("orders").path("placed").asLong() > 30);
        }
        long first = Trading.replay(folder).inputs();
        int placed = Trading.ids(folder).size();
        try (MarketMaker maker = start(config)) {
            Trading.await(
                    "more orders",
                    () -> Trading.status(maker).path("orders").path("placed").asLong() > placed + 20);
            Trading.await(
                    "quotes",
                    () -> Trading.status(maker).path("state").asString().matches("QUOTING|ENDED"));
        }
        Replay.Result replay = Trading.replay(folder);
        assertThat(replay.difference()).isEmpty();
        assertThat(replay.inputs()).isGreaterThan(first);
        List<Long> ids = Trading.ids(folder);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void oneHundredStrategiesQuoteAtOnceAndNothingDeadlocks() throws Exception {
        recorded(400);
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            folders.add("s" + i);
            Trading.strategyFolder(
                    folder,
                    "s" + i,
                    Trading.strategy(
                            "mm%d_glft_v1.0".formatted(i),
                            "binance",
                            i % 2 == 0 ? "BTCUSDT" : "ETHUSDT",
                            0.01,
                            0.5 + i));
        }
        try (MarketMaker maker = start(Trading.config(folder, "fast", folders, ""))) {
            Trading.await("the end", maker::ended);
            Trading.await(
                    "a look at the end",
                    () -> Trading.status(maker).path("state").asString().equals("ENDED"));
            JsonNode status = Trading.status(maker);
            assertThat(status.path("strategies").size()).isEqualTo(100);
            assertThat(status.path("orders").path("placed").asLong()).isGreaterThan(200);
            assertThat(maker.failed()).isFalse();
        }
        Replay.Result replay = Trading.replay(folder);
        assertThat(replay.difference()).isEmpty();
        List<Long> ids = Trading.ids(folder);
        assertThat(ids.stream().map(id -> id % 256).distinct()).hasSize(100);
    }

    @Test
    void aStrategyIsSwappedUnderLoadBetweenTwoEvents() throws Exception {
        recorded(3000);
        try (MarketMaker maker = start(Trading.config(folder, "20x", List.of("one"), ""))) {
            Trading.await(
                    "orders",
                    () -> Trading.status(maker).path("orders").path("placed").asLong() > 10);
            Trading.strategyFolder(
                    folder, "one", Trading.strategy("btc_mm_glft_v1.1", "binance", "BTCUSDT", 0.02, 0.002));
            Trading.await(
                    "the other version",
                    () -> Trading.status(maker)
                            .path("strategies")
                            .path(0)
                            .path("name")
                            .asString("")
                            .equals("btc_mm_glft_v1.1"));
            Trading.strategyFolder(
                    folder,
                    "one",
                    Trading.strategy("btc_mm_glft_v1.2", "binance", "BTCUSDT", 0.02, 0.002)
                            .replace("fair: mid", "fair: mid\n  colour: red"));
            Trading.await(
                    "the refusal",
                    () -> Trading.status(maker)
                            .path("server")
                            .path("refused")
                            .toString()
                            .contains("colour"));
            assertThat(Trading.status(maker)
                            .path("strategies")
                            .path(0)
                            .path("name")
                            .asString())
                    .isEqualTo("btc_mm_glft_v1.1");
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    @Test
    void aStrategyThatTheDeskRefusedIsNotTakenForTheOneInForceAfterARestart() throws Exception {
        recorded(600);
        Path config = Trading.config(folder, "fast", List.of("one"), "");
        for (int start = 0; start < 2; start++) {
            try (MarketMaker maker = start(config)) {
                Trading.await("the end", maker::ended);
                Trading.strategyFolder(
                        folder, "one", Trading.strategy("btc_mm_glft_v1.1", "binance", "XRPUSDT", 0.01, 0.001));
                StrategyFeed feed = maker.desk().orElseThrow().feed();
                Trading.await("the refusal", () -> {
                    feed.look();
                    return feed.problems().toString().contains("binance:XRPUSDT");
                });
                Trading.await(
                        "what was in force before",
                        () -> Trading.status(maker)
                                .path("strategies")
                                .path(0)
                                .path("name")
                                .asString("")
                                .equals("btc_mm_glft_v1.0"));
            }
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    @Test
    void aStrategyThatTheDeskRefusesIsToldOnceAndWhatWasInForceStays() throws Exception {
        recorded(600);
        Path config = Trading.config(folder, "fast", List.of("one"), "");
        try (MarketMaker maker = start(config)) {
            Trading.await("the end", maker::ended);
            StrategyFeed feed = maker.desk().orElseThrow().feed();
            Trading.strategyFolder(
                    folder, "one", Trading.strategy("btc_mm_glft_v1.1", "binance", "XRPUSDT", 0.01, 0.001));
            Trading.await("the refusal", () -> {
                feed.look();
                return feed.problems().toString().contains("binance:XRPUSDT");
            });
            for (int look = 0; look < 3; look++) {
                feed.look();
            }

            assertThat(feed.at(0).map(StrategyFeed.InForce::name)).contains("btc_mm_glft_v1.0");
            Trading.strategyFolder(
                    folder, "one", Trading.strategy("btc_mm_glft_v1.2", "binance", "BTCUSDT", 0.02, 0.002));
            Trading.await("another", () -> {
                feed.look();
                return feed.problems().isEmpty()
                        && Trading.status(maker).toString().contains("btc_mm_glft_v1.2");
            });
        }
        assertThat(Trading.count(folder, Entry.STRATEGY)).isEqualTo(3);
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    @Test
    void messagesThatAreNoneStopNothing() throws Exception {
        List<String> broken = List.of(
                "{\"e\":\"depthUpdate\",\"E\":17",
                "not a message at all",
                "{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":-1,\"p\":\"-5\",\"q\":\"x\"}",
                "{}",
                "[[[[[[[[[[");
        Trading.stream(folder, "BTCUSDT", 7, Trading.START, 800, broken);
        Trading.stream(folder, "ETHUSDT", 8, Trading.START, 800, broken);
        try (MarketMaker maker = start(Trading.config(folder, "fast", List.of("one"), ""))) {
            Trading.await("the end", maker::ended);
            Trading.await(
                    "a look at the end",
                    () -> Trading.status(maker).path("state").asString().equals("ENDED"));
            assertThat(maker.failed()).isFalse();
            assertThat(Trading.status(maker).path("orders").path("placed").asLong())
                    .isGreaterThan(10);
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    /// The same with segments of the journal that are soon full.
    private static Path small(Path config) throws Exception {
        Files.writeString(config, Files.readString(config).replace("journal.segment: 1MiB", "journal.segment: 64KiB"));
        return config;
    }

    @Test
    void aFullDiskTakesEveryOrderBackAndTheDeskGoesOnWhenThereIsRoomAgain() throws Exception {
        recorded(6000);
        Path blocked = folder.resolve("data/journal/next.tmp");
        try (MarketMaker maker = start(small(Trading.config(folder, "real", List.of("one"), "")))) {
            Trading.await(
                    "quotes",
                    () -> Trading.status(maker).path("orders").path("active").asLong() > 0);
            Trading.await("the disk is full", () -> {
                try {
                    Files.createDirectories(blocked.resolve("in the way"));
                } catch (IOException e) {
                    return false;
                }
                return maker.desk().orElseThrow().detached();
            });
            Trading.await(
                    "DETACHED",
                    () -> Trading.status(maker).path("state").asString().equals("DETACHED"));
            HttpResponse<String> health = Trading.ask(maker.port(), "GET", "/health", "", "");
            assertThat(health.statusCode()).isEqualTo(503);
            Files.delete(blocked.resolve("in the way"));
            Files.delete(blocked);
            Trading.await(
                    "quotes again",
                    () -> Trading.status(maker).path("state").asString().equals("QUOTING")
                            && Trading.status(maker)
                                            .path("orders")
                                            .path("active")
                                            .asLong()
                                    > 0);
        }
        Replay.Result replay = Trading.replay(folder);
        assertThat(replay.difference()).isEmpty();
        List<Long> ids = Trading.ids(folder);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void everyMetricOfThePageAndOfTheDashboardsIsExported() throws Exception {
        recorded(300);
        Path root = Path.of(System.getProperty("tranche.root"));
        String page = Files.readString(root.resolve("docs/reference/metrics.md"));
        String section = page.substring(page.indexOf("## Of a market maker"));
        List<String> wanted = new ArrayList<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            Matcher names = Pattern.compile("`([a-z][a-z0-9_]+)`").matcher(line.substring(0, line.indexOf('|', 2)));
            while (names.find()) {
                wanted.add(names.group(1));
            }
        });
        assertThat(wanted).hasSizeGreaterThan(30);
        try (MarketMaker maker = start(Trading.config(folder, "fast", List.of("one"), ""))) {
            Trading.await("the end", maker::ended);
            String scrape = Trading.ask(maker.port(), "GET", "/metrics", "", "").body();
            assertThat(wanted)
                    .allSatisfy(name -> assertThat(scrape).containsPattern("(?m)^" + name + "(_bucket)?[{ ]"));
        }
    }

    @Test
    void peopleKillAndReleaseWithTheTokenAndAreNamedInTheJournal() throws Exception {
        recorded(6000);
        try (MarketMaker maker = start(Trading.config(folder, "real", List.of("one"), ""))) {
            Trading.await(
                    "quotes",
                    () -> Trading.status(maker).path("orders").path("active").asLong() > 0);
            String order = "{\"who\":\"ada\",\"reason\":\"a drill\"}";
            assertThat(Trading.ask(maker.port(), "POST", "/api/v1/desk/kill", "", order)
                            .statusCode())
                    .isEqualTo(401);
            String token =
                    Files.readString(folder.resolve("data/operator.token")).strip();
            assertThat(Trading.ask(maker.port(), "POST", "/api/v1/desk/kill", token, "{}")
                            .body())
                    .contains("unsigned");
            assertThat(Trading.ask(maker.port(), "POST", "/api/v1/desk/release", token, order)
                            .body())
                    .contains("only a kill is released: NORMAL");
            assertThat(Trading.ask(maker.port(), "POST", "/api/v1/desk/explode", token, order)
                            .statusCode())
                    .isEqualTo(400);
            String url = "http://127.0.0.1:" + maker.port();
            String file = folder.resolve("data/operator.token").toString();
            assertThat(Main.run("market", "kill", "--engine", url, "--token-file", file, "--reason", "a drill"))
                    .isZero();
            Trading.await(
                    "no order",
                    () -> Trading.status(maker).path("orders").path("active").asLong() == 0);
            assertThat(Trading.status(maker).path("state").asString()).isEqualTo("KILLED");
            assertThat(Main.run(
                            "market",
                            "release",
                            "--engine",
                            url,
                            "--token-file",
                            file,
                            "--reason",
                            "over",
                            "--who",
                            "bob"))
                    .isZero();
            Trading.await(
                    "RESTRICTED",
                    () -> Trading.status(maker).path("state").asString().equals("RESTRICTED"));
            assertThat(Trading.status(maker).path("breaker").path("why").asString())
                    .contains("released by bob: over");
            assertThat(Main.run("market", "status", "--engine", url, "--token-file", file))
                    .isZero();
            assertThat(Main.run(
                            "market", "halt", "--engine", "http://127.0.0.1:1", "--token-file", file, "--reason", "x"))
                    .isEqualTo(3);
        }
        Path quotes = folder.resolve("quotes.csv");
        assertThat(Main.run(
                        "market", "replay", folder.resolve("data").toString(), "--json", "--quotes", quotes.toString()))
                .isZero();
        assertThat(Files.readAllLines(quotes).getFirst())
                .isEqualTo(
                        "at,strategy,venue,symbol,bid,bid_quantity,ask,ask_quantity,fair,half_spread_bps,spread,model");
        assertThat(Files.readAllLines(quotes).stream().skip(1))
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.contains(",btc_mm_glft_v1.0,binance,BTCUSDT,") && line.endsWith(",chosen,"));
    }

    @Test
    void aKilledDeskIsStillKilledAfterARestart() throws Exception {
        recorded(6000);
        Path config = Trading.config(folder, "real", List.of("one"), "");
        try (MarketMaker maker = start(config)) {
            Trading.await(
                    "a frame", () -> maker.desk().orElseThrow().board().frame().isPresent());
            assertThat(maker.desk().orElseThrow().order(Verb.KILL, "ada", "why", Map.of()))
                    .contains("");
        }
        try (MarketMaker maker = start(config)) {
            Trading.await(
                    "a frame", () -> maker.desk().orElseThrow().board().frame().isPresent());
            assertThat(Trading.status(maker).path("breaker").path("state").asString())
                    .isEqualTo("KILLED");
        }
    }

    @Test
    void whatIsNotLiveRunsOnPaperOnlyAndOnlyByARollout() throws Exception {
        recorded(20);
        Path config = Trading.config(folder, "fast", List.of("one"), "stage: shadow");
        assertThatThrownBy(() -> start(config))
                .hasMessageContaining("trading.stage shadow follows the rollouts of products")
                .hasMessageContaining("folder one");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("kind: paper", "kind: binance")
                        .replace("{folder: one}", "{product: btc_mm}"));
        assertThatThrownBy(() -> start(config))
                .hasMessageContaining("trading.stage shadow is for venues on paper: binance is of kind binance");
    }

    @Test
    void aJournalOfAnotherDeskIsRefusedUnlessBegunAnew() throws Exception {
        recorded(300);
        try (MarketMaker maker = start(Trading.config(folder, "fast", List.of("one"), ""))) {
            Trading.await("the end", maker::ended);
        }
        Path other = Trading.config(folder, "fast", List.of("one"), "capital: 5000");
        assertThatThrownBy(() -> start(other)).hasMessageContaining("begin anew with --anew");
        try (MarketMaker maker = MarketMaker.start(anew(other), Ticks.system())) {
            Trading.await("the end", maker::ended);
        }
        List<Long> ids = Trading.ids(folder);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    @Test
    void afterASoftwareThatDecidesOtherwiseADeskBeginsAnewAndComesBackAlone() throws Exception {
        recorded(300);
        Path config = Trading.config(folder, "fast", List.of("one"), "");
        try (MarketMaker maker = start(config)) {
            Trading.await("the end", maker::ended);
        }
        // What another software would leave: a hash that this one does not come to.
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.WRITTEN))) {
            journal.hash(Trading.START * 1_000_000L, 42, 1);
        }
        assertThatThrownBy(() -> start(config)).hasMessageContaining("the journal has the hash 2a");
        try (MarketMaker maker = MarketMaker.start(anew(config), Ticks.system())) {
            Trading.await("the end", maker::ended);
        }
        long inputs;
        try (MarketMaker maker = start(config)) {
            Trading.await("the end again", maker::ended);
            inputs = Trading.status(maker).path("journal").path("events").asLong();
        }
        String data = folder.resolve("data").toString();
        assertThat(Main.run("market", "replay", data)).isEqualTo(1);
        assertThat(Main.run("market", "replay", data, "--last")).isZero();
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.WRITTEN))) {
            Replay.Result last = Replay.alone().last(journal, Long.MAX_VALUE);
            assertThat(last.difference()).isEmpty();
            assertThat(last.inputs()).isGreaterThanOrEqualTo(inputs).isGreaterThan(1000);
            // Tables name a run by the time at which it began.
            assertThat(journal.cursor(journal.lastStart().orElseThrow())
                            .next()
                            .orElseThrow()
                            .epochNanos())
                    .isGreaterThan(
                            journal.cursor(journal.start()).next().orElseThrow().epochNanos());
        }
        List<Long> ids = Trading.ids(folder);
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    private static TradingLaunch anew(Path config) {
        TradingLaunch launch = TradingLaunch.of(config);
        return new TradingLaunch(
                config,
                launch.roles(),
                launch.secrets(),
                launch.server(),
                launch.tokenFile(),
                launch.data(),
                launch.host(),
                launch.port(),
                launch.pace(),
                true);
    }
}
