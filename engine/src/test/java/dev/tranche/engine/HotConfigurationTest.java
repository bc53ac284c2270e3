package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.feed.Pace;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HotConfigurationTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path mount;

    @BeforeEach
    void write() throws Exception {
        Recorded.stream(folder, "BTCUSDT", 7, 3000);
        mount = Files.createDirectory(folder.resolve("mount"));
    }

    private String config(String more) {
        return Recorded.config("10x", more).replace("file: BTCUSDT.gz", "file: " + folder.resolve("BTCUSDT.gz"));
    }

    private Engine start() throws Exception {
        return Engine.start(
                new Launch(
                        mount.resolve("engine.yaml"),
                        SecretBox.none(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve("data")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Pace.parse("10x")),
                        false),
                Ticks.system());
    }

    private static String parameters(Engine engine) {
        return engine.streams().getFirst().tracks().getFirst().parameters();
    }

    private static void changed(Engine engine, String from) throws InterruptedException {
        Asked.await(() -> !parameters(engine).equals(from));
    }

    private void generation(int number, String text) throws IOException {
        Path data = Files.createDirectory(mount.resolve("..gen" + number));
        Files.writeString(data.resolve("engine.yaml"), text);
        Path link = mount.resolve("..data_tmp");
        Files.createSymbolicLink(link, data.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void editsRenamesAndLinkSwapsArePutInForceWhileTheStreamRuns() throws Exception {
        generation(0, config(""));
        Files.createSymbolicLink(mount.resolve("engine.yaml"), Path.of("..data", "engine.yaml"));
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            Asked.await(() -> !engine.streams().getFirst().tracks().isEmpty());
            String first = parameters(engine);
            generation(1, config("").replace("z_hi: 1.2", "z_hi: 1.3"));
            changed(engine, first);
            String second = parameters(engine);
            Path edited = mount.resolve("engine.tmp");
            Files.writeString(edited, config("").replace("z_hi: 1.2", "z_hi: 1.4"));
            Files.delete(mount.resolve("..data"));
            Files.move(edited, mount.resolve("engine.yaml"), StandardCopyOption.REPLACE_EXISTING);
            changed(engine, second);
            String third = parameters(engine);
            Files.writeString(mount.resolve("engine.yaml"), config("").replace("z_hi: 1.2", "z_hi: 1.5"));
            changed(engine, third);
            assertThat(asked.get("/metrics").body())
                    .contains("parameters=\"" + parameters(engine) + "\"")
                    .contains("divergence_config_load_errors_total 0.0");
            assertThat(engine.streams().getFirst().tracks().getFirst().counts().errors())
                    .isZero();
        }
    }

    @Test
    void whatIsWrongIsRefusedByNameAndTheLastGoodStays() throws Exception {
        Files.writeString(mount.resolve("engine.yaml"), config(""));
        try (Engine engine = start();
                Asked asked = new Asked(engine.port())) {
            Asked.await(() -> !engine.streams().getFirst().tracks().isEmpty());
            String first = parameters(engine);
            Files.writeString(
                    mount.resolve("engine.yaml"), config("overrides: [{symbol: BTCUSDT, swingL: 3}]\nspeed: 9"));
            Asked.await(() -> refusals(asked).contains("divergence.overrides[0].swingL is not a key"));
            assertThat(refusals(asked)).contains("divergence.speed is not a key");
            assertThat(asked.get("/metrics").body()).contains("divergence_config_load_errors_total 1.0");
            Files.writeString(mount.resolve("engine.yaml"), config("overrides: [{symbol: BTCUSDT, z_mid: 40}]"));
            Asked.await(() -> refusals(asked).contains("z_mid must be below z_hi 1.2: 40.0"));
            Files.writeString(mount.resolve("engine.yaml"), config("execution: true"));
            Asked.await(() -> refusals(asked).contains("divergence.execution must be false"));
            assertThat(parameters(engine)).isEqualTo(first);
            Files.writeString(mount.resolve("engine.yaml"), config("overrides: [{source: cvd, z_hi: 2}]"));
            Asked.await(() -> refusals(asked).isEmpty());
            assertThat(asked.status().path("configuration").path("in_force").asString())
                    .isEqualTo(
                            asked.status().path("configuration").path("digest").asString());
        }
    }

    private static String refusals(Asked asked) {
        try {
            JsonNode refused = asked.status().path("configuration").path("refused");
            return refused.isMissingNode() ? "" : refused.toString();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
