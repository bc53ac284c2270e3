package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.config.SecretBox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RiskMonitorProcessTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    /// Answers with what is no JSON first, and has lost too much then.
    private static final class Garbled implements RiskMonitorProcess.Watched {
        private final AtomicInteger looks = new AtomicInteger();
        private final CountDownLatch killed = new CountDownLatch(1);

        @Override
        public JsonNode status() {
            return JSON.readTree(looks.incrementAndGet() == 1 ? "<html>" : "{\"pnl\": {\"drawdown\": 0.9}}");
        }

        @Override
        public String kill(String who, String reason) {
            killed.countDown();
            return "";
        }
    }

    @Test
    void aStatusThatCannotBeReadDoesNotEndTheWatch() throws Exception {
        Path file = Trading.config(folder, "fast", List.of("one"), "");
        Garbled desk = new Garbled();
        try (ConfigWatch config =
                        ConfigWatch.open(file, folder.resolve("kept.yaml"), TradingKeys.SCHEMA, SecretBox.none());
                RiskMonitorProcess _ = RiskMonitorProcess.start(desk, config::current, Ticks.system())) {
            assertThat(desk.killed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
