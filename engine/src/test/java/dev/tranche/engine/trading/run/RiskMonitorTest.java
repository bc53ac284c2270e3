package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.config.SecretBox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the risk monitor promises of `trading.watch.*`: a limit that is passed kills, whatever is not known does
/// not, and an engine that tells nothing new is called down.
class RiskMonitorTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /// Time by hand.
    private static final class Hand implements Ticks {
        private final AtomicLong nanos = new AtomicLong(1);

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }

        @Override
        public long nanos() {
            return nanos.get();
        }

        void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    /// A desk that says what the test wants.
    private static final class Said implements RiskMonitorProcess.Watched {
        private final List<String> kills = new ArrayList<>();
        private String state = "QUOTING";
        private String breaker = "NORMAL";
        private long events = 1;
        private String pnl = "{\"drawdown\":null}";
        private String inputs = "{\"daily_loss\":null}";
        private String position = "{}";
        private boolean away;
        private String refusal = "";

        @Override
        public JsonNode status() throws IOException {
            if (away) {
                throw new IOException("nobody there");
            }
            return JSON.readTree("""
                    {"state":"%s","why":"as the test says","journal":{"events":%d},"breaker":{"state":"%s","inputs":%s},
                     "pnl":%s,"positions":[%s]}""".formatted(state, events, breaker, inputs, pnl, position));
        }

        @Override
        public String kill(String who, String reason) {
            kills.add(who + ": " + reason);
            breaker = refusal.isEmpty() ? "KILLED" : breaker;
            return refusal;
        }
    }

    private final Hand ticks = new Hand();
    private final Said desk = new Said();

    @SuppressWarnings("NullAway.Init")
    private RiskMonitorProcess monitor;

    @BeforeEach
    void start() throws IOException {
        Config config = limits("""
                watch.silence: 5s
                watch.drawdown: 0.2
                watch.daily_loss: 0.15
                watch.notional: 1000
                watch.difference: 2m
                """);
        monitor = RiskMonitorProcess.of(desk, () -> config, ticks);
    }

    private Config limits(String text) throws IOException {
        Path file = Trading.config(folder, "real", List.of("one"), text);
        try (ConfigWatch watch =
                ConfigWatch.open(file, folder.resolve("kept.yaml"), TradingKeys.SCHEMA, SecretBox.none())) {
            return watch.current();
        }
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void eachLimitKillsWhenItIsReachedAndWhatIsNotKnownKillsNobody() throws Exception {
        monitor.look();
        assertThat(desk.kills).isEmpty();
        desk.pnl = "{\"drawdown\":0.1999}";
        desk.inputs = "{\"daily_loss\":0.1499}";
        desk.position = "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"notional\":-999.9,\"quantity\":-0.1,"
                + "\"venue_quantity\":null}";
        monitor.look();
        ticks.pass(Duration.ofMinutes(5));
        desk.events++;
        monitor.look();
        assertThat(desk.kills).as("the venue has not said yet what it holds").isEmpty();

        desk.pnl = "{\"drawdown\":0.2}";
        monitor.look();
        assertThat(desk.kills).containsExactly("risk-monitor: drawdown 0.2 of 0.2");
        assertThat(monitor.health().problems()).containsExactly("the desk was killed: drawdown 0.2 of 0.2");

        desk.pnl = "{\"drawdown\":0}";
        desk.breaker = "RESTRICTED";
        monitor.look();
        assertThat(monitor.health().problems()).as("somebody released it").isEmpty();

        desk.inputs = "{\"daily_loss\":0.15}";
        monitor.look();
        desk.breaker = "RESTRICTED";
        desk.inputs = "{}";
        desk.position = desk.position.replace("-999.9", "-1000");
        monitor.look();
        assertThat(desk.kills)
                .hasSize(3)
                .last()
                .isEqualTo("risk-monitor: position in binance:BTCUSDT is worth 1000.0 of 1000.0 dollars");
    }

    @Test
    void aPositionThatStaysAnotherThanTheVenuesKillsAfterItsTimeAndNotBefore() throws Exception {
        desk.position = "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"quantity\":0.1,\"venue_quantity\":0.2}";
        monitor.look();
        ticks.pass(Duration.ofMinutes(2));
        monitor.look();
        assertThat(desk.kills).isEmpty();
        ticks.pass(Duration.ofSeconds(1));
        monitor.look();
        assertThat(desk.kills)
                .containsExactly("risk-monitor: position in binance:BTCUSDT is 0.1 here and 0.2 at the venue");
    }

    @Test
    void anEngineThatTellsNothingNewIsCalledDownInEveryStateThatCountsTicks() throws Exception {
        for (String state : List.of("QUOTING", "STOPPED", "HALTED", "KILLED", "FAILED", "DETACHED", "STARTING")) {
            desk.state = state;
            desk.events++;
            monitor.look();
            ticks.pass(Duration.ofSeconds(6));
            monitor.look();
            assertThat(monitor.health().problems())
                    .as(state)
                    .containsExactly("the engine has told nothing new for 6000 ms");
        }
        desk.state = "ENDED";
        monitor.look();
        assertThat(monitor.health().up()).as("its recordings have ended").isTrue();

        desk.away = true;
        ticks.pass(Duration.ofSeconds(6));
        monitor.look();
        assertThat(monitor.health().up()).isFalse();
    }

    @Test
    void anEngineThatSaysItFailedIsDownThoughItAnswers() throws Exception {
        desk.state = "FAILED";
        monitor.look();
        assertThat(monitor.health().problems()).containsExactly("the engine is FAILED: as the test says");
    }

    @Test
    void aKillThatIsNotAnsweredIsToldAndTriedAgain() throws Exception {
        desk.refusal = "no answer";
        desk.pnl = "{\"drawdown\":0.5}";
        monitor.look();
        assertThat(monitor.health().problems())
                .containsExactly("the desk could not be killed: no answer, for: drawdown 0.5 of 0.2");
        desk.refusal = "";
        monitor.look();
        assertThat(monitor.health().problems()).containsExactly("the desk was killed: drawdown 0.5 of 0.2");
        assertThat(desk.kills).hasSizeGreaterThan(1);
    }
}
