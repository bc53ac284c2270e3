package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A market maker from the registration of its strategy to the way back, on the recorded minutes of a venue: a
/// server with its PostgreSQL and an engine on a venue on paper, each a process of its own.
class MarketMakingTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path RECORDED = Path.of(System.getProperty(
                    "tranche.shared", Product.ROOT.resolve("../shared").toString()))
            .resolve("data/crypto/l2_raw_hftbacktest/usdm");
    private static final double CAPITAL = 100_000;
    /// Numbers of the status are doubles.
    private static final double CENT = 1e-6;
    /// A status is read between two events, of which one may move the mark.
    private static final double NEAR = 1e-3;
    /// The exit code of a JVM that SIGTERM ended after its hooks.
    private static final int TERMINATED = 143;
    private static final String FIRST = "btc_mm_glft_v1.0";
    private static final String SECOND = "btc_mm_glft_v1.1";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product server;
    private static Path config;
    private static String tables;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        assumeTrue(
                Files.isDirectory(RECORDED),
                "skipped: the recorded streams of BTCUSDT and ETHUSDT are not here: " + RECORDED);
        server = Product.start(data);
        tables = Postgres.of(data).database("trading");
        register(FIRST, "");
        register(SECOND, """
                breaker: {daily_loss_warning: 0.0000001, daily_loss_limit: 0.0000002, drawdown_warning: 0.0000001, drawdown_limit: 0.0000002}
                """);
        Path token = Files.writeString(
                work.resolve("engine.token"),
                server.must("token", "create", "--name", "engine1", "--role", "measure,view", "--json")
                        .json()
                        .path("token")
                        .asString());
        config = Files.writeString(work.resolve("trading.yaml"), """
                trading:
                  desk: btc_mm
                  capital: 100000
                  data: %s
                  port: 0
                  server: %s
                  token_file: %s
                  pace: 4x
                  reading: 200ms
                  breaker: {cooldown: 1s}
                  store: {url: "%s"}
                  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, base: BTC, price_decimals: 2, quantity_decimals: 3, tick: 10, maker_bps: 2, taker_bps: 5, file: %s}
                    - {venue: binance, symbol: ETHUSDT, base: ETH, price_decimals: 2, quantity_decimals: 3, maker_bps: 2, taker_bps: 5, file: %s}
                  strategies:
                    - {product: btc_mm}
                """.formatted(
                        trading(),
                        server.url,
                        token,
                        tables,
                        Captured.stream(RECORDED.resolve("btcusdt_20240808.gz"), work),
                        Captured.stream(RECORDED.resolve("ethusdt_20240808.gz"), work)));
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static Path trading() {
        return work.resolve("trading-data");
    }

    private static void register(String name, String breaker) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.writeString(folder.resolve("strategy.yaml"), """
                strategy:
                  name: %s
                  quotes:
                    - {venue: binance, symbol: BTCUSDT}
                    - {venue: binance, symbol: ETHUSDT}
                  fair: mid
                  quoting: {model: glft, gamma: 0.01, arrival_a: 5, arrival_k: 5, size: 0.01, refresh: 50ms}
                  volatility: {sample: 100ms, half_life: 5s, warm: 5}
                  limits: {quantity: 0.05, position: 0.5, collar_bps: 200}
                %s""".formatted(name, breaker));
        server.must("register", folder.toString());
    }

    @Test
    @Promise({
        "002 §部署步骤 4 a strategy is registered, goes live by a rollout, and the deployed engine works with it",
        "002 §生产检查清单 部署后 第一笔订单成功, PnL计算正确: fills are in the tables once, sum up to what is held, and what was earned adds up by kind, by cause and with equity",
        "002 §自动回滚触发条件 熔断器触发HALTED状态: the rollout rolls back by itself and the engine is back on the version before",
        "002 §监控配置 every metric of the shipped rules and dashboards is exported"
    })
    void aStrategyGoesLiveTradesIsTakenBackByItsBreakerAndTheJournalSaysWhy() throws IOException, InterruptedException {
        Path log = work.resolve("engine.log");
        MarketMaker engine = MarketMaker.start(config, trading(), log);
        try {
            String first = rollout("""
                    rollout:
                      candidate: btc_mm_glft_v1.0
                      strategy: first
                      stages:
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1s, gates: ["requests >= 100", "data_age < 10s"]}
                      guards: ["health_failures >= 3", "latency_p95 > 200ms for 5m", "memory_used > 80% for 5m", "breaker = HALTED"]
                    """);
            rollout(first, state -> state.path("state").asString().equals("COMPLETED"));
            desk("the first fills", desk -> desk.at("/orders/filled").asInt() > 3 && live(desk, FIRST));
            names(engine);
            books(engine.desk());
            look();

            engine.kill();
            desk("that nobody speaks", desk -> desk.path("stale").asBoolean());
            engine = MarketMaker.start(config, trading(), log);
            JsonNode again = desk(
                    "the engine back",
                    desk -> live(desk, FIRST) && !desk.path("stale").asBoolean());
            assertThat(again.at("/orders/filled").asInt())
                    .as("nothing was forgotten")
                    .isGreaterThan(3);
            desk("quotes again", MarketMakingTest::quotes);

            String second = rollout("""
                    rollout:
                      candidate: btc_mm_glft_v1.1
                      strategy: canary
                      stages:
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                      guards: ["health_failures >= 3", "breaker = HALTED"]
                    """);
            JsonNode back =
                    rollout(second, state -> state.path("state").asString().equals("ROLLED_BACK"));
            assertThat(back.path("reason").asString()).contains("breaker = HALTED");
            assertThat(server.read("/api/v1/routes/btc_mm").at("/strategy/live").asString())
                    .isEqualTo(FIRST);
            desk("the version before in force", desk -> live(desk, FIRST) && !live(desk, SECOND));

            Product.Ran without = engine.order("kill", "--who", "ann");
            assertThat(without.exit())
                    .as("a reason is asked for: %s", without.output())
                    .isEqualTo(2);
            assertThat(engine.order("kill", "--who", "ann", "--reason", "drill").exit())
                    .isZero();
            desk("the kill", desk -> desk.at("/breaker/state").asString("").equals("KILLED"));
            assertThat(engine.order("release", "--who", "ann", "--reason", "drill is over")
                            .exit())
                    .isZero();
            desk("the release", desk -> !desk.at("/breaker/state").asString("").equals("KILLED"));

            tables(engine);
            assertThat(engine.stop()).as("ended by SIGTERM, in its own way").isEqualTo(TERMINATED);
            Product.Ran replay = Product.launch("market", "replay", trading().toString());
            assertThat(replay.output()).contains("EXACT");
            assertThat(replay.exit()).isZero();
        } finally {
            engine.kill();
        }
    }

    /// What was earned adds up by kind, by cause and with equity, to the last cent and beyond.
    private static void books(JsonNode desk) {
        JsonNode pnl = desk.path("pnl");
        double total = pnl.path("total").asDouble();
        assertThat(sum(pnl, "realised", "unrealised", "fees", "funding")).isCloseTo(total, within(CENT));
        assertThat(sum(
                        pnl.path("attribution"),
                        "spread",
                        "adverse_selection",
                        "inventory",
                        "hedge",
                        "fees",
                        "funding",
                        "residual"))
                .isCloseTo(total, within(CENT));
        assertThat(pnl.path("equity").asDouble()).isCloseTo(CAPITAL + total, within(CENT));
        assertThat(pnl.path("day").asDouble())
                .isCloseTo(
                        pnl.path("equity").asDouble() - pnl.path("start_of_day").asDouble(), within(CENT));
        for (JsonNode position : desk.path("positions")) {
            double value = position.path("quantity").asDouble()
                    * (position.path("mark").asDouble()
                            - position.path("average").asDouble());
            assertThat(position.path("unrealised").asDouble())
                    .as(position.toString())
                    .isCloseTo(value, within(Math.abs(position.path("notional").asDouble()) * NEAR));
        }
    }

    /// The tables hold each fill once, their sum is what is held, and the breaker's way to the halt and the kill.
    private static void tables(MarketMaker engine) {
        Product.await(
                "the sum of the trades to be what is held",
                LIMIT,
                () -> engine.desk()
                        .path("positions")
                        .valueStream()
                        .allMatch(position -> Math.abs(position.path("quantity").asDouble()
                                        - number(
                                                "select sum(case side when 'buy' then quantity else -quantity end) from trades"
                                                        + " where instrument like '%"
                                                        + position.path("symbol")
                                                                .asString() + "%'"))
                                < CENT));
        assertThat(number("select count(*) from trades")).isGreaterThan(3);
        // In one look: trades go on being written.
        assertThat(number("select count(*) - count(distinct (venue, instrument, venue_trade_id)) from trades"))
                .isZero();
        assertThat(number("select count(*) from circuit_breaker_history where new_state = 'HALTED'"))
                .isPositive();
        assertThat(number("select count(*) from circuit_breaker_history where new_state = 'KILLED'"))
                .isPositive();
    }

    private static double number(String query) {
        try (Connection connection = DriverManager.getConnection(tables);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getDouble(1) : Double.NaN;
        } catch (SQLException notYet) {
            throw new AssertionError(query, notYet);
        }
    }

    private static double sum(JsonNode tree, String... names) {
        return Arrays.stream(names)
                .mapToDouble(name -> tree.path(name).asDouble())
                .sum();
    }

    private static boolean live(JsonNode desk, String version) {
        return desk.path("strategies")
                .valueStream()
                .anyMatch(each -> each.path("name").asString().equals(version)
                        && each.path("mode").asString().equals("live"));
    }

    private static boolean quotes(JsonNode desk) {
        return desk.path("strategies")
                .valueStream()
                .anyMatch(each -> each.path("quoting").asBoolean());
    }

    /// The console shows what the engine says; where there is no browser, nobody looks.
    private static void look() throws IOException {
        if (!Files.isExecutable(ConsoleTest.CHROMIUM)) {
            return;
        }
        Files.createDirectories(ConsoleTest.SCREENS);
        try (Playwright driver = ConsoleTest.driver();
                Browser browser = ConsoleTest.browser(driver)) {
            Page page = browser.newPage();
            page.setDefaultTimeout(ConsoleTest.BROWSER_LIMIT_MILLIS);
            page.navigate(server.url.resolve("/") + "?product=btc_mm#token=" + server.token());
            page.locator("section[aria-label='Positions and greeks']")
                    .getByText("BTCUSDT")
                    .waitFor();
            assertThat(page.locator("section[aria-label='Desk']").innerText()).contains("glft_v1.0", "live");
            ConsoleTest.shoot(page, "desk-live");
        }
    }

    /// The names that rules and dashboards use are exported by an engine at work.
    private static void names(MarketMaker engine) throws IOException {
        Set<String> exported = new TreeSet<>();
        Pattern.compile("(?m)^([a-z_0-9]+)[{ ]")
                .matcher(engine.text("/metrics"))
                .results()
                .forEach(found -> exported.add(found.group(1)));
        Pattern name =
                Pattern.compile("(?<![A-Za-z0-9_:\"$])(?:circuit|regime|portfolio|quote|active|fill|hedge|trading)"
                        + "_[a-z0-9_]+(?![a-z0-9_:\"])");
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Product.ROOT.resolve("deploy"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("market-making"))
                    .filter(each -> !each.toString().endsWith(".test.yml"))
                    .toList()) {
                JsonNode tree = YAMLMapper.builder().build().readTree(Files.readString(file));
                for (JsonNode expression : tree.findValues("expr")) {
                    name.matcher(expression.asString())
                            .results()
                            .map(MatchResult::group)
                            .forEach(used::add);
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(25);
        assertThat(exported).containsAll(used);
    }

    private static JsonNode desk(String what, Predicate<JsonNode> so) {
        Product.await(what, LIMIT, () -> so.test(told()));
        return told();
    }

    /// The status that the server hands on, with whether it is stale.
    private static JsonNode told() {
        JsonNode engine = server.read("/api/v1/desks/btc_mm").at("/engines/0");
        if (engine.path("status") instanceof ObjectNode status) {
            return status.put("stale", engine.path("stale").asBoolean());
        }
        return engine;
    }

    private static String rollout(String yaml) throws IOException, InterruptedException {
        Path plan = Files.writeString(work.resolve("rollout.yaml"), yaml);
        return server.must("rollout", "start", plan.toString(), "--json")
                .json()
                .path("id")
                .asString();
    }

    private static JsonNode rollout(String id, Predicate<JsonNode> so) {
        Product.await(id + " to be as wished", LIMIT, () -> so.test(server.read("/api/v1/rollouts/" + id)));
        return server.read("/api/v1/rollouts/" + id);
    }
}
