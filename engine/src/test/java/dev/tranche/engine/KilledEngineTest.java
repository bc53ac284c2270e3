package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.feed.Pace;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledEngineTest {
    @TempDir
    Path folder;

    @Test
    void whatWasToldBeforeTheProcessWasKilledIsThereWhenItBeginsAgain() throws Exception {
        Recorded.stream(folder, "BTCUSDT", 7, 3000);
        Path config = folder.resolve("engine.yaml");
        Files.writeString(config, Recorded.config("20x", ""));
        List<String> told = toldUntilKilled(config, 15);
        assertThat(told).hasSize(15);
        Launch again = new Launch(
                config,
                SecretBox.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Pace.FAST),
                false);
        try (Engine engine = Engine.start(again, Ticks.system());
                Asked asked = new Asked(engine.port())) {
            Asked.await(engine::ended);
            List<Asked.Event> events = asked.events("", "0", event -> event.id().equals(id(told.getLast())));
            assertThat(events)
                    .extracting(Asked.Event::id)
                    .containsSubsequence(told.stream().map(KilledEngineTest::id).toList());
            List<Asked.Event> missed =
                    asked.events("", id(told.get(9)), event -> event.id().equals(id(told.getLast())));
            assertThat(missed).hasSize(5);
        }
    }

    private static String id(String line) {
        return line.replaceFirst("^\\{\"id\":([0-9]+),.*", "$1");
    }

    /// The lines that were told when the process was killed, hard, after so many.
    private static List<String> toldUntilKilled(Path config, int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile="
                                + Path.of(System.getProperty("tranche.root"), "engine/src/main/resources/logback.xml"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "divergence",
                        "run",
                        "--config",
                        config.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> told = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null && told.size() < lines; line = out.readLine()) {
                if (line.startsWith("{\"id\":")) {
                    told.add(line);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return told;
    }
}
