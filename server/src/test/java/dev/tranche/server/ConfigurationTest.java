package dev.tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.config.SecretBox;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.server.TestServer.Got;
import dev.tranche.server.journal.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("tranche.yaml");
    }

    private void write(String yaml) throws Exception {
        Path next = Files.writeString(folder.resolve("next"), yaml);
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void everyKeyReachesTheSettingsAndFlagsWin() throws Exception {
        write("""
                server: {data: DATA, host: 0.0.0.0, port: 81, node: 7}
                store: {url: 'jdbc:postgresql://db/t', user: u}
                journal: {durability: synced, segment: 1MiB, retention: 30d, max_bytes: 2GiB}
                limits: {rate: 5, body: 2MiB}
                models: {threads: 3, queue: 4, batch: 5}
                drain: {grace: 2s}
                """.replace("DATA", folder.resolve("data").toString()));
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/10-more.yaml"), "limits.rate: 6\n");
        Flags flags = new Flags(null, "127.0.0.1", null, null, "async", null, null, false);
        try (Configuration configuration = Configuration.open(file(), SecretBox.none(), flags)) {
            Settings settings = configuration.settings();
            assertThat(settings.data()).isEqualTo(folder.resolve("data"));
            assertThat(settings.host()).as("the flag wins").isEqualTo("127.0.0.1");
            assertThat(settings.port()).isEqualTo(81);
            assertThat(settings.node()).isEqualTo(7);
            assertThat(settings.place()).isEqualTo(new StorePlace.Server("jdbc:postgresql://db/t", "u", ""));
            assertThat(settings.durability()).as("the flag wins").isEqualTo(Durability.ASYNC);
            assertThat(settings.log().segmentBytes()).isEqualTo(1 << 20);
            assertThat(settings.retention()).isEqualTo(new Retention(Duration.ofDays(30), 2L << 30));
            assertThat(settings.limits().requestsPerSecond())
                    .as("conf.d overrides")
                    .isEqualTo(6);
            assertThat(settings.limits().bodyBytes()).isEqualTo(2 << 20);
            assertThat(settings.models()).isEqualTo(new Settings.Models(3, 4, 5));
            assertThat(settings.drainGrace()).isEqualTo(Duration.ofSeconds(2));
            assertThat(folder.resolve("data/config.last-good.yaml")).exists();
        }
    }

    @Test
    void withoutAFileASettingIsWhatItsKeySays() {
        Path data = folder.resolve("d").toAbsolutePath();
        try (Configuration configuration = Configuration.open(null, SecretBox.none(), Flags.of(data))) {
            assertThat(configuration.settings()).isEqualTo(Settings.of(data));
        }
    }

    @Test
    void aChangedRateIsInForceWithoutARestartAndAChangedPortIsNot() throws Exception {
        Path data = folder.resolve("data");
        write("server.port: 0\n");
        try (TestServer server = TestServer.start(data, new Examples());
                Configuration configuration = Configuration.open(file(), SecretBox.none(), Flags.of(data))) {
            String applicant = Examples.applicants().getFirst();
            configuration.feed(server.composition());
            for (int i = 0; i < 20; i++) {
                assertThat(server.score("A" + i, applicant).status()).isEqualTo(200);
            }
            write("server.port: 0\nlimits.rate: 1\n");
            await(() -> status(server, applicant) == 429);
            write("server.port: 9\nlimits.rate: 0\n");
            await(() -> status(server, applicant) == 200);
            Got waiting = server.post("/healthcheck", "{\"component\":\"configuration\"}");
            assertThat(waiting.body()).contains("degraded").contains("a restart is needed for server.port");
            write("server.port: nine\n");
            await(() -> server.core().health().check().toString().contains("the files are refused"));
            await(() -> metrics(server).contains("tranche_config_rejected_total 1.0"));
        }
    }

    private static String metrics(TestServer server) {
        try {
            return server.get("/metrics").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int status(TestServer server, String applicant) {
        try {
            return server.score("B", applicant).status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier reached) {
        long due = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(due);
            Thread.onSpinWait();
        }
    }

    @Test
    void theReferencesTableIsTheSchemas() throws Exception {
        Path page = Path.of(System.getProperty("tranche.root"), "docs", "reference", "configuration.md");
        assertThat(Files.readString(page)).contains(ServerKeys.SCHEMA.table());
    }

    @Test
    void theTableSaysWhichKeysAreTakenWhileRunning() {
        for (Key<?> key : ServerKeys.SCHEMA.keys()) {
            assertThat(key.doc().endsWith("taken while running"))
                    .as(key.name())
                    .isEqualTo(ServerKeys.WHILE_RUNNING.contains(key));
        }
    }
}
