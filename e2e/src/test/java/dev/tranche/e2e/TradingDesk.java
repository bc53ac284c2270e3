package dev.tranche.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The desk that tests of market making share: BTCUSDT and ETHUSDT on a venue on paper, on the recorded minutes of
/// a venue, with strategies that follow the product `btc_mm` of a server. Its folder holds everything that it
/// needs.
///
/// @param work folder of the test
/// @param files its recordings, once they are written
record TradingDesk(Path work, CompletableFuture<List<Path>> files) {
    /// Name of the desk and product of its strategy.
    static final String NAME = "btc_mm";
    /// Dollars at the beginning.
    static final double CAPITAL = 100_000;
    /// How long something may take that is waited for.
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Path RECORDED = Path.of(System.getProperty(
                    "tranche.shared", Product.ROOT.resolve("../shared").toString()))
            .resolve("data/crypto/l2_raw_hftbacktest/usdm");

    /// The desk of a test, whose recordings are written meanwhile; where there are none the test is skipped.
    ///
    /// @param length how much of the recordings it plays, four times as fast as it was
    static TradingDesk in(Path work, Duration length) {
        assumeTrue(
                Files.isDirectory(RECORDED),
                "skipped: the recorded streams of BTCUSDT and ETHUSDT are not here: " + RECORDED);
        return new TradingDesk(
                work,
                CompletableFuture.supplyAsync(() -> Stream.of("btcusdt_20240808.gz", "ethusdt_20240808.gz")
                        .parallel()
                        .map(name -> Captured.stream(RECORDED.resolve(name), work, length))
                        .toList()));
    }

    /// The data folder of its engine.
    Path data() {
        return work.resolve("trading-data");
    }

    /// The text of a strategy that quotes both contracts.
    ///
    /// @param more further lines of the file
    static String strategy(String name, String more) {
        return """
                strategy:
                  name: %s
                  quotes:
                    - {venue: binance, symbol: BTCUSDT}
                    - {venue: binance, symbol: ETHUSDT}
                  fair: mid
                  quoting: {model: glft, gamma: 0.01, arrival_a: 5, arrival_k: 5, size: 0.01, refresh: 50ms}
                  volatility: {sample: 100ms, half_life: 5s, warm: 5}
                  limits: {quantity: 0.05, position: 0.5, collar_bps: 200}
                %s""".formatted(name, more);
    }

    /// Registers a strategy at a server.
    void register(Product server, String name, String more) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.writeString(folder.resolve("strategy.yaml"), strategy(name, more));
        server.must("register", folder.toString());
    }

    /// Makes a token for its engine and returns the file.
    Path token(Product server) throws IOException, InterruptedException {
        return Files.writeString(
                work.resolve("engine.token"),
                server.must("token", "create", "--name", "engine1", "--role", "measure,view", "--json")
                        .json()
                        .path("token")
                        .asString());
    }

    /// Writes its configuration and returns the file.
    ///
    /// @param more lines of `trading`, each indented by two spaces
    Path configure(String more) throws IOException {
        return Files.writeString(work.resolve("trading.yaml"), """
                trading:
                  desk: btc_mm
                  capital: 100000
                  data: %s
                  port: 0
                  pace: 4x
                  reading: 200ms
                %s  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, base: BTC, price_decimals: 2, quantity_decimals: 3, tick: 10, maker_bps: 2, taker_bps: 5, file: %s}
                    - {venue: binance, symbol: ETHUSDT, base: ETH, price_decimals: 2, quantity_decimals: 3, maker_bps: 2, taker_bps: 5, file: %s}
                  strategies:
                    - {product: btc_mm}
                """.formatted(
                        data(), more, files.join().get(0), files.join().get(1)));
    }

    /// Starts its engine.
    MarketMaker start(Path config) {
        try {
            return MarketMaker.start(config, data(), work.resolve("engine.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a rollout and returns its id.
    String rollout(Product server, String yaml) throws IOException, InterruptedException {
        Path plan = Files.writeString(work.resolve("rollout.yaml"), yaml);
        return server.must("rollout", "start", plan.toString(), "--json")
                .json()
                .path("id")
                .asString();
    }

    /// Waits for a state of a rollout and returns the rollout.
    static JsonNode rollout(Product server, String id, String state) {
        String path = "/api/v1/rollouts/" + id;
        Product.await(
                id + " to be " + state,
                LIMIT,
                () -> server.read(path).path("state").asString("").equals(state));
        return server.read(path);
    }

    /// Waits for a status of the desk as the server hands it on, and returns it.
    static JsonNode seen(Product server, String what, Predicate<JsonNode> so) {
        Product.await(what, LIMIT, () -> so.test(told(server)));
        return told(server);
    }

    /// Waits for a status of the desk as its engine says it, and returns it.
    static JsonNode seen(MarketMaker engine, String what, Predicate<JsonNode> so) {
        Product.await(what, LIMIT, () -> so.test(engine.desk()));
        return engine.desk();
    }

    /// The status that the server hands on, with whether it is stale.
    private static JsonNode told(Product server) {
        JsonNode engine = server.read("/api/v1/desks/" + NAME).at("/engines/0");
        if (engine.path("status") instanceof ObjectNode status) {
            return status.put("stale", engine.path("stale").asBoolean());
        }
        return engine;
    }

    /// Whether a version is in force.
    static boolean live(JsonNode desk, String version) {
        return desk.path("strategies")
                .valueStream()
                .anyMatch(each -> each.path("name").asString().equals(version)
                        && each.path("mode").asString().equals("live"));
    }

    /// Whether a version is in force and has quotes at the venue.
    static boolean quotes(JsonNode desk, String version) {
        return live(desk, version)
                && desk.at("/orders/active").asInt() > 0
                && desk.path("strategies")
                        .valueStream()
                        .anyMatch(each -> each.path("name").asString().equals(version)
                                && each.path("quoting").asBoolean());
    }

    /// What the breaker says.
    static String breaker(JsonNode desk) {
        return desk.at("/breaker/state").asString("");
    }
}
