package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One server, spoken to as a market maker and its operator speak to it: strategies go live symbol by symbol,
/// are watched for as long as they are live, and the desk is seen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrategyGoLiveTest {
    private static final String FIRST = "btc_mm_glft_v1.0";
    private static final String SECOND = "btc_mm_glft_v1.1";
    private static final String THIRD = "btc_mm_glft_v1.2";
    private static final String GUARDS =
            "[\"health_failures >= 3\", \"latency_p95 > 200ms for 1s over 10s\", \"memory_used > 80% for 5m\", \"breaker = HALTED\", \"drawdown > 15%\", \"pnl < -500\"]";

    @TempDir
    static Path data;

    private final AtomicLong seq = new AtomicLong();
    private Lab lab;
    private String engine = "";

    @BeforeAll
    void start() throws InterruptedException {
        lab = Lab.start(data);
        engine = lab.post("/api/v1/tokens", "{\"name\": \"engine\", \"roles\": [\"measure\", \"view\"]}")
                .json()
                .path("token")
                .asString();
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    private void write(String version, String fields) {
        StringBuilder lines = new StringBuilder();
        for (String symbol : new String[] {"BTCUSDT", "ETHUSDT"}) {
            lines.append("tranche_desk,product=btc_mm,version=" + version + ",entity=" + symbol
                    + ",mode=live,sender=test seq=" + seq.incrementAndGet() + ",events=10," + fields + " "
                    + System.currentTimeMillis() + "\n");
        }
        Lab.expect(204, lab.post("/write?precision=ms", lines.toString(), engine));
    }

    private void breaker(String state) {
        Lab.expect(
                202,
                lab.post(
                        "/api/v1/signals",
                        "{\"product\": \"btc_mm\", \"name\": \"breaker\", \"state\": \"" + state + "\"}",
                        engine));
    }

    private String start(String candidate, String strategy, String stage) {
        Lab.Said said = lab.post(
                "/api/v1/rollouts",
                "rollout:\n  candidate: " + candidate + "\n  strategy: " + strategy + "\n  stages: [" + stage
                        + "]\n  guards: " + GUARDS + "\n");
        Lab.expect(201, said);
        return said.json().path("id").asString();
    }

    private String live() {
        return lab.get("/api/v1/routes/btc_mm").json().at("/strategy/live").asString("");
    }

    private JsonNode until(String id, String state) throws InterruptedException {
        return lab.rollout(id, r -> r.path("state").asString("").equals(state));
    }

    /// An engine works with a candidate and all is well, until its rollout is completed.
    private void completed(String id, String candidate) throws InterruptedException {
        lab.rollout(id, r -> {
            write(candidate, "memory_used=0.2,pnl=1,drawdown=0.001,quote_latency=\"97:30\"");
            return r.path("state").asString("").equals("COMPLETED");
        });
    }

    @Test
    @Order(1)
    void aStrategyIsCheckedAndOneThatContradictsItselfIsRefused() {
        Lab.Said said = lab.register(Strategies.folder(Strategies.yaml(FIRST)));
        Lab.expect(201, said);
        assertThat(said.json().path("kind").asString()).isEqualTo("STRATEGY");
        assertThat(said.json().path("state").asString()).isEqualTo("VALIDATED");
        assertThat(said.json().path("checks").toString())
                .contains("glft on BTCUSDT, ETHUSDT", "no model of btc_spread is registered yet");
        for (Map.Entry<String, String> wrong : Map.of(
                        "size: 0.01", "size: 0.06",
                        "band: 0.05", "band: 0.5",
                        "low_bps: 1,", "low_bps: 101,",
                        "daily_loss_warning: 0.03", "daily_loss_warning: 0.06")
                .entrySet()) {
            Lab.Said refused = lab.register(
                    Strategies.folder(Strategies.yaml("btc_mm_glft_v9.0").replace(wrong.getKey(), wrong.getValue())));
            assertThat(refused.status()).as("%s: %s", wrong, refused.text()).isEqualTo(422);
        }
        for (Map.Entry<String, String> wrong : Map.of(
                        "gamma: 0.1", "gama: 0.1",
                        "arrival_k: 0.5, ", "",
                        "model: glft", "model: magic",
                        "collar_bps: 200", "collar_bps: -1",
                        "refresh: 50ms", "refresh: fast")
                .entrySet()) {
            Lab.Said refused = lab.register(
                    Strategies.folder(Strategies.yaml("btc_mm_glft_v9.0").replace(wrong.getKey(), wrong.getValue())));
            assertThat(refused.status()).as("%s: %s", wrong, refused.text()).isEqualTo(400);
        }
        Lab.Said other = lab.register(
                Strategies.folder(Strategies.yaml(SECOND).replace("    - {venue: binance, symbol: ETHUSDT}\n", "")));
        assertThat(other.status())
                .as("a minor keeps its contracts: %s", other.text())
                .isEqualTo(422);
        Lab.expect(201, lab.register(Strategies.folder(Strategies.yaml(SECOND))));
        Lab.expect(201, lab.register(Strategies.folder(Strategies.yaml(THIRD))));
    }

    @Test
    @Order(2)
    void aRolloutNamesSymbolsThatTheStrategyQuotes() {
        Lab.Said stranger = lab.post(
                "/api/v1/rollouts",
                "rollout: {candidate: " + FIRST + ", strategy: first, stages: [{mode: live, entities: [DOGEUSDT]}]}");
        assertThat(stranger.code()).isEqualTo("symbol_not_quoted");
        Lab.Said half = lab.post(
                "/api/v1/rollouts",
                "rollout: {candidate: " + FIRST + ", strategy: first, stages: [{mode: live, entities: [BTCUSDT]}]}");
        assertThat(half.code()).isEqualTo("symbol_left_out");
        Lab.Said share = lab.post(
                "/api/v1/rollouts",
                "rollout: {candidate: " + FIRST + ", strategy: first, stages: [{mode: live, share: 5%}]}");
        assertThat(share.code()).isEqualTo("by_entity");
    }

    @Test
    @Order(3)
    void symbolsGoShadowThenReadOnlyThenLive() throws InterruptedException {
        Lab.Said said = lab.post("/api/v1/rollouts", """
                rollout:
                  candidate: btc_mm_glft_v1.0
                  strategy: first
                  stages:
                    - {mode: shadow, entities: [BTCUSDT], dwell: 0s, gates: ["requests >= 10", "quote_latency_p95 < 50ms"]}
                    - {mode: read-only, entities: [BTCUSDT, ETHUSDT], dwell: 0s, gates: ["requests >= 20", "pnl > -100"]}
                    - {mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s, gates: ["requests >= 20", "drawdown < 5%"]}
                """);
        Lab.expect(201, said);
        String id = said.json().path("id").asString();
        lab.rollout(id, r -> {
            write(FIRST, "quotes=3,fills=1,quote_latency=\"97:60\",pnl=-20.5,drawdown=0.01,breaker=\"NORMAL\"");
            return r.path("state").asString("").equals("COMPLETED");
        });
        assertThat(live()).isEqualTo(FIRST);
        JsonNode told = lab.get("/api/v1/measured?product=btc_mm").json().at("/products/btc_mm/0");
        assertThat(told.path("pnl").asDouble()).isEqualTo(-20.5);
        assertThat(told.path("breaker").asString()).isEqualTo("NORMAL");
    }

    @Test
    @Order(4)
    void aHaltedBreakerTakesACandidateBackAndNothingGoesLiveUntilItIsReleased() throws InterruptedException {
        String id = start(SECOND, "canary", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}");
        until(id, "RUNNING");
        breaker("RESTRICTED");
        breaker("HALTED");
        assertThat(until(id, "ROLLED_BACK").path("reason").asString()).contains("breaker = HALTED");
        assertThat(live()).isEqualTo(FIRST);
        String again = start(SECOND, "canary", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 1h}");
        assertThat(until(again, "ROLLED_BACK").path("reason").asString()).contains("breaker = HALTED");
        breaker("NORMAL");
    }

    @Test
    @Order(5)
    void inShadowACandidateIsJudgedByTheBreakerOfItsOwnDeskOnPaper() throws InterruptedException {
        breaker("HALTED");
        String id = start(THIRD, "shadow", "{mode: shadow, entities: [BTCUSDT, ETHUSDT], dwell: 1h}");
        JsonNode judged = lab.rollout(id, r -> {
            write(THIRD, "breaker=\"NORMAL\"");
            return r.path("guards").toString().contains("NORMAL");
        });
        assertThat(judged.path("state").asString())
                .as("the breaker of what is live says nothing of it")
                .isEqualTo("RUNNING");
        JsonNode back = lab.rollout(id, r -> {
            write(THIRD, "breaker=\"HALTED\"");
            return r.path("state").asString("").equals("ROLLED_BACK");
        });
        assertThat(back.path("reason").asString()).contains("breaker = HALTED");
        assertThat(live()).isEqualTo(FIRST);
        breaker("NORMAL");
    }

    @Test
    @Order(6)
    void aStrategyThatIsLiveSinceLongFallsBackToTheVersionBeforeItAndNoFurther() throws InterruptedException {
        String second = start(SECOND, "canary", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
        completed(second, SECOND);
        String third = start(THIRD, "canary", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
        completed(third, THIRD);
        assertThat(live()).isEqualTo(THIRD);
        assertThat(lab.get("/api/v1/rollouts/" + third).json().path("guards")).hasSize(6);
        breaker("HALTED");
        JsonNode back = until(third, "ROLLED_BACK");
        assertThat(back.path("reason").asString()).contains("guard breaker = HALTED");
        assertThat(live()).isEqualTo(SECOND);
        breaker("HALTED");
        lab.rollout(second, r -> r.at("/guards/3/verdict").asString("").equals("pass"));
        assertThat(live()).as("the breaker halted the other one").isEqualTo(SECOND);
        breaker("NORMAL");
        breaker("HALTED");
        until(second, "ROLLED_BACK");
        assertThat(live()).as("a halt of its own").isEqualTo(FIRST);
        breaker("NORMAL");
    }

    @Test
    @Order(7)
    void whatTheEngineMeasuresTakesALiveStrategyBack() throws InterruptedException {
        for (Map.Entry<String, String> each : List.of(
                Map.entry("drawdown > 15%", "drawdown=0.2"),
                Map.entry("latency_p95 > 200ms", "quote_latency=\"320:50\""))) {
            String id = start(THIRD, "canary", "{mode: live, entities: [BTCUSDT, ETHUSDT], dwell: 0s}");
            completed(id, THIRD);
            JsonNode back = lab.rollout(id, r -> {
                write(THIRD, each.getValue());
                return r.path("state").asString("").equals("ROLLED_BACK");
            });
            assertThat(back.path("reason").asString()).contains(each.getKey());
            assertThat(live()).isEqualTo(FIRST);
        }
    }

    private static String status(long seq, String state, String more) {
        return "{\"desk\": \"btc_mm\", \"engine\": \"host1-1\", \"seq\": " + seq + ", \"at\": \""
                + Instant.now() + "\", \"state\": \"" + state
                + "\", \"strategies\": [], \"breaker\": {\"state\": \"NORMAL\", \"why\": null}" + more + "}";
    }

    @Test
    @Order(8)
    void aDeskIsSeenAsItsEngineToldItLastWithItsAge() {
        assertThat(lab.get("/api/v1/desks/btc_mm").code()).isEqualTo("unknown_desk");
        Lab.expect(204, lab.post("/api/v1/desks/btc_mm", status(2, "QUOTING", ", \"new\": {\"a\": [1]}"), engine));
        Lab.expect(204, lab.post("/api/v1/desks/btc_mm", status(1, "STARTING", ""), engine));
        Lab.Said desk = lab.get("/api/v1/desks/btc_mm");
        JsonNode told = desk.json().at("/engines/0");
        assertThat(told.path("state").asString()).as("the older came late").isEqualTo("QUOTING");
        assertThat(told.at("/status/new/a/0").asInt())
                .as("passed on as it came")
                .isEqualTo(1);
        assertThat(told.path("stale").asBoolean()).isFalse();
        assertThat(told.path("age_seconds").asDouble()).isBetween(0.0, 5.0);
        Lab.Said all = lab.get("/api/v1/desks");
        assertThat(all.json().at("/desks/0/product").asString()).isEqualTo("btc_mm");
        OpenApi api = new OpenApi(lab.get("/openapi.json").json());
        assertThat(api.wrong("get", "/api/v1/desks/{product}", desk)).isEmpty();
        assertThat(api.wrong("get", "/api/v1/desks", all)).isEmpty();
        assertThat(api.wrong("get", "/api/v1/measured", lab.get("/api/v1/measured")))
                .isEmpty();
        for (String wrong : new String[] {
            "{}",
            status(3, "QUOTING", "").replace("btc_mm\"", "eth_mm\""),
            status(0, "QUOTING", ""),
            status(3, "quoting", ""),
            status(3, "QUOTING", ", \"positions\": {}"),
            status(3, "QUOTING", ", \"quotes\": [1]"),
            status(3, "QUOTING", "").replaceAll("\"at\": \"\\d+", "\"at\": \"3026")
        }) {
            Lab.Said refused = lab.post("/api/v1/desks/btc_mm", wrong, engine);
            assertThat(refused.status()).as("%s: %s", wrong, refused.text()).isEqualTo(400);
            assertThat(api.wrong("post", "/api/v1/desks/{product}", refused)).isEmpty();
        }
        Lab.Said large = lab.post(
                "/api/v1/desks/btc_mm", status(3, "QUOTING", ", \"x\": \"" + "x".repeat(600_000) + "\""), engine);
        assertThat(large.status()).isEqualTo(413);
        assertThat(lab.post("/api/v1/desks/btc_mm", status(9, "QUOTING", ""), "")
                        .status())
                .isEqualTo(401);
    }
}
