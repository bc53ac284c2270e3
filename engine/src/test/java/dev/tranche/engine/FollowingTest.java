package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.divergence.TrackStatus;
import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.signal.Mode;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingTest {
    private static final String V10 = "btcusdt_divergence_v1.0";
    private static final String V11 = "btcusdt_divergence_v1.1";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private UpperServer server;

    @BeforeEach
    void write() throws Exception {
        Recorded.stream(folder, "BTCUSDT", 7, 3000);
        Files.writeString(folder.resolve("engine.yaml"), Recorded.config("10x", "product: btcusdt"));
        Files.writeString(folder.resolve("token"), UpperServer.TOKEN + "\n");
        server = UpperServer.open();
        String good = Recorded.CALIBRATION.formatted(Instant.now());
        server.calibration(V10, good);
        server.calibration(V11, good.replace("v1.0", "v1.1").replace("z_hi: 1.2", "z_hi: 1.3"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String route(int epoch, String roles) {
        return "{\"product\":\"btcusdt\",\"epoch\":" + epoch + ",\"calibration\":{\"entities\":{\"BTCUSDT\":[" + roles
                + "]},\"others\":[]}}";
    }

    private static String role(String version, String mode) {
        return "{\"version\":\"" + version + "\",\"mode\":\"" + mode + "\"}";
    }

    private Engine start() throws Exception {
        return Engine.start(
                new Launch(
                        folder.resolve("engine.yaml"),
                        SecretBox.none(),
                        Optional.of(server.url()),
                        Optional.of(folder.resolve("token")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Pace.parse("10x")),
                        false),
                Ticks.system());
    }

    private static List<TrackStatus> tracks(Engine engine) {
        return engine.streams().getFirst().tracks();
    }

    private static void until(Engine engine, Predicate<List<TrackStatus>> holds) throws InterruptedException {
        Asked.await(() -> holds.test(tracks(engine)));
    }

    private static Predicate<List<TrackStatus>> at(String version, Mode mode) {
        return tracks -> tracks.stream().anyMatch(track -> track.version().equals(version) && track.mode() == mode);
    }

    @Test
    void theRouteIsFollowedFromNothingToReadOnlyToLiveAndMeasurementsAreTold() throws Exception {
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            assertThat(tracks(engine)).isEmpty();
            assertThat(asked.get("/health").body()).contains("no version is at work on BTCUSDT");
            server.move(route(1, role(V10, "read-only")));
            until(engine, at(V10, Mode.READ_ONLY));
            server.move(route(2, role(V10, "live") + "," + role(V11, "shadow")));
            until(engine, at(V10, Mode.LIVE).and(at(V11, Mode.SHADOW)));
            Asked.await(() ->
                    server.lines.stream().filter(line -> line.contains(V11)).count() >= 2);
            assertThat(server.lines)
                    .filteredOn(line -> line.contains(V11))
                    .allMatch(
                            line -> line.matches(
                                    "tranche_signal,product=btcusdt,version=" + V11
                                            + ",entity=BTCUSDT,mode=shadow,sender=[A-Za-z0-9.-]+ seq=[0-9]+i,events=[0-9]+i,errors=0i,"
                                            + "invalid=0i,span_ms=[0-9]+i,up=true,closed_all=[0-9]+i,closed_bull=[0-9]+i,"
                                            + "closed_bear=[0-9]+i,closed_conflict=[0-9]+i,event_latency=\"[0-9: ]+\","
                                            + "detection_latency=\"[0-9: ]*\",pipeline_latency=\"[0-9: ]*\",memory_used=0\\.[0-9E-]+ [0-9]{13}"));
            assertThat(String.valueOf(server.configurations.poll(10, TimeUnit.SECONDS)))
                    .contains("\"file\":\"engine.yaml\"", "swing_L");
            server.move(route(3, role(V11, "live")));
            until(engine, at(V11, Mode.LIVE));
            assertThat(tracks(engine)).hasSize(1);
            assertThat(asked.status().path("server").path("epoch").asLong()).isEqualTo(3);
        }
    }

    @Test
    void anUnfitVersionIsRefusedAndSaidWhileTheOthersWork() throws Exception {
        server.calibration(
                V11, Recorded.CALIBRATION.formatted("2020-01-01T00:00:00Z").replace("v1.0", "v1.1"));
        server.route = route(1, role(V10, "live") + "," + role(V11, "read-only") + "," + role("gone_v1.0", "shadow"));
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            until(engine, at(V10, Mode.LIVE));
            assertThat(tracks(engine)).hasSize(1);
            assertThat(asked.get("/health").body()).contains(V11, "stale since 2020-03-31", "gone_v1.0");
            assertThat(asked.get("/metrics").body()).contains("divergence_hot_update_errors_total 1.0");
        }
    }

    @Test
    void whileTheServerIsAwayTheLastRouteStaysAlsoOverARestartAndWhatWasMeasuredIsToldLater() throws Exception {
        server.route = route(5, role(V10, "live"));
        int port = server.port();
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            until(engine, at(V10, Mode.LIVE));
            Asked.await(() -> !server.lines.isEmpty());
            server.close();
            Asked.await(() -> away(asked));
            assertThat(tracks(engine)).hasSize(1);
            assertThat(asked.get("/metrics").body()).contains("divergence_server_away 1.0");
            server = UpperServer.openAgain(port);
            Asked.await(() -> server.lines.size() >= 3);
            List<Long> numbers = server.lines.stream()
                    .map(line -> Long.parseLong(line.replaceFirst(".* seq=([0-9]+)i.*", "$1")))
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
        }
        server.close();
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            until(engine, at(V10, Mode.LIVE));
            assertThat(asked.status().path("server").path("route").asString()).contains("epoch 5", "kept on the disk");
        }
    }

    private static boolean away(Asked asked) {
        try {
            return asked.status().path("server").path("measurements").asString().contains("wait")
                    && !asked.status().path("server").path("reachable").asBoolean(true);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
