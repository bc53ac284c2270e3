package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A market maker from the registration of its strategy to the way back, on the recorded minutes of a venue: a
/// server with its PostgreSQL and an engine on a venue on paper, each a process of its own.
class MarketMakingTest {
    /// Numbers of the status are doubles.
    private static final double CENT = 1e-6;
    /// A status is read between two events, of which one may move the mark.
    private static final double NEAR = 1e-3;
    /// The exit code of a JVM that SIGTERM ended after its hooks.
    private static final int TERMINATED = 143;
    /// Of the recordings, which are played four times as fast.
    private static final Duration RECORDED = Duration.ofMinutes(6);
    private static final String FIRST = "btc_mm_glft_v1.0";
    private static final String SECOND = "btc_mm_glft_v1.1";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product server;
    private static TradingDesk trading;
    private static Path config;
    private static String tables;
    private static CompletableFuture<MarketMaker> started;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        trading = TradingDesk.in(work, RECORDED);
        server = Product.start(data);
        tables = Postgres.of(data).database("trading");
        config = trading.configure("""
                  server: %s
                  token_file: %s
                  breaker: {cooldown: 1s}
                  store: {url: "%s"}
                """.formatted(server.url, trading.token(server), tables));
        started = CompletableFuture.supplyAsync(() -> trading.start(config));
        trading.register(server, FIRST, "");
        trading.register(server, SECOND, """
                breaker: {daily_loss_warning: 0.0000001, daily_loss_limit: 0.0000002, drawdown_warning: 0.0000001, drawdown_limit: 0.0000002}
                """);
    }

    /// What was started is ended, also when nobody came to use it.
    @AfterAll
    static void stop() throws InterruptedException {
        try {
            if (started != null) started.join().kill();
        } finally {
            if (server != null) server.close();
        }
    }

    @Test
    @Promise({
        "002 §部署步骤 4 a strategy is registered, goes live by a rollout, and the deployed engine works with it",
        "002 §生产检查清单 部署后 第一笔订单成功, PnL计算正确: fills are in the tables once, sum up to what is held, and what was earned adds up by kind, by cause and with equity",
        "002 §自动回滚触发条件 熔断器触发HALTED状态: the rollout rolls back by itself and the engine is back on the version before",
        "002 §监控配置 every metric of the shipped rules and dashboards is exported"
    })
    void aStrategyGoesLiveTradesIsTakenBackByItsBreakerAndTheJournalSaysWhy() throws IOException, InterruptedException {
        MarketMaker engine = started.join();
        try {
            String first = trading.rollout(server, """
                    rollout:
                      candidate: btc_mm_glft_v1.0
                      strategy: first
                      stages:
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1s, gates: ["requests >= 100", "data_age < 10s"]}
                      guards: ["health_failures >= 3", "latency_p95 > 200ms for 5m", "memory_used > 80% for 5m", "breaker = HALTED"]
                    """);
            CompletableFuture<Void> looking = CompletableFuture.runAsync(MarketMakingTest::look);
            TradingDesk.rollout(server, first, "COMPLETED");
            desk("the first fills", desk -> desk.at("/orders/filled").asInt() > 3 && TradingDesk.live(desk, FIRST));
            names(engine);
            books(engine.desk());
            looking.join();

            engine.kill();
            desk("that nobody speaks", desk -> desk.path("stale").asBoolean());
            engine = trading.start(config);
            JsonNode again = TradingDesk.seen(
                    server,
                    "the engine back",
                    desk -> TradingDesk.live(desk, FIRST) && !desk.path("stale").asBoolean());
            assertThat(again.at("/orders/filled").asInt())
                    .as("nothing was forgotten")
                    .isGreaterThan(3);
            desk("quotes again", desk -> TradingDesk.quotes(desk, FIRST));

            String second = trading.rollout(server, """
                    rollout:
                      candidate: btc_mm_glft_v1.1
                      strategy: canary
                      stages:
                        - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}
                      guards: ["health_failures >= 3", "breaker = HALTED"]
                    """);
            JsonNode back = TradingDesk.rollout(server, second, "ROLLED_BACK");
            assertThat(back.path("reason").asString()).contains("breaker = HALTED");
            assertThat(server.read("/api/v1/routes/btc_mm").at("/strategy/live").asString())
                    .isEqualTo(FIRST);
            desk(
                    "the version before to quote again, by the breaker's own recovery: nobody did anything",
                    desk -> TradingDesk.quotes(desk, FIRST)
                            && !TradingDesk.live(desk, SECOND)
                            && TradingDesk.breaker(desk).equals("NORMAL"));

            Product.Ran without = engine.order("kill", "--who", "ann");
            assertThat(without.exit())
                    .as("a reason is asked for: %s", without.output())
                    .isEqualTo(2);
            assertThat(engine.order("kill", "--who", "ann", "--reason", "drill").exit())
                    .isZero();
            TradingDesk.seen(
                    engine,
                    "the kill, and every order taken back",
                    desk -> TradingDesk.breaker(desk).equals("KILLED")
                            && desk.at("/orders/active").asInt(-1) == 0);
            assertThat(engine.order("release", "--who", "ann", "--reason", "drill is over")
                            .exit())
                    .isZero();
            desk(
                    "quotes after the release, one cooldown after another",
                    desk -> TradingDesk.quotes(desk, FIRST)
                            && TradingDesk.breaker(desk).equals("NORMAL"));

            tables(engine);
            assertThat(engine.stop()).as("ended by SIGTERM, in its own way").isEqualTo(TERMINATED);
            Product.Ran replay =
                    Product.launch("market", "replay", trading.data().toString());
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
        assertThat(pnl.path("equity").asDouble()).isCloseTo(TradingDesk.CAPITAL + total, within(CENT));
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
                TradingDesk.LIMIT,
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

    /// The console shows what the engine says; where there is no browser, nobody looks.
    private static void look() {
        if (!Files.isExecutable(ConsoleTest.CHROMIUM)) {
            return;
        }
        try (Playwright driver = ConsoleTest.driver();
                Browser browser = ConsoleTest.browser(driver)) {
            Files.createDirectories(ConsoleTest.SCREENS);
            Page page = browser.newPage();
            page.setDefaultTimeout(ConsoleTest.BROWSER_LIMIT_MILLIS);
            page.navigate(server.url.resolve("/") + "?product=btc_mm#token=" + server.token());
            page.locator("section[aria-label='Positions and greeks']")
                    .getByText("BTCUSDT")
                    .waitFor();
            assertThat(page.locator("section[aria-label='Desk']").innerText()).contains("glft_v1.0", "live");
            ConsoleTest.shoot(page, "desk-live");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static void desk(String what, Predicate<JsonNode> so) {
        TradingDesk.seen(server, what, so);
    }
}
