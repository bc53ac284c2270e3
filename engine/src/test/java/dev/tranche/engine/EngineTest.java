package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.engine.divergence.StreamStatus;
import dev.tranche.engine.signal.Tally;
import dev.tranche.runtime.clock.Ticks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EngineTest {
    private static final int BARS = 600;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path config;

    @BeforeEach
    void write() throws Exception {
        Recorded.stream(folder, "BTCUSDT", 7, BARS);
        config = folder.resolve("engine.yaml");
        Files.writeString(config, Recorded.config("fast", ""));
    }

    private Engine start() throws Exception {
        return Engine.start(Launch.of(config), Ticks.system());
    }

    private static StreamStatus played(Engine engine) throws InterruptedException {
        Asked.await(engine::ended);
        return engine.streams().getFirst();
    }

    @Test
    void aRecordedStreamIsPlayedToItsEndAndEverythingFoundIsTold() throws Exception {
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            StreamStatus stream = played(engine);
            assertThat(stream.condition()).isEqualTo(StreamStatus.Condition.ENDED);
            assertThat(stream.counts().events()).isEqualTo(BARS * 5L * 3 + 1);
            assertThat(stream.faults()).isEmpty();
            assertThat(stream.bars()).isBetween(BARS - 4L, (long) BARS);
            Tally.Counts counts = stream.tracks().getFirst().counts();
            assertThat(counts.all()).isGreaterThan(20);
            assertThat(counts.closed()).isTrue();
            assertThat(counts.errors()).isZero();
            JsonNode told = asked.status();
            JsonNode closure =
                    told.path("streams").path(0).path("versions").path(0).path("closure");
            assertThat(closure.path("closed").asBoolean()).isTrue();
            assertThat(closure.path("all").asLong())
                    .isEqualTo(closure.path("bull").asLong()
                            + closure.path("bear").asLong()
                            + closure.path("conflict").asLong());
            assertThat(told.path("execution").asBoolean(true)).isFalse();
            assertThat(asked.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noSignalIsToldBeforeItsConfirmationAndAllCarryWhatIsNeededToJudgeThem() throws Exception {
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            played(engine);
            List<Asked.Event> signals = asked
                    .events("", "0", event -> event.name().equals("outcome"))
                    .stream()
                    .filter(event -> event.name().equals("signal"))
                    .toList();
            assertThat(signals).isNotEmpty().allSatisfy(event -> {
                JsonNode data = event.data();
                Instant pivot = Instant.parse(data.path("pivotTime").asString());
                Instant confirmed = Instant.parse(data.path("confirmedTime").asString());
                assertThat(confirmed).isAfterOrEqualTo(pivot.plusMillis(300));
                assertThat(data.path("score").asDouble()).isBetween(0.0, 100.0);
                assertThat(data.path("parameters").asString()).matches("[0-9a-f]{12}");
                assertThat(data.path("version").asString()).isEqualTo("uncalibrated");
                assertThat(data.path("not_calibrated").asString()).contains("no calibration");
                assertThat(data.path("execution").asBoolean(true)).isFalse();
            });
        }
    }

    @Test
    void aListenerGoesOnAfterARestartWhereItWasAndTheRecordIsWhole() throws Exception {
        List<Asked.Event> before;
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            played(engine);
            long told = asked.status().path("signals").path("told").asLong();
            int[] seen = {1}; // the notice of the start has the id 64 and comes before all others
            before = asked.events("", "1", event -> ++seen[0] > told);
            assertThat(before).extracting(Asked.Event::id).doesNotHaveDuplicates();
        }
        Asked.Event middle = before.get(before.size() / 2);
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            List<Asked.Event> after = asked.events(
                    "", middle.id(), event -> event.id().equals(before.getLast().id()));
            assertThat(after).isEqualTo(before.subList(before.size() / 2 + 1, before.size()));
        }
    }

    @Test
    void theSameStreamGivesTheSameSignalsEachTime() throws Exception {
        assertThat(signals()).isNotEmpty().isEqualTo(signals());
    }

    private List<String> signals() throws Exception {
        Launch launch = PreflightRun.fast(Launch.of(config), Files.createTempDirectory(folder, "run"));
        try (Engine engine = Engine.start(launch, Ticks.system());
                Asked asked = new Asked(engine.port())) {
            played(engine);
            long told = asked.status().path("signals").path("told").asLong();
            int[] seen = {0};
            return asked.events("", "0", event -> ++seen[0] >= told - 1).stream()
                    .filter(event -> event.name().equals("signal"))
                    .map(event -> event.data().toString())
                    .toList();
        }
    }

    @Test
    void aCalibrationSpeaksOfItsOwnSourceAndOnlyOfWhatItWasMadeWith() throws Exception {
        Path calibration = Files.createDirectory(folder.resolve("calibration"));
        Files.writeString(calibration.resolve("calibration.yaml"), Recorded.CALIBRATION.formatted(Instant.now()));
        Files.writeString(config, Recorded.config("fast", "calibration: calibration"));
        assertThat(signals())
                .anySatisfy(signal -> assertThat(signal)
                        .contains(
                                "\"source\":\"FUSION\"",
                                "\"win_rate\":0.6",
                                "\"version\":\"btcusdt_divergence_v1.0\""));
        assertThat(signals())
                .filteredOn(signal -> signal.contains("\"source\":\"CVD\""))
                .isNotEmpty()
                .allMatch(signal -> signal.contains("the calibration is of FUSION alone"));
        Files.writeString(
                config, Recorded.config("fast", "calibration: calibration\noverrides: [{source: fusion, z_hi: 1.3}]"));
        assertThat(signals())
                .filteredOn(signal -> signal.contains("\"source\":\"FUSION\"") && !signal.contains("conflict"))
                .isNotEmpty()
                .allMatch(signal -> signal.contains("calibration was made with z_hi 1.2: running 1.3"));
    }

    @Test
    void aCalibrationThatIsStaleOrOfAnotherMarketIsRefusedAtTheStart() throws Exception {
        Path calibration = Files.createDirectory(folder.resolve("calibration"));
        Path file = calibration.resolve("calibration.yaml");
        Files.writeString(config, Recorded.config("fast", "calibration: calibration"));
        String good = Recorded.CALIBRATION.formatted(Instant.now());
        for (String[] wrong : new String[][] {
            {good.replaceFirst("made: .*", "made: 2020-01-01T00:00:00Z"), "is valid for"},
            {good.replace("[BTCUSDT]", "[XRPUSDT]"), "symbols [XRPUSDT]"},
            {good.replace("interval: 100ms", "interval: 5m"), "interval PT5M"},
            {good.replace("detector: divergence-1", "detector: divergence-9"), "divergence-9"},
            {good.replace("win_rate: 0.5", "win_rate: 1.5"), "win_rate must be within 0..1: 1.5"},
            {good.replace("swing_L: 3", "swing_L: 0"), "swing_L must be a whole number within 1..200"},
            {"nothing: at all", "must begin with calibration"}
        }) {
            Files.writeString(file, wrong[0]);
            assertThatThrownBy(this::start)
                    .as(wrong[1])
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong[1]);
        }
    }

    @Test
    void executionIsRefusedBecauseNothingExecutes() throws Exception {
        Files.writeString(config, Recorded.config("fast", "execution: true"));
        assertThatThrownBy(this::start).hasMessageContaining("divergence.execution must be false");
    }

    @Test
    void twoEnginesDoNotShareARecordLog() throws Exception {
        try (Engine first = start()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(this::start).isInstanceOf(java.io.IOException.class);
        }
    }
}
